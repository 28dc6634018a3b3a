package org.tallystick.domain.catalog;

import java.math.BigDecimal;

/// Bounds that the terms of a catalog share.
final class Amounts {

  private Amounts() {}

  static void requireNotNegative(String what, BigDecimal value) {
    if (value.signum() < 0) {
      throw new IllegalArgumentException(what + " must not be negative, was " + value);
    }
  }

  static void requirePercent(String what, BigDecimal value) {
    if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw new IllegalArgumentException(what + " must be 0 to 100, was " + value);
    }
  }

  static void requirePositive(String what, BigDecimal value) {
    if (value.signum() <= 0) {
      throw new IllegalArgumentException(what + " must be positive, was " + value);
    }
  }
}
