package org.tallystick.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

  private static final Map<String, BigDecimal> COLUMNS =
      Map.of(
          "run_time", new BigDecimal("3600"),
          "processors", new BigDecimal("8"),
          "x1", new BigDecimal("0.1"),
          "_y", new BigDecimal("0.2"),
          "größe", new BigDecimal("7"));

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          run_time * processors        | 28800
          run_time*processors          | 28800
          run_time                     | 3600
          42                           | 42
          0.25                         | 0.25
          1 + 2 * 3                    | 7
          2 * 3 + 1                    | 7
          (1 + 2) * 3                  | 9
          10 - 3 - 2                   | 5
          10 - (3 - 2)                 | 9
          2 * (3 + 4) * (5 - 6)        | -14
          ((run_time))                 | 3600
          x1 + _y                      | 0.3
          x1 * _y                      | 0.02
          größe - 7                    | 0
          '  1  +  1  '                | 2
          99999999999999999999 * 99999999999999999999 | 9999999999999999999800000000000000000001
          """,
      delimiter = '|')
  void calculatesExactly(String text, BigDecimal expected) {
    var result = Expression.parse(text).evaluate(ExpressionTest::column);
    assertThat(result).isEqualByComparingTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ''       | expected a column, a number or ( at position 1 of ''
          '   '    | expected a column, a number or ( at position 4 of '   '
          a +      | expected a column, a number or ( at position 4 of 'a +'
          a + * b  | expected a column, a number or ( at position 5 of 'a + * b'
          -a       | expected a column, a number or ( at position 1 of '-a'
          a b      | expected +, - or * at position 3 of 'a b'
          a / b    | expected +, - or * at position 3 of 'a / b'
          2a       | expected +, - or * at position 2 of '2a'
          a)       | expected +, - or * at position 2 of 'a)'
          (a       | expected ) at position 3 of '(a'
          (a b)    | expected ) at position 4 of '(a b)'
          ()       | expected a column, a number or ( at position 2 of '()'
          a * .5   | expected a column, a number or ( at position 5 of 'a * .5'
          """,
      delimiter = '|',
      quoteCharacter = '"')
  void refusesOtherTextsWithThePosition(String text, String message) {
    var plain = text.startsWith("'") ? text.substring(1, text.length() - 1) : text;
    assertThatThrownBy(() -> Expression.parse(plain))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void namesItsColumnsInOrderOfFirstUse() {
    assertThat(Expression.parse("b * (a + 2 * b) - c").columns()).containsExactly("b", "a", "c");
    assertThat(Expression.parse("1 + 2").columns()).isEmpty();
  }

  @Test
  void keepsThePrecedenceOfWholeNumbers() {
    var random = random(80);
    for (int i = 0; i < 20_000; i++) {
      long a = random.nextLong(0, 10_000);
      long b = random.nextLong(0, 10_000);
      long c = random.nextLong(0, 10_000);
      var numbers = List.of(a, b, c).toArray();
      assertThat(evaluate("%d + %d * %d".formatted(numbers))).isEqualTo(a + b * c);
      assertThat(evaluate("%d * %d - %d".formatted(numbers))).isEqualTo(a * b - c);
      assertThat(evaluate("%d - %d - %d".formatted(numbers))).isEqualTo(a - b - c);
      assertThat(evaluate("(%d - %d) * %d".formatted(numbers))).isEqualTo((a - b) * c);
    }
  }

  private static long evaluate(String text) {
    return Expression.parse(text).evaluate(ExpressionTest::column).longValueExact();
  }

  private static BigDecimal column(String name) {
    var value = COLUMNS.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no column " + name);
    }
    return value;
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
