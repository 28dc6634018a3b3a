package org.tallystick.domain.money;

import javax.money.CurrencyContext;
import javax.money.CurrencyContextBuilder;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/// A unit of credits that is no currency, such as `qpu`; amounts have up to 20 decimals.
public record CreditUnit(String name) implements CurrencyUnit {

  static final int DECIMALS = 20;

  private static final CurrencyContext CONTEXT = CurrencyContextBuilder.of("tallystick").build();

  /// The currency with this code; if there is none, credits of that name.
  public static CurrencyUnit orCurrency(String code) {
    return Monetary.isCurrencyAvailable(code) ? Monetary.getCurrency(code) : new CreditUnit(code);
  }

  /// Throws IllegalArgumentException if `unit` is a currency.
  public static void requireCredits(String unit) {
    if (Monetary.isCurrencyAvailable(unit)) {
      throw new IllegalArgumentException(
          "credits are of a unit that is no currency, found '" + unit + "'");
    }
  }

  @Override
  public String getCurrencyCode() {
    return name;
  }

  /// ISO 4217 has none for it.
  @Override
  public int getNumericCode() {
    return -1;
  }

  @Override
  public int getDefaultFractionDigits() {
    return DECIMALS;
  }

  @Override
  public CurrencyContext getContext() {
    return CONTEXT;
  }

  @Override
  public int compareTo(CurrencyUnit other) {
    return name.compareTo(other.getCurrencyCode());
  }
}
