package org.tallystick.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.money.Rounding;
import org.tallystick.domain.rating.Portion;
import org.tallystick.domain.rating.PricedPart;
import org.tallystick.domain.rating.Rating;
import org.tallystick.domain.rating.Step;

/// The tables of docs/reference/pricing-models.md: each row is priced with the YAML above it.
class PricingModelsDocTest {

  private static final Path PAGE = Path.of("../docs/reference/pricing-models.md");

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void costsWhatThePageSays(Example example) {
    var before = Fraction.of(example.decimal("before"));
    var rated =
        before.signum() == 0
            ? Rating.rate(example.card(), example.portion(), example.quantity(), example.rounding())
            : Rating.rate(
                example.card(), example.portion(), before, example.quantity(), example.rounding());
    assertThat(rated.netStored()).isEqualByComparingTo(example.decimal("net"));
    if (example.row().containsKey("parts")) {
      assertThat(rated.parts().stream().map(PricingModelsDocTest::written))
          .containsExactlyElementsOf(example.parts());
    }
    if (example.row().containsKey("shortfall")) {
      var earlier =
          Rating.rate(example.card(), example.portion(), Fraction.ZERO, before, example.rounding())
              .netStored();
      var billed = before.signum() == 0 ? rated.netStored() : earlier.add(rated.netStored());
      var shortfall =
          Rating.shortfall(
              example.card(), example.portion(), billed, Monetary.getCurrency(example.currency()));
      assertThat(PricedPart.sumStored(shortfall))
          .isEqualByComparingTo(example.decimal("shortfall"));
    }
  }

  @Test
  void termDiscountsAreEarnedAsThePageSays() throws IOException {
    var lines = Files.readAllLines(PAGE);
    int yaml = lines.indexOf("termDiscounts:");
    var discounts =
        RateCardReader.termDiscounts(
            YamlNode.read(
                new StringReader(
                    lines.stream()
                        .skip(yaml)
                        .takeWhile(line -> !line.equals("```"))
                        .collect(Collectors.joining("\n"))),
                "pricing-models.md"));
    var rows =
        lines.stream()
            .skip(yaml)
            .dropWhile(line -> !line.startsWith("| contract from"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(PricingModelsDocTest::cells)
            .toList();
    assertThat(rows).hasSize(8);
    for (var row : rows) {
      var to = Optional.of(row.get(1)).filter(day -> !day.isEmpty()).map(LocalDate::parse);
      assertThat(discounts.percentOff(LocalDate.parse(row.get(0)), to))
          .as(row.toString())
          .isEqualByComparingTo(row.get(2));
    }
  }

  @Test
  void creditIsDrawnAsThePageSays() throws IOException {
    var lines = Files.readAllLines(PAGE);
    var section = lines.subList(lines.indexOf("## Credit"), lines.indexOf("## Rounding"));
    var yaml =
        section.stream()
            .dropWhile(line -> !line.equals("```yaml"))
            .skip(1)
            .takeWhile(line -> !line.equals("```"))
            .collect(Collectors.joining("\n"));
    var rows = section.stream().filter(line -> line.matches("\\| \\d.*")).toList();
    assertThat(rows).hasSize(4);
    for (var row : rows) {
      var cells = cells(row);
      var head = "key: k\nname: N\nmeter: m\ncadence: P1M\nspendMin: " + cells.get(1) + "\n";
      var drawn = Credits.drawn(RateCardReader.read(head + yaml, "page"), cells.get(0));
      assertThat(drawn).as(row).containsExactly(cells.get(2), cells.get(3));
    }
  }

  @Test
  void readsEveryTableOfThePage() throws IOException {
    assertThat(examples()).hasSizeGreaterThan(90);
    assertThat(examples().map(example -> example.currency()).distinct())
        .contains("", "USD", "JPY", "KWD");
  }

  private static String written(PricedPart part) {
    return part.step() == Step.PRICE
        ? part.key() + " " + part.quantity() + " × " + plain(part.unitPrice())
        : part.key() + " " + (part.step() == Step.FREE ? part.quantity() : part.amount());
  }

  private static String plain(BigDecimal value) {
    return Fraction.of(value).toString();
  }

  static Stream<Example> examples() throws IOException {
    var examples = new ArrayList<Example>();
    var yaml = new StringBuilder();
    var columns = List.<String>of();
    boolean isYaml = false;
    for (var line : Files.readAllLines(PAGE)) {
      if (line.equals("```yaml")) {
        isYaml = true;
        yaml.setLength(0);
        columns = List.of();
      } else if (line.equals("```")) {
        isYaml = false;
      } else if (isYaml) {
        yaml.append(line).append('\n');
      } else if (line.startsWith("| quantity")) {
        columns = cells(line);
      } else if (line.startsWith("|") && !line.startsWith("|-") && !columns.isEmpty()) {
        examples.add(example(yaml.toString(), columns, cells(line)));
      } else if (!line.startsWith("|")) {
        columns = List.of();
      }
    }
    return examples.stream();
  }

  private static Example example(String yaml, List<String> columns, List<String> cells) {
    var row = new HashMap<String, String>();
    for (int n = 0; n < columns.size(); n++) {
      row.put(columns.get(n), cells.get(n));
    }
    var terms = YamlNode.read(new StringReader(yaml), "pricing-models.md");
    var currency = terms.has("currency") ? terms.text("currency") : "";
    var card =
        "key: k\nname: N\ncadence: P1M\n"
            + (terms.has("commitment") ? "" : "meter: m\n")
            + yaml.lines()
                .filter(line -> !line.startsWith("currency:"))
                .collect(Collectors.joining("\n"));
    return new Example(RateCardReader.read(card, "pricing-models.md"), currency, row);
  }

  private static List<String> cells(String line) {
    return Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  record Example(RateCard card, String currency, Map<String, String> row) {

    private BigDecimal decimal(String column) {
      var value = row.getOrDefault(column, "");
      return value.isEmpty() ? BigDecimal.ZERO : new BigDecimal(value);
    }

    private List<String> parts() {
      var parts = row.getOrDefault("parts", "");
      return parts.isEmpty() ? List.of() : List.of(parts.split(", ", -1));
    }

    /// A decimal, or products over one divisor.
    private Fraction quantity() {
      var terms = row.getOrDefault("quantity", "").split("/", -1);
      var product =
          Stream.of(terms[0].split("×", -1))
              .map(factor -> new BigDecimal(factor.strip()))
              .reduce(BigDecimal.ONE, BigDecimal::multiply);
      return Fraction.of(
          product, terms.length == 1 ? BigDecimal.ONE : new BigDecimal(terms[1].strip()));
    }

    /// `share` is a fraction like 16/31.
    private Portion portion() {
      if (!row.containsKey("share")) {
        return Portion.WHOLE;
      }
      var share = row.get("share").split("/", -1);
      return Portion.of(
          List.of(Fraction.of(new BigDecimal(share[0]), new BigDecimal(share[1]))),
          0,
          Monetary.getCurrency(currency));
    }

    private UnaryOperator<Fraction> rounding() {
      return currency.isEmpty()
          ? UnaryOperator.identity()
          : Rounding.to(Monetary.getCurrency(currency));
    }
  }
}
