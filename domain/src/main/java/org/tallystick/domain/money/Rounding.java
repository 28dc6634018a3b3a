package org.tallystick.domain.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.UnaryOperator;
import javax.money.CurrencyUnit;

/// The one place that rounds money: half away from zero, to the currency's minor units.
public final class Rounding {

  private Rounding() {}

  /// `exact` in whole minor units of `currency`: 1.005 USD is 1.01, -1.005 USD is -1.01, 0.5 JPY is
  /// 1.
  public static BigDecimal round(Fraction exact, CurrencyUnit currency) {
    return exact.rounded(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
  }

  /// Rounds each amount it is given to `currency`, for prices that are rounded part by part.
  public static UnaryOperator<Fraction> to(CurrencyUnit currency) {
    return exact -> Fraction.of(round(exact, currency));
  }
}
