package org.tallystick.readers;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.tallystick.domain.money.Fraction;

/// The quantity of a service period as its price needs it.
public final class Quantities {

  private Quantities() {}

  /// The sum in base units of `row`, times its meter's factor.
  public static Fraction get(ResultSet row) throws SQLException {
    return Fraction.of(
        row.getBigDecimal("quantity").multiply(row.getBigDecimal("factor_numerator")),
        row.getBigDecimal("factor_divisor"));
  }
}
