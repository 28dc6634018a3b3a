package org.tallystick.domain.catalog;

import java.math.BigDecimal;
import java.util.List;

/// A schedule of tiers: bounded ones in ascending order, then one rate for all that lies beyond.
///
/// A tier states only where it ends and starts where the one before it ended, so a schedule with a
/// gap or an overlap cannot be written down. Upper bounds are inclusive.
public record Tiers(List<Tier> bounded, Rate beyond) {

  public Tiers {
    bounded = List.copyOf(bounded);
    var from = BigDecimal.ZERO;
    for (var tier : bounded) {
      if (tier.upTo().compareTo(from) <= 0) {
        throw new IllegalArgumentException("tier up to " + tier.upTo() + " must end after " + from);
      }
      from = tier.upTo();
    }
  }

  /// The units after the tier before, up to `upTo` inclusive, at `rate`.
  public record Tier(BigDecimal upTo, Rate rate) {}
}
