package org.tallystick.domain.catalog;

import java.math.BigDecimal;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.tallystick.domain.money.CreditUnit;
import org.tallystick.domain.time.Cadence;
import org.threeten.extra.PeriodDuration;

/// What a contract item charges for and at what terms: resolved, nothing left open. A fee without a
/// cadence is charged once.
///
/// `isContinued`: a change of terms inside a service period goes on counting, so that the second
/// part is what the new terms make of all units, less what they make of those before the change.
/// Otherwise each part is priced by itself.
public record RateCard(
    String key,
    String name,
    Charge charge,
    Optional<PeriodDuration> cadence,
    boolean isContinued,
    Proration proration,
    Optional<RecordRule> records,
    Counting counting,
    PricingModel price,
    Discounts discounts,
    Spend spend,
    Optional<CreditTerms> credits) {

  public RateCard {
    cadence.ifPresent(interval -> Cadence.requirePositive("cadence", interval));
    if (cadence.isEmpty() && charge instanceof Charge.Usage) {
      throw new IllegalArgumentException("usage is billed by service periods: it needs a cadence");
    }
    if (charge instanceof Charge.Owed && (cadence.isEmpty() || credits.isPresent())) {
      throw new IllegalArgumentException("owed credits are billed in money, by service periods");
    }
    if (cadence.isEmpty() && charge instanceof Charge.Commitment) {
      throw new IllegalArgumentException(
          "a commitment is for a service period: it needs a cadence");
    }
    if (records.isPresent() && !(charge instanceof Charge.Usage)) {
      throw new IllegalArgumentException("only usage has records");
    }
    if (isContinued && !(charge instanceof Charge.Usage && price.isSplittable())) {
      throw new IllegalArgumentException(
          "only usage under a price that can be split can continue, found " + price);
    }
    if (isContinued && spend.max().isPresent()) {
      throw new IllegalArgumentException("a card with a maximum spend cannot continue");
    }
    if (isContinued && records.isPresent()) {
      throw new IllegalArgumentException("a card with rules for single records cannot continue");
    }
    if (charge instanceof Charge.Commitment
        && (spend.min().signum() > 0) == spend.max().isPresent()) {
      throw new IllegalArgumentException(
          "a commitment has either a minimum or a maximum spend, found " + spend);
    }
    boolean isReduced =
        discounts.percent().signum() > 0 || discounts.amount().signum() > 0 || spend.isHeld();
    if (credits.isPresent() && isReduced) {
      throw new IllegalArgumentException(
          "a price in credits has neither percentOff, amountOff, spendMin nor spendMax");
    }
  }

  /// A card that costs nothing by itself: it holds what others cost to a `spend`.
  public static RateCard commitment(
      String key,
      String name,
      Charge.Commitment charge,
      Optional<PeriodDuration> cadence,
      Proration proration,
      Spend spend) {
    return new RateCard(
        key,
        name,
        charge,
        cadence,
        false,
        proration,
        Optional.empty(),
        Counting.AS_METERED,
        new PricingModel.Flat(BigDecimal.ZERO),
        Discounts.NONE,
        spend,
        Optional.empty());
  }

  /// Whether a service period is due as it starts. So is a maximum spend: nothing is billed beyond
  /// it before the period is over.
  public boolean isInAdvance() {
    return switch (charge) {
      case Charge.Usage _, Charge.Owed _ -> false;
      case Charge.Fee(var isInAdvance, _) -> isInAdvance;
      case Charge.Commitment _ -> spend.max().isPresent();
    };
  }

  /// A card with a cadence of a month and no other terms than its price.
  public static RateCard monthly(String key, String name, Charge charge, PricingModel price) {
    return new RateCard(
        key,
        name,
        charge,
        Optional.of(PeriodDuration.of(Period.ofMonths(1))),
        false,
        Proration.ACTUAL,
        Optional.empty(),
        Counting.AS_METERED,
        price,
        Discounts.NONE,
        Spend.AS_USED,
        Optional.empty());
  }

  public RateCard withRecords(RecordRule rule) {
    return with(Optional.of(rule), counting, discounts, spend, credits);
  }

  public RateCard withCounting(Counting changed) {
    return with(records, changed, discounts, spend, credits);
  }

  public RateCard withDiscounts(Discounts changed) {
    return with(records, counting, changed, spend, credits);
  }

  public RateCard withSpend(Spend changed) {
    return with(records, counting, discounts, changed, credits);
  }

  public RateCard withCredits(CreditTerms terms) {
    return with(records, counting, discounts, spend, Optional.of(terms));
  }

  private RateCard with(
      Optional<RecordRule> rule,
      Counting counted,
      Discounts discounted,
      Spend spent,
      Optional<CreditTerms> drawn) {
    return new RateCard(
        key,
        name,
        charge,
        cadence,
        isContinued,
        proration,
        rule,
        counted,
        price,
        discounted,
        spent,
        drawn);
  }

  /// What is charged for, which also decides when a service period falls due.
  public sealed interface Charge {

    /// Metered usage; due when the service period has ended.
    record Usage(String meter) implements Charge {}

    /// A fee per service period, `quantity` times (seats); in advance it is due when the period
    /// starts.
    record Fee(boolean isInAdvance, BigDecimal quantity) implements Charge {
      public Fee {
        Amounts.requireNotNegative("quantity", quantity);
      }
    }

    /// Credits that the customer owes on the wallet of `unit` when a service period is over. Its
    /// invoice pays for them.
    record Owed(String unit) implements Charge {
      public Owed {
        CreditUnit.requireCredits(unit);
      }
    }

    /// What the rate cards `items` of the same contract cost together in the service periods that
    /// start in one of this card's: at least its minimum spend, or at most its maximum.
    record Commitment(List<String> items) implements Charge {
      public Commitment {
        items = List.copyOf(items);
        if (items.isEmpty()) {
          throw new IllegalArgumentException("a commitment must name at least one rate card");
        }
      }
    }
  }

  /// `unitsFree`: the first units of each service period cost nothing. `percent`: off each part of
  /// the price, 12.5 is one eighth off. `amount`: so much money off what is left of a service
  /// period's price, as far as it goes. Zero is no discount.
  public record Discounts(BigDecimal unitsFree, BigDecimal percent, BigDecimal amount) {

    public static final Discounts NONE =
        new Discounts(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    public Discounts {
      Amounts.requireNotNegative("free units", unitsFree);
      Amounts.requireNotNegative("amount off", amount);
      Amounts.requirePercent("percent off", percent);
    }
  }
}
