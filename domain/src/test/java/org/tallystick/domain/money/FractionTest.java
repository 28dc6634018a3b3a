package org.tallystick.domain.money;

import static java.math.RoundingMode.HALF_UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FractionTest {

  /// Each divides 1,260.
  private static final int[] DIVISORS = {1, 2, 3, 4, 5, 6, 7, 9, 12, 35};

  @Test
  void sumsSecondsToExactlyOneHour() {
    var second = fraction("1", "3600");
    var sum = Fraction.ZERO;
    for (int i = 0; i < 3_599; i++) {
      sum = sum.plus(second);
    }
    assertThat(sum).isLessThan(Fraction.ONE).isNotEqualTo(Fraction.ONE);
    assertThat(sum.plus(second)).isEqualTo(Fraction.ONE);
    assertThat(fraction("3600", "1").times(second)).isEqualTo(Fraction.ONE);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 2, 4",
    "1, 3, 0.1, 0.3",
    "-1, 3, -7, 21",
    "0, 1, 0.00, 99",
    "1.50, 1, 3, 2",
    "1e3, 1, 1000, 1",
    "99999999999999999999999999999999999999, 3, 33333333333333333333333333333333333333, 1"
  })
  void equalNumbersAreEqualHoweverTheyAreWritten(String n, String d, String m, String e) {
    assertThat(fraction(n, d)).isEqualTo(fraction(m, e)).isEqualByComparingTo(fraction(m, e));
    assertThat(fraction(n, d)).hasSameHashCodeAs(fraction(m, e)).hasToString(text(m, e));
  }

  @Test
  void tellsNumbersApartThatDecimalsDoNot() {
    var third = fraction("1", "3");
    var almost = Fraction.of(new BigDecimal("0." + "3".repeat(40)));
    assertThat(third).isNotEqualTo(almost).isGreaterThan(almost);
    assertThat(third.stored()).isEqualTo(almost.stored());
    assertThat(third).isNotEqualTo("1/3");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, 1, 6, 1, 2, 1, 6, 1, 18",
    "1, 2, 1, 2, 1, 1, 0, 1, 1, 4",
    "-1, 3, 1, 7, -4, 21, -10, 21, -1, 21",
    "0.1, 1, 0.2, 1, 0.3, 1, -0.1, 1, 0.02, 1",
    "5, 3, 0, 9, 5, 3, 5, 3, 0, 1"
  })
  void addsSubtractsAndMultiplies(
      String an,
      String ad,
      String bn,
      String bd,
      String sumN,
      String sumD,
      String lessN,
      String lessD,
      String timesN,
      String timesD) {
    var a = fraction(an, ad);
    var b = fraction(bn, bd);
    assertThat(a.plus(b)).isEqualTo(fraction(sumN, sumD));
    assertThat(a.minus(b)).isEqualTo(fraction(lessN, lessD));
    assertThat(a.times(b)).isEqualTo(fraction(timesN, timesD));
  }

  @Test
  void findsTheLesserTheGreaterAndTheSign() {
    var third = fraction("1", "3");
    var half = fraction("1", "2");
    assertThat(third.min(half)).isEqualTo(third);
    assertThat(third.max(half)).isEqualTo(half);
    assertThat(half.negated().min(third)).isEqualTo(fraction("-1", "2"));
    assertThat(List.of(third.signum(), Fraction.ZERO.signum(), third.negated().signum()))
        .containsExactly(1, 0, -1);
    assertThat(third.times(new BigDecimal("0.6"))).isEqualTo(fraction("1", "5"));
  }

  @ParameterizedTest
  @CsvSource({
    "1005, 1000, 2, 1.01",
    "-1005, 1000, 2, -1.01",
    "1004.999, 1000, 2, 1.00",
    "-1004.999, 1000, 2, -1.00",
    "1, 3, 2, 0.33",
    "2, 3, 2, 0.67",
    "-2, 3, 2, -0.67",
    "1, 2, 0, 1",
    "-1, 2, 0, -1",
    "1.4999999999999999999999999999999999, 1, 0, 1",
    "0, 7, 2, 0.00",
    "99999999999999999999999999999999999999, 2, 0, 50000000000000000000000000000000000000"
  })
  void roundsHalfAwayFromZero(String n, String d, int decimals, BigDecimal expected) {
    assertThat(fraction(n, d).rounded(decimals, HALF_UP)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, 0.333333333333333333333333333333",
    "2, 3, 0.666666666666666666666666666667",
    "-2, 3, -0.666666666666666666666666666667",
    "5e-31, 1, 0.000000000000000000000000000001",
    "-5e-31, 1, -0.000000000000000000000000000001",
    "4.9e-31, 1, 0",
    "0.00, 5, 0",
    "1.500, 1, 1.5",
    "100, 1, 100",
    "1e6, 1, 1000000"
  })
  void storesThirtyDecimalsWithoutTrailingZeros(String n, String d, BigDecimal expected) {
    assertThat(fraction(n, d).stored()).isEqualTo(expected);
    assertThat(fraction(n, d)).hasToString(expected.toPlainString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.00", "-1", "-0.001"})
  void refusesADivisorThatIsNotPositive(BigDecimal divisor) {
    assertThatThrownBy(() -> Fraction.of(BigDecimal.ONE, divisor))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("divisor must be positive, was " + divisor);
  }

  @Test
  void sumsTheSameInAnyOrder() {
    var random = random(3);
    for (int i = 0; i < 20_000; i++) {
      var numerators = new ArrayList<Integer>();
      var terms = new ArrayList<Fraction>();
      var expected = BigInteger.ZERO;
      for (int n = random.nextInt(1, 10); n > 0; n--) {
        int divisor = DIVISORS[random.nextInt(DIVISORS.length)];
        int numerator = random.nextInt(-1_000_000, 1_000_000);
        numerators.add(numerator);
        terms.add(fraction("" + numerator, "" + divisor));
        expected = expected.add(BigInteger.valueOf(numerator * (1_260L / divisor)));
      }
      var there = sum(terms);
      Collections.shuffle(terms, Random.from(random));
      assertThat(sum(terms)).as("%s", numerators).isEqualTo(there).hasSameHashCodeAs(there);
      assertThat(there).isEqualTo(Fraction.of(new BigDecimal(expected), dec("1260")));
    }
  }

  @Test
  void ordersLikeCrossMultipliedWholes() {
    var random = random(4);
    for (int i = 0; i < 20_000; i++) {
      long a = random.nextLong(-1_000, 1_000);
      long b = random.nextLong(1, 50);
      long c = random.nextLong(-1_000, 1_000);
      long d = random.nextLong(1, 50);
      var left = fraction("" + a, "" + b);
      var right = fraction("" + c, "" + d);
      assertThat(left.compareTo(right)).isEqualTo(Long.compare(a * d, c * b));
      assertThat(left.equals(right)).isEqualTo(a * d == c * b);
      assertThat(left.minus(right).signum()).isEqualTo(Long.signum(a * d - c * b));
    }
  }

  private static Fraction sum(List<Fraction> terms) {
    return terms.stream().reduce(Fraction.ZERO, Fraction::plus);
  }

  private static String text(String numerator, String divisor) {
    return dec(numerator)
        .divide(dec(divisor), 30, HALF_UP)
        .toPlainString()
        .replaceFirst("\\.?0+$", "");
  }

  private static Fraction fraction(String numerator, String divisor) {
    return Fraction.of(dec(numerator), dec(divisor));
  }

  private static BigDecimal dec(String value) {
    return new BigDecimal(value);
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
