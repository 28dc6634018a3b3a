package org.tallystick.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.rating.Measuring;

/// The tables of docs/reference/record-rules.md: each is one service period, under the YAML above.
class RecordRulesDocTest {

  private static final Path PAGE = Path.of("../docs/reference/record-rules.md");

  @ParameterizedTest
  @MethodSource("tables")
  void comesToWhatThePageSays(Table table) {
    var rule = table.yaml().replaceAll("(?m)^factor:.*$", "");
    var read = RecordRuleReader.read(YamlNode.read(new StringReader(rule), "record-rules.md"));
    var uses = table.rows().stream().map(table::use).toList();
    var measured = Measuring.measure(read, table.factor(), uses);
    assertThat(measured.stream().map(m -> m.amount().stored()))
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactlyElementsOf(
            table.rows().stream().map(row -> new BigDecimal(row.getLast())).toList());
  }

  @Test
  void readsEveryTableOfThePage() throws IOException {
    assertThat(tables()).hasSizeGreaterThan(11);
    assertThat(tables().mapToInt(table -> table.rows().size()).sum()).isGreaterThan(55);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          decimals: 2                    | field 'decimals': is for records with one of price
          free: 3                        | field 'free': is for records with one of price
          'price: 1, dimensions: [a]'    | field 'dimensions': is for records with 'prices'
          'price: 1, percent: 2'         | expected either 'price' or 'percent'
          'price: 1, max: 1, min: 2'     | max 1 must not be below min 2
          'fee: 1, free: 12345678901'    | field 'free': expected a whole number
          'prices: []'                   | a price list needs a price
          'prices: [{unit: 1, days: [monday]}]' | expected mon, tue, wed
          'prices: [{unit: 1, hours: 8}]'       | expected hours like 22:00-06:00
          'prices: [{where: {a: x, b: y}, unit: 1}]' | expected 'dimensions'
          """,
      delimiter = '|')
  void refusesARuleThatMeansNothing(String rule, String message) {
    assertThatThrownBy(
            () -> RecordRuleReader.read(YamlNode.read(new StringReader("{" + rule + "}"), "rule")))
        .isInstanceOf(CatalogRefused.class)
        .hasMessageStartingWith("rule line 1")
        .hasMessageContaining(message);
  }

  static Stream<Table> tables() throws IOException {
    var tables = new ArrayList<Table>();
    var yaml = new StringBuilder();
    boolean isYaml = false;
    for (var line : Files.readAllLines(PAGE)) {
      if (line.equals("```yaml")) {
        isYaml = true;
        yaml.setLength(0);
      } else if (line.equals("```")) {
        isYaml = false;
      } else if (isYaml) {
        yaml.append(line).append('\n');
      } else if (line.startsWith("| at")) {
        tables.add(new Table(yaml.toString(), cells(line), new ArrayList<>()));
      } else if (line.startsWith("|") && !line.startsWith("|-")) {
        tables.getLast().rows().add(cells(line));
      }
    }
    return tables.stream();
  }

  private static List<String> cells(String line) {
    return Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
        .map(String::strip)
        .collect(Collectors.toList());
  }

  record Table(String yaml, List<String> columns, List<List<String>> rows) {

    private Fraction factor() {
      return yaml.lines()
          .filter(line -> line.startsWith("factor: "))
          .map(line -> Factor.parse(line.substring(8)))
          .map(factor -> Fraction.of(factor.numerator(), factor.divisor()))
          .findFirst()
          .orElse(Fraction.ONE);
    }

    /// at | value | a column for each dimension | amount
    private Measuring.Use use(List<String> row) {
      var value =
          Stream.of(row.get(1).split(" × ", -1))
              .map(BigDecimal::new)
              .reduce(BigDecimal.ONE, BigDecimal::multiply);
      var dimensions = new TreeMap<String, String>();
      for (int n = 2; n < columns.size() - 1; n++) {
        if (!row.get(n).isEmpty()) {
          dimensions.put(columns.get(n), row.get(n));
        }
      }
      return new Measuring.Use("use", LocalDateTime.parse(row.getFirst()), value, dimensions);
    }
  }
}
