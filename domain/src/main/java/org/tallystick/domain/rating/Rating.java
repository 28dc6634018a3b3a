package org.tallystick.domain.rating;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.money.CurrencyUnit;
import org.tallystick.domain.catalog.RateCard;
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
    return rate(card, Fraction.ZERO, quantity, UnaryOperator.identity());
  }

  /// Rates the units after the first `before` of a service period, up to and including `before` +
  /// `quantity`: the price of the whole less the price of what came before, part by part, each
  /// rounded by `rounding` before it is subtracted. Splits of a period therefore sum to its whole,
  /// to the cent. `before` of zero is the first split: what is due for no usage at all is in it.
  public static RatedCharge rate(
      RateCard card, Fraction before, Fraction quantity, UnaryOperator<Fraction> rounding) {
    requireNotNegative("quantity", quantity);
    requireNotNegative("quantity before", before);
    if (before.signum() > 0 && !card.price().isSplittable()) {
      throw new IllegalArgumentException("a volume price cannot be split");
    }
    var parts = new ArrayList<PricedPart>();
    var free =
        freeUnits(card, before.plus(quantity))
            .minus(before.signum() == 0 ? Fraction.ZERO : freeUnits(card, before));
    if (free.signum() > 0) {
      parts.add(new PricedPart("free", Step.FREE, free, BigDecimal.ZERO, Fraction.ZERO));
    }
    var earlier = before.signum() == 0 ? List.<PricedPart>of() : price(card, before);
    var reductions = new Reductions(card, rounding, earlier);
    price(card, before.plus(quantity)).forEach(part -> reductions.add(parts, part));
    return new RatedCharge(quantity, parts);
  }

  private static void requireNotNegative(String what, Fraction quantity) {
    if (quantity.signum() < 0) {
      throw new IllegalArgumentException(what + " must not be negative, was " + quantity);
    }
  }

  /// What is missing from `billed`, the rounded price of a period that is closed, to the minimum
  /// spend, so that the two sum to the minimum to the cent; nothing if nothing is.
  public static List<PricedPart> shortfall(
      RateCard card, BigDecimal billed, CurrencyUnit currency) {
    var missing = card.spend().min().subtract(billed);
    var exact = Fraction.of(missing);
    return Rounding.round(exact, currency).signum() > 0
        ? List.of(new PricedPart("shortfall", Step.SHORTFALL, Fraction.ONE, missing, exact))
        : List.of();
  }

  /// How many of the first `quantity` units of a service period are free.
  public static Fraction freeUnits(RateCard card, Fraction quantity) {
    var unitsFree = card.discounts().unitsFree();
    return unitsFree.signum() == 0
        ? Fraction.ZERO
        : card.counting().count(quantity).min(Fraction.of(unitsFree));
  }

  private static List<PricedPart> price(RateCard card, Fraction quantity) {
    var counted = card.counting().count(quantity);
    return Pricing.price(card.price(), counted.minus(freeUnits(card, quantity)));
  }

  /// Walks the parts of a price in their order and takes off each what is to be taken off, going on
  /// where the parts of an earlier split left it.
  private static final class Reductions {

    private final RateCard card;
    private final UnaryOperator<Fraction> rounding;
    private final BigDecimal percentOff;
    private final Map<String, PricedPart> earlier = new HashMap<>();
    private Fraction amountOffLeft;
    private Fraction billed = Fraction.ZERO;

    private Reductions(RateCard card, UnaryOperator<Fraction> rounding, List<PricedPart> earlier) {
      this.card = card;
      this.rounding = rounding;
      this.percentOff = card.discounts().percent().movePointLeft(2);
      this.amountOffLeft = Fraction.of(card.discounts().amount());
      for (var part : earlier) {
        this.earlier.put(part.key(), part);
        var gross = rounding.apply(part.amount());
        var left = gross.minus(percentOff(gross));
        var off = left.min(amountOffLeft);
        amountOffLeft = amountOffLeft.minus(off);
        billed = billed.plus(left.minus(off));
      }
      card.spend().max().ifPresent(max -> billed = billed.min(Fraction.of(max)));
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
      if (card.spend().max().isPresent()) {
        var max = Fraction.of(card.spend().max().get());
        take(parts, part, Step.MAXIMUM_SPEND, billed.minus(max).min(left));
        billed = billed.min(max);
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
