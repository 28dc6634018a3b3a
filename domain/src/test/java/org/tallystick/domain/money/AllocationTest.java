package org.tallystick.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationTest {

  private static final CurrencyUnit USD = Monetary.getCurrency("USD");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # amount | currency | weights  | shares
          1.00     | USD      | 10 10 11 | 0.32 0.32 0.36
          -1.00    | USD      | 10 10 11 | -0.32 -0.32 -0.36
          100.00   | USD      | 1 1 1    | 33.34 33.33 33.33
          10.00    | USD      | 1 30     | 0.32 9.68
          100      | JPY      | 1 1 1    | 34 33 33
          0.01     | USD      | 0 1      | 0.00 0.01
          0.00     | USD      | 1 2      | 0.00 0.00
          1.000    | KWD      | 1 2      | 0.333 0.667
          """,
      delimiter = '|')
  void splitsByLargestRemainder(BigDecimal amount, String currency, String weights, String shares) {
    assertThat(
            Allocation.split(
                Fraction.of(amount),
                shares(Stream.of(weights.split(" ")).map(BigDecimal::new).toList()),
                Monetary.getCurrency(currency)))
        .containsExactlyElementsOf(Stream.of(shares.split(" ")).map(BigDecimal::new).toList());
  }

  @Test
  void leavesWhatNobodyHasAShareOf() {
    var shares = List.of(Fraction.of(BigDecimal.valueOf(16), BigDecimal.valueOf(31)));
    assertThat(Allocation.split(Fraction.of(BigDecimal.valueOf(30)), shares, USD))
        .containsExactly(new BigDecimal("15.48"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.6 0.5", "1.1 -0.1"})
  void refusesSharesThatAreNone(String shares) {
    var fractions = Stream.of(shares.split(" ")).map(BigDecimal::new).map(Fraction::of).toList();
    assertThatThrownBy(() -> Allocation.split(Fraction.ONE, fractions, USD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("shares must not be negative and sum to at most 1");
  }

  @Test
  void sharesSumToTheWholeAndAreWithinAMinorUnitOfTheirPart() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(60);
    var cent = BigDecimal.valueOf(1, 2);
    for (int i = 0; i < 20_000; i++) {
      var amount = BigDecimal.valueOf(random.nextLong(-1_000_000, 1_000_000), 2);
      var weights =
          IntStream.range(0, random.nextInt(1, 9))
              .mapToObj(n -> BigDecimal.valueOf(random.nextLong(n == 0 ? 1 : 0, 2_678_401)))
              .toList();
      var total = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      var split = Allocation.split(Fraction.of(amount), shares(weights), USD);
      assertThat(split.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo(amount);
      for (int n = 0; n < weights.size(); n++) {
        var exact = amount.multiply(weights.get(n)).divide(total, 12, RoundingMode.HALF_UP);
        assertThat(split.get(n).subtract(exact).abs()).isLessThanOrEqualTo(cent);
      }
    }
  }

  private static List<Fraction> shares(List<BigDecimal> weights) {
    var total = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return weights.stream().map(weight -> Fraction.of(weight, total)).toList();
  }
}
