package org.tallystick.domain.catalog;

import java.math.BigDecimal;
import java.time.Period;

/// What a contract item charges for and at what terms: resolved, nothing left open.
public record RateCard(
    String key,
    String name,
    Charge charge,
    Period cadence,
    Counting counting,
    PricingModel price,
    Discounts discounts,
    Spend spend) {

  public RateCard {
    if (cadence.isZero() || cadence.isNegative()) {
      throw new IllegalArgumentException("cadence must be positive, was " + cadence);
    }
  }

  public RateCard withDiscounts(Discounts changed) {
    return new RateCard(key, name, charge, cadence, counting, price, changed, spend);
  }

  /// What is charged for, which also decides when a service period falls due.
  public sealed interface Charge {

    /// Metered usage; due when the service period has ended.
    record Usage(String meter) implements Charge {}

    /// A fee per service period; in advance it is due when the period starts.
    record Fee(boolean isInAdvance) implements Charge {}
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
      if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
        throw new IllegalArgumentException("percent off must be 0 to 100, was " + percent);
      }
    }
  }
}
