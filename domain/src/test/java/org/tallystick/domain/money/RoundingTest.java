package org.tallystick.domain.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.money.Monetary;
import org.javamoney.moneta.CurrencyUnitBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundingTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # numerator | divisor | USD | JPY | KWD
          0        | 1 | 0.00  | 0  | 0.000
          1.005    | 1 | 1.01  | 1  | 1.005
          -1.005   | 1 | -1.01 | -1 | -1.005
          1.00499  | 1 | 1.00  | 1  | 1.005
          -1.00499 | 1 | -1.00 | -1 | -1.005
          1.00501  | 1 | 1.01  | 1  | 1.005
          0.0005   | 1 | 0.00  | 0  | 0.001
          -0.0005  | 1 | 0.00  | 0  | -0.001
          0.00049  | 1 | 0.00  | 0  | 0.000
          0.5      | 1 | 0.50  | 1  | 0.500
          -0.5     | 1 | -0.50 | -1 | -0.500
          0.49999  | 1 | 0.50  | 0  | 0.500
          2.5      | 1 | 2.50  | 3  | 2.500
          -2.5     | 1 | -2.50 | -3 | -2.500
          1        | 3 | 0.33  | 0  | 0.333
          2        | 3 | 0.67  | 1  | 0.667
          -2       | 3 | -0.67 | -1 | -0.667
          0.01     | 2 | 0.01  | 0  | 0.005
          """,
      delimiter = '|')
  void roundsHalfAwayFromZeroToTheMinorUnit(
      BigDecimal numerator, BigDecimal divisor, BigDecimal usd, BigDecimal jpy, BigDecimal kwd) {
    var exact = Fraction.of(numerator, divisor);
    assertThat(round(exact, "USD")).isEqualTo(usd);
    assertThat(round(exact, "JPY")).isEqualTo(jpy);
    assertThat(round(exact, "KWD")).isEqualTo(kwd);
  }

  @Test
  void roundsTheLargestAmountsToTheCent() {
    var exact = Fraction.of(new BigDecimal("99999999999999999999999999999999999999.995"));
    assertThat(round(exact, "USD"))
        .isEqualTo(new BigDecimal("100000000000000000000000000000000000000.00"));
  }

  @Test
  void roundsCreditsToTheScaleTheyHave() {
    var qpu = CurrencyUnitBuilder.of("QPU", "tallystick").setDefaultFractionDigits(20).build();
    var exact = Fraction.of(new BigDecimal("-0.000000000000000000005"));
    assertThat(Rounding.round(exact, qpu)).isEqualTo(new BigDecimal("-0.00000000000000000001"));
    assertThat(
            Allocation.split(
                Fraction.ONE, List.of(Fraction.of(BigDecimal.ONE, BigDecimal.valueOf(3))), qpu))
        .containsExactly(new BigDecimal("0.33333333333333333333"));
    assertThat(round(Fraction.of(new BigDecimal("1.00005")), "CLF"))
        .isEqualTo(new BigDecimal("1.0001"));
  }

  @Test
  void roundsLikeWholeNumberArithmetic() {
    var random = random(5);
    for (int i = 0; i < 20_000; i++) {
      var numerator = BigInteger.valueOf(random.nextLong(-1_000_000_000, 1_000_000_000));
      var divisor = BigInteger.valueOf(random.nextLong(1, 4_000));
      var doubled = numerator.abs().multiply(BigInteger.valueOf(200)).add(divisor);
      var cents = doubled.divide(divisor.shiftLeft(1));
      var expected = numerator.signum() < 0 ? cents.negate() : cents;
      var exact = Fraction.of(new BigDecimal(numerator), new BigDecimal(divisor));
      assertThat(round(exact, "USD")).isEqualTo(new BigDecimal(expected, 2));
    }
  }

  private static BigDecimal round(Fraction exact, String currency) {
    return Rounding.round(exact, Monetary.getCurrency(currency));
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
