package org.tallystick.domain.rating;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.money.CurrencyUnit;
import org.tallystick.domain.catalog.PricingModel.Flat;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge.Commitment;
import org.tallystick.domain.catalog.RateCard.Charge.Fee;
import org.tallystick.domain.catalog.RateCard.Charge.Owed;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.catalog.Spend;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.money.Rounding;

/// The order of operations for one item and service period, up to the net amount: counting, usage
/// discount, price, percentage, amount off, maximum spend.
///
/// 600 units with the first 500 free at 1.20 and 12.5 % off are three parts: 500 × 0, 100 × 1.20
/// and 120.00 × -0.125; net 105.00.
public final class Rating {

  private Rating() {}

  /// Rates the whole `quantity` of a service period, which must not be negative, exactly.
  public static RatedCharge rate(RateCard card, Fraction quantity) {
    return rate(card, Portion.WHOLE, quantity, UnaryOperator.identity());
  }

  /// Rates `quantity` of the part of a service period that is `portion`: tiers start anew; fees,
  /// free units, amounts off and commitments are what the portion has of them. A fee is so many
  /// times the fee's own quantity; the quantity of a commitment is what its items cost. Parts are
  /// rounded by `rounding`.
  public static RatedCharge rate(
      RateCard card, Portion portion, Fraction quantity, UnaryOperator<Fraction> rounding) {
    return switch (card.charge()) {
      case Usage _, Owed _ -> rate(card, portion, Fraction.ZERO, quantity, rounding);
      case Fee(_, var times) -> rate(card, portion, Fraction.ZERO, quantity.times(times), rounding);
      case Commitment _ ->
          new RatedCharge(quantity, commitment(card.spend(), portion, quantity, rounding));
    };
  }

  /// What is missing from `spent` to the minimum, or what exceeds the maximum, as a reduction:
  /// 9,500.00 spent of at least 12,000.00 are 2,500.00; 10,700.00 of at most 10,000.00 are -700.00.
  private static List<PricedPart> commitment(
      Spend spend, Portion portion, Fraction spent, UnaryOperator<Fraction> rounding) {
    var missing = rounding.apply(portion.of(spend.min()).minus(spent));
    if (missing.signum() > 0) {
      return List.of(PricedPart.of(Step.SHORTFALL, missing));
    }
    var most = spend.max().filter(_ -> portion.share().signum() > 0).map(portion::of);
    var beyond = rounding.apply(most.map(spent::minus).orElse(Fraction.ZERO));
    return beyond.signum() > 0
        ? List.of(PricedPart.of(Step.MAXIMUM_SPEND, beyond.negated()))
        : List.of();
  }

  /// Rates the units of a portion after the first `before`, up to and including `before` +
  /// `quantity`: the price of the whole less the price of what came before, part by part, each
  /// rounded by `rounding` before it is subtracted. Splits of a period therefore sum to its whole,
  /// to the cent. `before` of zero is the first split: what is due for no usage at all is in it.
  public static RatedCharge rate(
      RateCard card,
      Portion portion,
      Fraction before,
      Fraction quantity,
      UnaryOperator<Fraction> rounding) {
    return split(card, portion, before, before.signum() == 0, quantity, rounding);
  }

  /// Rates the units after a change of terms inside a portion that goes on counting: a split under
  /// the new `card`. It is never the first: what is due for no usage at all was due `before`, also
  /// if that is zero.
  public static RatedCharge continued(
      RateCard card,
      Portion portion,
      Fraction before,
      Fraction quantity,
      UnaryOperator<Fraction> rounding) {
    return split(card, portion, before, false, quantity, rounding);
  }

  private static RatedCharge split(
      RateCard card,
      Portion portion,
      Fraction before,
      boolean isFirst,
      Fraction quantity,
      UnaryOperator<Fraction> rounding) {
    requireNotNegative("quantity", quantity);
    requireNotNegative("quantity before", before);
    if (!isFirst && !card.price().isSplittable()) {
      throw new IllegalArgumentException("a volume price cannot be split");
    }
    var parts = new ArrayList<PricedPart>();
    var free =
        freeUnits(card, portion, before.plus(quantity))
            .minus(isFirst ? Fraction.ZERO : freeUnits(card, portion, before));
    if (free.signum() > 0) {
      parts.add(new PricedPart("free", Step.FREE, free, BigDecimal.ZERO, Fraction.ZERO));
    }
    var earlier = isFirst ? List.<PricedPart>of() : price(card, portion, before);
    var reductions = new Reductions(card, portion, rounding, earlier);
    price(card, portion, before.plus(quantity)).forEach(part -> reductions.add(parts, part));
    return new RatedCharge(quantity, parts);
  }

