package org.tallystick.domain.catalog;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.tallystick.domain.money.Fraction;

/// How a metered quantity is counted before it is priced: in whole steps, rounded up, down or half
/// up, and never less than a minimum. A step of 0 counts as metered.
///
/// 10.2 GB in steps of 1, up, is 11; with a minimum of 20 it is 20.
public record Counting(BigDecimal step, RoundingMode mode, BigDecimal minimum) {

  public static final Counting AS_METERED =
      new Counting(BigDecimal.ZERO, RoundingMode.UNNECESSARY, BigDecimal.ZERO);

  public Counting {
    Amounts.requireNotNegative("step", step);
    Amounts.requireNotNegative("minimum quantity", minimum);
  }

  /// `metered`, not negative, as it is billed.
  public Fraction count(Fraction metered) {
    if (this.equals(AS_METERED)) {
      return metered;
    }
    var counted = step.signum() == 0 ? metered : metered.roundedTo(step, mode);
    return counted.max(Fraction.of(minimum));
  }
}
