package org.tallystick.domain.catalog;

import java.math.BigDecimal;
import java.util.Optional;

/// What becomes of each single usage record before records are added up: how its quantity is
/// counted, and if the rule has prices, what it costs. Then the sum is money, and the rate card's
/// price is applied to that.
///
/// Worked examples: docs/reference/record-rules.md.
public record RecordRule(Increments increments, Optional<RecordPrice> price) {

  /// A quantity is at least `first`, then counted in whole steps of `then`: of 60 and 6 seconds, 61
  /// are 66. Zero stays zero; a step of zero counts as it is.
  public record Increments(BigDecimal first, BigDecimal then) {

    public static final Increments NONE = new Increments(BigDecimal.ZERO, BigDecimal.ZERO);

    public Increments {
      Amounts.requireNotNegative("first increment", first);
      Amounts.requireNotNegative("increment", then);
    }
  }

  /// A record costs its units at the price list's price and a fee, not less than `min` and not more
  /// than `max`; the first `free` records of a service period, by time, source and id, cost
  /// nothing. With `decimals`, each amount is rounded to them, half away from zero.
  public record RecordPrice(
      PriceList prices,
      BigDecimal fee,
      BigDecimal min,
      Optional<BigDecimal> max,
      int free,
      Optional<Integer> decimals) {

    public RecordPrice {
      Amounts.requireNotNegative("fee", fee);
      Amounts.requireNotNegative("min", min);
      if (max.isPresent() && max.get().compareTo(min) < 0) {
        throw new IllegalArgumentException("max " + max.get() + " must not be below min " + min);
      }
      if (free < 0 || decimals.orElse(0) < 0 || decimals.orElse(0) > 30) {
        throw new IllegalArgumentException(
            "free records must not be negative, and decimals at most 30");
      }
    }
  }
}