  private static void requireNotNegative(String what, Fraction quantity) {
    if (quantity.signum() < 0) {
      throw new IllegalArgumentException(what + " must not be negative, was " + quantity);
    }
  }

  /// What is missing from `billed`, the rounded price of a portion that is closed, to the minimum
  /// spend, so that the two sum to the minimum to the cent; nothing if nothing is.
  public static List<PricedPart> shortfall(
      RateCard card, Portion portion, BigDecimal billed, CurrencyUnit currency) {
    var missing = portion.of(card.spend().min()).minus(Fraction.of(billed));
    return Rounding.round(missing, currency).signum() > 0
        ? List.of(PricedPart.of(Step.SHORTFALL, missing))
        : List.of();
  }

  /// How many of the first `quantity` units of a portion are free.
  public static Fraction freeUnits(RateCard card, Portion portion, Fraction quantity) {
    var unitsFree = card.discounts().unitsFree();
    return unitsFree.signum() == 0
        ? Fraction.ZERO
        : card.counting().count(quantity).min(portion.share().times(unitsFree));
  }

  /// The price of the first `quantity` units of a portion. A fee is due for its share, usage for
  /// what it is.
  private static List<PricedPart> price(RateCard card, Portion portion, Fraction quantity) {
    var counted = card.counting().count(quantity);
    var parts = Pricing.price(card.price(), counted.minus(freeUnits(card, portion, quantity)));
    boolean isFee = card.charge() instanceof Fee || card.price() instanceof Flat;
    return isFee && !portion.isWhole()
        ? parts.stream().map(part -> part.in(portion)).toList()
        : parts;
  }

  /// Walks the parts of a price in their order and takes off each what is to be taken off, going on
  /// where the parts of an earlier split left it.
  private static final class Reductions {

    private final UnaryOperator<Fraction> rounding;
    private final BigDecimal percentOff;
    private final Optional<Fraction> max;
    private final Map<String, PricedPart> earlier = new HashMap<>();
    private Fraction amountOffLeft;
    private Fraction billed = Fraction.ZERO;

    private Reductions(
        RateCard card,
        Portion portion,
        UnaryOperator<Fraction> rounding,
        List<PricedPart> earlier) {
      this.rounding = rounding;
      this.percentOff = card.discounts().percent().movePointLeft(2);
      this.amountOffLeft = portion.of(card.discounts().amount());
      this.max = card.spend().max().filter(_ -> portion.share().signum() > 0).map(portion::of);
      for (var part : earlier) {
        this.earlier.put(part.key(), part);
        var gross = rounding.apply(part.amount());
        var left = gross.minus(percentOff(gross));
        var off = left.min(amountOffLeft);
        amountOffLeft = amountOffLeft.minus(off);
        billed = billed.plus(left.minus(off));
      }
      billed = max.map(billed::min).orElse(billed);
    }

    private Fraction percentOff(Fraction gross) {
      return rounding.apply(gross.times(percentOff));
    }

    /// Adds what `whole` has more than the same part had earlier, and its reductions.
    private void add(List<PricedPart> parts, PricedPart whole) {
      var before = earlier.get(whole.key());
      var grossBefore = before == null ? Fraction.ZERO : rounding.apply(before.amount());
      var gross = rounding.apply(whole.amount());
      var units = before == null ? whole.quantity() : whole.quantity().minus(before.quantity());
      var amount = gross.minus(grossBefore);
      if (before != null && units.signum() == 0 && amount.signum() == 0) {
        return;
      }
      var part = new PricedPart(whole.key(), Step.PRICE, units, whole.unitPrice(), amount);
      parts.add(part);
      var left = amount;
      if (percentOff.signum() > 0) {
        var off = percentOff(gross).minus(percentOff(grossBefore));
        if (off.signum() != 0) {
          parts.add(part.reducedBy(Step.PERCENT_OFF, amount, percentOff, off));
          left = left.minus(off);
        }
      }
      left = left.minus(take(parts, part, Step.AMOUNT_OFF, left.min(amountOffLeft)));
      billed = billed.plus(left);
      if (max.isPresent()) {
        take(parts, part, Step.MAXIMUM_SPEND, billed.minus(max.get()).min(left));
        billed = billed.min(max.get());
      }
    }

    private Fraction take(List<PricedPart> parts, PricedPart part, Step step, Fraction off) {
      if (off.signum() <= 0) {
        return Fraction.ZERO;
      }
      parts.add(part.reducedBy(step, off, BigDecimal.ONE, off));
      if (step == Step.AMOUNT_OFF) {
        amountOffLeft = amountOffLeft.minus(off);
      }
      return off;
    }
  }
}
