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
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

  private static final Map<String, String> COLUMNS =
      Map.ofEntries(
          Map.entry("run_time", "3600"),
          Map.entry("processors", "8"),
          Map.entry("x1", "0.1"),
          Map.entry("_y", "0.2"),
          Map.entry("größe", "7"),
          Map.entry("e", "5"),
          Map.entry("Run time", "60"),
          Map.entry("x_Foo:bar", "4"),
          Map.entry("it's", "3"),
          Map.entry("unit", "h"),
          Map.entry("ten", "10"),
          Map.entry("nine", "9.0"),
          Map.entry("empty", ""));

  private static final Expression.Row ROW =
      new Expression.Row() {
        @Override
        public BigDecimal number(String column) {
          return new BigDecimal(text(column));
        }

        @Override
        public String text(String column) {
          var value = COLUMNS.get(column);
          if (value == null) {
            throw new IllegalArgumentException("no column " + column);
          }
          return value;
        }
      };

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
          -x1 - -_y                    | 0.1
          e * 2                        | 10
          `Run time` * processors      | 480
          `Run time`*`x_Foo:bar`-e     | 235
          MIN(run_time, 60, e)         | 5
          max(run_time, 60)            | 3600
          ABS(2 - 5)                   | 3
          FLOOR(0.1 - 1) + CEILING(x1) | 0
          "IF(unit == 'h', run_time * 3600, run_time)" | 12960000
          "IF(unit == 's', run_time, `it's`)"          | 3
          "IF(ten > nine && !(unit = 's'), 1, 2)"      | 1
          99999999999999999999 * 99999999999999999999 | 9999999999999999999800000000000000000001
          """,
      delimiter = '|',
      quoteCharacter = '"')
  void calculatesExactly(String text, BigDecimal expected) {
    var plain = text.startsWith("'") ? text.substring(1, text.length() - 1) : text;
    assertThat(Expression.parse(plain).evaluate(ROW)).isEqualByComparingTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ''       | expected a column, a number or ( at position 1 of ''
          '   '    | expected a column, a number or ( at position 4 of '   '
          a +      | expected a column, a number or ( at position 4 of 'a +'
          a + * b  | unexpected token after infix operator at position 5 of 'a + * b'
          a b      | expected an operator at position 3 of 'a b'
          a b +    | expected an operator at position 3 of 'a b +'
          a, b     | too many operands at position 1 of 'a, b'
          a / b    | undefined operator '/' at position 3 of 'a / b'
          a ^ b    | undefined operator '^' at position 3 of 'a ^ b'
          a % b    | undefined operator '%' at position 3 of 'a % b'
          2a       | missing operator at position 2 of '2a'
          a)       | unexpected closing brace at position 2 of 'a)'
          (a       | closing brace not found at position 1 of '(a'
          (a b)    | expected an operator at position 4 of '(a b)'
          ()       | expected a column, a number or ( at position 2 of '()'
          """,
      delimiter = '|',
      quoteCharacter = '"')
  void refusesOtherTextsWithThePosition(String text, String message) {
    var plain = text.startsWith("'") ? text.substring(1, text.length() - 1) : text;
    assertThatThrownBy(() -> Expression.parse(plain))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          a * .5   | expected a plain number of up to 40 digits at position 5 of 'a * .5'
          1e9      | expected a plain number of up to 40 digits at position 1 of '1e9'
          0x1F     | expected a plain number of up to 40 digits at position 1 of '0x1F'
          a + 'b'  | expected a number, found a text at position 5 of 'a + 'b''
          a == 1   | expected a number, found a condition at position 3 of 'a == 1'
          IF(a, 1, 2)   | expected a condition, found a column at position 4 of 'IF(a, 1, 2)'
          IF(1, 1, 2)   | expected a condition, found a number at position 4 of 'IF(1, 1, 2)'
          MIN(a, 'b')   | expected a number, found a text at position 8 of 'MIN(a, 'b')'
          ABS(a, b)     | too many parameters for function at position 1 of 'ABS(a, b)'
          a.b           | undefined operator '.' at position 2 of 'a.b'
          a[1]          | undefined operator '[' at position 2 of 'a[1]'
          `a b          | expected a column and ` after this at position 1 of '`a b'
          2 * ``        | expected a column and ` after this at position 5 of '2 * ``'
          `a b` c       | expected an operator at position 7 of '`a b` c'
          """,
      delimiter = '|',
      quoteCharacter = '"')
  void refusesOtherNumbersKindsAndNames(String text, String message) {
    assertThatThrownBy(() -> Expression.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void namesItsColumnsInOrderOfFirstUse() {
    assertThat(Expression.parse("b * (a + 2 * b) - c").columns()).containsExactly("b", "a", "c");
    assertThat(Expression.parse("1 + 2").columns()).isEmpty();
    assertThat(Expression.condition("`a b` == c || c > 1").columns()).containsExactly("a b", "c");
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

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          unit == 'h'                          ~ true
          unit == "h"                          ~ true
          unit != 'h'                          ~ false
          unit == 'H'                          ~ false
          empty == ''                          ~ true
          ten > nine + 0                       ~ true
          ten > nine                           ~ true
          ten > '9'                            ~ false
          ten == nine + 1                      ~ true
          nine == ten                          ~ false
          nine == 9                            ~ true
          nine == '9'                          ~ false
          nine == '9.0'                        ~ true
          9 <= nine                            ~ true
          IF(unit == 'h', ten, nine) >= 10     ~ true
          run_time < 3600 || processors > 7    ~ true
          run_time < 3600 && empty > 7         ~ false
          !(run_time == 3600)                  ~ false
          STR_STARTS_WITH(unit, 'h')           ~ true
          STR_ENDS_WITH(`Run time`, '1')       ~ false
          STR_CONTAINS(`Run time`, '6')        ~ true
          STR_CONTAINS(unit, 'H')              ~ false
          """,
      delimiter = '~',
      quoteCharacter = '^')
  void tellsWhetherAConditionHolds(String text, boolean expected) {
    assertThat(Expression.condition(text).holds(ROW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unit",
        "run_time * 2",
        "'h'",
        "unit == 'h' && 1",
        "(unit == 'h') == (unit == 'h')",
        "STR_MATCHES(unit, '(a+)+')",
        "STR_UPPER(unit) == 'H'",
        "DT_NOW() == 1",
        "RANDOM() < 1",
        "SQRT(run_time) > 1",
        "FACT(1000000) > 1",
        "unit == 'h"
      })
  void refusesWhatIsNoCondition(String text) {
    assertThatThrownBy(() -> Expression.condition(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(" at position ");
  }

  @Test
  void boundsItsLength() {
    assertThat(Expression.parse("-(".repeat(166) + "e" + ")".repeat(166)).evaluate(ROW))
        .isEqualByComparingTo("5");
    assertThat(Expression.parse("e" + "+e".repeat(249)).evaluate(ROW)).isEqualByComparingTo("1250");
    assertThatThrownBy(() -> Expression.parse("e" + "*e".repeat(250)))
        .hasMessage("expected an expression of up to 500 characters, found one of 501");
  }

  @Test
  void isTheSameByItsText() {
    assertThat(Expression.parse("a + 1")).isEqualTo(Expression.parse("a + 1"));
    assertThat(Expression.parse("a + 1")).isNotEqualTo(Expression.parse("a + 2"));
  }

  private static long evaluate(String text) {
    return Expression.parse(text).evaluate(ROW).longValueExact();
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
