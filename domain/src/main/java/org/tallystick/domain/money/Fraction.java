package org.tallystick.domain.money;

import static java.math.RoundingMode.HALF_UP;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// An exact number: a decimal over a positive decimal divisor.
///
/// Usage is summed in base units (node-seconds) and priced per larger unit (node-hour), so a third
/// of a unit is an ordinary quantity that no decimal holds. The divisor is carried along and
/// divided out once, at the very end: 3,600 records of one second are one hour and not a hair more.
///
/// Two fractions are equal if they are the same number: 1/2 and 2/4 are.
public final class Fraction implements Comparable<Fraction> {

  public static final Fraction ZERO = of(BigDecimal.ZERO);
  public static final Fraction ONE = of(BigDecimal.ONE);

  /// Decimals kept when an exact amount is stored or shown; far below any currency's minor unit.
  public static final int DECIMALS_STORED = 30;

  private final BigDecimal numerator;
  private final BigDecimal divisor;

  private Fraction(BigDecimal numerator, BigDecimal divisor) {
    this.numerator = numerator;
    this.divisor = divisor;
  }

  public static Fraction of(BigDecimal decimal) {
    return new Fraction(decimal, BigDecimal.ONE);
  }

  /// `numerator` over `divisor`, which must be positive.
  public static Fraction of(BigDecimal numerator, BigDecimal divisor) {
    if (divisor.signum() <= 0) {
      throw new IllegalArgumentException("divisor must be positive, was " + divisor);
    }
    return new Fraction(numerator, divisor);
  }

  public Fraction plus(Fraction other) {
    if (hasDivisorOf(other)) {
      return new Fraction(numerator.add(other.numerator), divisor);
    }
    return new Fraction(
        numerator.multiply(other.divisor).add(other.numerator.multiply(divisor)),
        divisor.multiply(other.divisor));
  }

  private boolean hasDivisorOf(Fraction other) {
    return divisor.compareTo(other.divisor) == 0;
  }

  public Fraction minus(Fraction other) {
    return hasDivisorOf(other)
        ? new Fraction(numerator.subtract(other.numerator), divisor)
        : plus(other.negated());
  }

  public Fraction negated() {
    return new Fraction(numerator.negate(), divisor);
  }

  public Fraction times(BigDecimal factor) {
    return new Fraction(numerator.multiply(factor), divisor);
  }

  public Fraction times(Fraction factor) {
    return new Fraction(numerator.multiply(factor.numerator), divisor.multiply(factor.divisor));
  }

  public Fraction min(Fraction other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public Fraction max(Fraction other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public boolean isAtMost(BigDecimal bound) {
    return numerator.compareTo(bound.multiply(divisor)) <= 0;
  }

  public int signum() {
    return numerator.signum();
  }

  /// How many `step`s (positive) this is, as a whole number.
  public Fraction dividedInto(BigDecimal step, RoundingMode mode) {
    return of(numerator.divide(divisor.multiply(step), 0, mode));
  }

  /// The multiple of `step` (positive) that this is rounded to.
  public Fraction roundedTo(BigDecimal step, RoundingMode mode) {
    return dividedInto(step, mode).times(step);
  }

  /// The number with at most `decimals` decimals.
  public BigDecimal rounded(int decimals, RoundingMode mode) {
    return numerator.divide(divisor, decimals, mode);
  }

  /// The number as it is stored and shown: [#DECIMALS_STORED] decimals, half away from zero, no
  /// trailing zeros. The money on a document is never computed from this.
  public BigDecimal stored() {
    var decimal = rounded(DECIMALS_STORED, HALF_UP).stripTrailingZeros();
    return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
  }

  @Override
  public int compareTo(Fraction other) {
    return hasDivisorOf(other)
        ? numerator.compareTo(other.numerator)
        : numerator.multiply(other.divisor).compareTo(other.numerator.multiply(divisor));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fraction fraction && compareTo(fraction) == 0;
  }

  @Override
  public int hashCode() {
    return stored().hashCode();
  }

  @Override
  public String toString() {
    return stored().toPlainString();
  }
}
