package org.tallystick.domain.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.UnaryOperator;
import javax.money.CurrencyUnit;

/// The one place that rounds money and credits: half away from zero, money to the currency's minor
/// units.
public final class Rounding {

  private Rounding() {}

  /// `exact` in whole minor units of `currency`: 1.005 USD is 1.01, -1.005 USD is -1.01, 0.5 JPY is
  /// 1; of credits as many decimals as it has, up to 20.
  public static BigDecimal round(Fraction exact, CurrencyUnit currency) {
    return currency instanceof CreditUnit
        ? credits(exact)
        : exact.rounded(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
  }

  /// `exact` as credits of a unit that is no currency: up to 20 decimals.
  public static BigDecimal credits(Fraction exact) {
    var rounded = exact.rounded(CreditUnit.DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.setScale(Math.max(0, rounded.scale()));
  }

  /// Rounds each amount it is given to `currency`, for prices that are rounded part by part.
  public static UnaryOperator<Fraction> to(CurrencyUnit currency) {
    return exact -> Fraction.of(round(exact, currency));
  }
}
