package org.tallystick.domain.rating;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import javax.money.CurrencyUnit;
import org.tallystick.domain.money.Allocation;
import org.tallystick.domain.money.Fraction;

/// Which part of a full service period is rated: what of its fees, free units and commitments is
/// due. `shares` are what the parts of the period have of it; this is `number`, from 0. Money is
/// split in whole minor units of `currency`, so that the parts of a period sum to its whole; only
/// the whole needs none.
public record Portion(List<Fraction> shares, int number, Optional<CurrencyUnit> currency) {

  public static final Portion WHOLE = new Portion(List.of(Fraction.ONE), 0, Optional.empty());

  public Portion {
    shares = List.copyOf(shares);
    if (currency.isEmpty() && !shares.get(number).equals(Fraction.ONE)) {
      throw new IllegalArgumentException("a share of " + shares.get(number) + " needs a currency");
    }
  }

  public static Portion of(List<Fraction> shares, int number, CurrencyUnit currency) {
    return new Portion(shares, number, Optional.of(currency));
  }

  public Fraction share() {
    return shares.get(number);
  }

  public boolean isWhole() {
    return share().equals(Fraction.ONE);
  }

  /// What the portion owes of `money` for the full period.
  public Fraction of(Fraction money) {
    return isWhole()
        ? money
        : Fraction.of(Allocation.split(money, shares, currency.orElseThrow()).get(number));
  }

  public Fraction of(BigDecimal money) {
    return of(Fraction.of(money));
  }
}
