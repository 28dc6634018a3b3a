package org.tallystick.writers.catalog;

import java.math.BigDecimal;

/// A meter's factor as it is written: `1/3600`, or a decimal.
record Factor(BigDecimal numerator, BigDecimal divisor) {

  Factor {
    if (numerator.signum() <= 0 || divisor.signum() <= 0) {
      throw new IllegalArgumentException("factor must be positive");
    }
  }

  static Factor parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new Factor(new BigDecimal(text), BigDecimal.ONE)
        : new Factor(
            new BigDecimal(text.substring(0, slash).strip()),
            new BigDecimal(text.substring(slash + 1).strip()));
  }

  static String attribution(String text) {
    if (!text.equals("start") && !text.equals("end")) {
      throw new IllegalArgumentException("unknown attribution");
    }
    return text;
  }
}
