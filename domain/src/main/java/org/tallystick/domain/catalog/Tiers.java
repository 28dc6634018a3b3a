package org.tallystick.domain.catalog;

import java.math.BigDecimal;
import java.util.List;

/// A schedule of tiers: bounded ones in ascending order, then one rate for all that lies beyond.
///
/// A tier states only where it ends and starts where the one before it ended, so a schedule with a
/// gap or an overlap cannot be written down. Upper bounds are inclusive.
public record Tiers(List<Tier> bounded, BigDecimal unitPriceBeyond) {

  public Tiers {
    bounded = List.copyOf(bounded);
    requireNotNegative("unit price beyond the last tier", unitPriceBeyond);
    var from = BigDecimal.ZERO;
    for (var tier : bounded) {
      if (tier.upTo().compareTo(from) <= 0) {
        throw new IllegalArgumentException("tier up to " + tier.upTo() + " must end after " + from);
      }
      from = tier.upTo();
    }
  }

  static void requireNotNegative(String what, BigDecimal value) {
    if (value.signum() < 0) {
      throw new IllegalArgumentException(what + " must not be negative, was " + value);
    }
  }

  /// The units after the tier before, up to `upTo` inclusive, each at `unitPrice`.
  public record Tier(BigDecimal upTo, BigDecimal unitPrice) {
    public Tier {
      requireNotNegative("unit price up to " + upTo, unitPrice);
    }
  }
}
