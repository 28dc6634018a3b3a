package org.tallystick.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.domain.usage.Disposition.Accepted;
import org.tallystick.domain.usage.Disposition.Filtered;
import org.tallystick.domain.usage.Disposition.Suspended;
import org.tallystick.readers.RawLine.Ending;

/// What quantities and filters make of the columns of a row: numbers as the format writes them, and
/// the reasons of those that are none.
class ExpressionsOfFormatsTest {

  private static final String FORMAT =
      """
      {key: f, layout: csv, delimiter: ";", source: s, type: t, subject: who, time: {at: at},
       absent: "-", numbers: {decimal: ",", group: "."}, columns: [who, at, Run time, unit, n],
       quantity: "%s", filters: [{reason: no usage, when: "%s"}]}
      """;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # Run time | unit | n | what becomes of it
          1.234,5 | h | 2    | 8888400
          1.234,5 | s | 0,1  | 123.45
          90      | s | 1    | 90
          -       | s | 1    | MISSING_FIELD Run time: expected a value, found '-'
          9.0     | s | 1    | BAD_NUMBER Run time: expected a number of up to 40 digits, decimals
          -1      | s | 1    | NEGATIVE_NOT_ALLOWED Run time: expected zero or more, found -1
          1       | s | -1   | no usage
          x       | - | x    | no usage
          1       | s | -    | MISSING_FIELD n: expected a value, found '-'
          1       | s | many | BAD_NUMBER n: expected a number of up to 40 digits, decimals
          1       | s | 0    | 0
          """,
      delimiter = '|')
  void countsWhatTheColumnsSay(String runTime, String unit, String n, String expected) {
    var format =
        FORMAT.formatted(
            "IF(unit == 'h', `Run time` * 3600, `Run time`) * n", "unit == '-' || n < 0");
    var row = "x;2026-11-01T00:00:00Z;" + runTime + ";" + unit + ";" + n;
    assertThat(outcome(format, row)).startsWith(expected);
  }

  @Test
  void boundsAQuantity() {
    var product = "n * ".repeat(24) + "n";
    var format = FORMAT.formatted(product, "unit == '-'");
    assertThat(outcome(format, nines())).hasSize(1_000);
    assertThat(outcome(FORMAT.formatted(product + " * 10", "1 > 2"), nines()))
        .isEqualTo("BAD_NUMBER quantity: expected up to 1000 digits, found 1001");
  }

  @Test
  void saysWhereAConditionIsWrong() {
    assertThatThrownBy(() -> UsageFormatReader.read(FORMAT.formatted("n", "unit / 2 == 1")))
        .isInstanceOf(CatalogRefused.class)
        .hasMessage(
            "format line 3: field 'when': undefined operator '/' at position 6 of 'unit / 2 == 1'");
    assertThatThrownBy(() -> UsageFormatReader.read(FORMAT.formatted("n", "Unit == 's'")))
        .hasMessageEndingWith("filters names the unknown column 'Unit'");
  }

  private static String nines() {
    return "x;2026-11-01T00:00:00Z;1;s;" + "9".repeat(40);
  }

  private static String outcome(String format, String row) {
    var parser = LineParser.of("f", "sha256", UsageFormatReader.read(format), Optional.empty());
    return switch (parser.parse(new RawLine(1, 0, row, Ending.COMPLETE)).disposition()) {
      case Accepted(var record) -> record.quantity().stripTrailingZeros().toPlainString();
      case Filtered(var reason) -> reason;
      case Suspended(var reason, var field, var message) -> reason + " " + field + ": " + message;
      case null -> "no row";
    };
  }
}
