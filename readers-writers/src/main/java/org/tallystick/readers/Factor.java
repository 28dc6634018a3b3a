package org.tallystick.readers;

import java.math.BigDecimal;
import org.tallystick.domain.money.Fraction;

/// A meter's factor as it is written: `1/3600`, or a decimal. [Fraction] has no parts to store.
public record Factor(BigDecimal numerator, BigDecimal divisor) {

  static Factor parse(String text) {
    int slash = text.indexOf('/');
    var numerator = slash < 0 ? text : text.substring(0, slash);
    var divisor = slash < 0 ? "1" : text.substring(slash + 1);
    var factor = new Factor(new BigDecimal(numerator.strip()), new BigDecimal(divisor.strip()));
    if (factor.numerator.signum() <= 0 || factor.divisor.signum() <= 0) {
      throw new IllegalArgumentException("factor must be positive");
    }
    return factor;
  }

  public static Factor of(YamlNode meter) {
    return meter.value("factor", "a number or a fraction like 1/3600", Factor::parse);
  }
}
