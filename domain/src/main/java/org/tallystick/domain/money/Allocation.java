package org.tallystick.domain.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javax.money.CurrencyUnit;

/// Splits an amount so that nothing is lost: each share is rounded down, and the minor units that
/// are left go to those that lost most, the earlier first (largest remainder).
public final class Allocation {

  private Allocation() {}

  /// `amount`, rounded to `currency`, in `shares` of it, in their order. None is negative and their
  /// sum is at most one; what the sum leaves is a share too, and not in the result. 1.00 in 10/31,
  /// 10/31 and 11/31 is 0.32, 0.32 and 0.36.
  public static List<BigDecimal> split(
      Fraction amount, List<Fraction> shares, CurrencyUnit currency) {
    var rest = shares.stream().reduce(Fraction.ONE, Fraction::minus);
    if (rest.signum() < 0 || shares.stream().anyMatch(share -> share.signum() < 0)) {
      throw new IllegalArgumentException(
          "shares must not be negative and sum to at most 1, were " + shares);
    }
    var rounded = Rounding.round(amount, currency).setScale(currency.getDefaultFractionDigits());
    var all = new ArrayList<>(shares);
    all.add(rest);
    var units = new BigDecimal(rounded.unscaledValue().abs());
    var exact = all.stream().map(share -> share.times(units)).toList();
    var split = new ArrayList<BigDecimal>();
    exact.forEach(part -> split.add(part.rounded(0, RoundingMode.DOWN)));
    var left = units.subtract(split.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    IntStream.range(0, all.size())
        .boxed()
        .sorted(Comparator.comparing(n -> Fraction.of(split.get(n)).minus(exact.get(n))))
        .limit(left.intValueExact())
        .forEach(n -> split.set(n, split.get(n).add(BigDecimal.ONE)));
    var unit = BigDecimal.valueOf(rounded.signum(), rounded.scale());
    return split.stream().limit(shares.size()).map(unit::multiply).toList();
  }
}
