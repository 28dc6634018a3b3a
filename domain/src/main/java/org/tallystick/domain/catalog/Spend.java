package org.tallystick.domain.catalog;

import java.math.BigDecimal;
import java.util.Optional;

/// What a service period costs at least and at most, in the contract's currency. The maximum caps
/// the discounted price; the minimum is filled up by a line of its own once the period is closed.
public record Spend(BigDecimal min, Optional<BigDecimal> max) {

  public static final Spend AS_USED = atLeast(BigDecimal.ZERO);

  public Spend {
    Amounts.requireNotNegative("minimum spend", min);
    if (max.isPresent() && max.get().compareTo(min) < 0) {
      throw new IllegalArgumentException(
          "maximum spend " + max.get() + " must not be below the minimum spend " + min);
    }
  }

  /// Whether it is held to anything.
  boolean isHeld() {
    return min.signum() > 0 || max.isPresent();
  }

  public static Spend atLeast(BigDecimal min) {
    return new Spend(min, Optional.empty());
  }
}
