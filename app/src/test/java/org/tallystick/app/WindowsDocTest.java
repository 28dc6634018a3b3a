package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.domain.time.Window;
import org.tallystick.readers.WindowReader;
import org.tallystick.readers.WindowReader.Row;
import org.tallystick.readers.WindowReader.Selection;

/// The tables of docs/reference/metering.md, "By windows". Nothing is billed: records are shown as
/// soon as they are in, whoever they belong to.
class WindowsDocTest {

  private static final Path PAGE = Path.of("../docs/reference/metering.md");

  private static final String CATALOG =
      """
      formats:
        - key: csv
          layout: csv
          columns: [id, from, to, quantity, model, subject]
          source: page
          id: id
          type: use
          subject: subject
          time: {from: from, to: to}
          quantity: quantity
          dimensions: {model: model}
      customers:
        - {key: c, name: C, currency: USD, zone: UTC, subjects: [x, y]}
      meters:
      """;

  @TempDir private Path directory = Path.of("");

  @Test
  void saysWhatThePageSays() throws IOException {
    var expected = new LinkedHashMap<List<String>, List<String>>();
    for (var row : DocTable.rows(PAGE, "| meter | window", 8)) {
      var question = new ArrayList<>(row.subList(0, 5));
      question.add(row.get(5).split(":", -1)[0]);
      expected
          .computeIfAbsent(question, _ -> new ArrayList<>())
          .add(row.get(5).replaceAll("^[^:]*:", "").strip() + " " + row.get(6) + " " + row.get(7));
    }
    assertThat(expected).hasSizeGreaterThan(15);
    try (var world = World.empty(Map.of())) {
      world.apply(Files.writeString(directory.resolve("catalog.yaml"), catalog()));
      var lines = new ArrayList<>(List.of("id,from,to,quantity,model,subject"));
      DocTable.rows(PAGE, "| record | from", 6).forEach(row -> lines.add(String.join(",", row)));
      assertThat(lines).hasSize(15);
      world.importFile(Files.write(directory.resolve("usage.csv"), lines), "csv");
      var reader = new WindowReader(world.jdbc());
      expected.forEach((question, answer) ->
          assertThat(ask(reader, question)).as(question.toString()).isEqualTo(answer));
    }
  }

  private static List<String> ask(WindowReader reader, List<String> question) {
    var zone = ZoneId.of(question.get(2));
    var from = instant(question.get(3), zone);
    var to = instant(question.get(4), zone);
    var bounds =
        question.get(1).isEmpty()
            ? List.of(from, to)
            : Window.valueOf(question.get(1)).bounds(from, to, zone);
    var by = Stream.of(question.get(5)).filter(name -> !name.isEmpty()).toList();
    var selection = new Selection(List.of(), List.of(), Map.of(), by, OptionalLong.empty());
    return reader.read(question.getFirst(), bounds, selection, 100).rows().stream()
        .map(row -> text(row, zone))
        .toList();
  }

  private static Instant instant(String text, ZoneId zone) {
    return text.contains("T")
        ? Instant.parse(text)
        : LocalDate.parse(text).atStartOfDay(zone).toInstant();
  }

  private static String text(Row row, ZoneId zone) {
    var group = row.group().stream().map(value -> value == null ? "" : value).toList();
    return String.join("", group)
        + " "
        + row.starts().atZone(zone).toOffsetDateTime()
        + " "
        + row.quantity();
  }

  private static String catalog() throws IOException {
    var catalog = new StringBuilder(CATALOG);
    for (var meter : DocTable.rows(PAGE, "| meter | aggregation", 7)) {
      catalog.append(
          "  - {key: %s, records: use, aggregation: %s, value: %s,%s%s attribution: %s, "
                  .formatted(
                      meter.get(0),
                      meter.get(1),
                      meter.get(2),
                      meter.get(3).isEmpty() ? "" : " dimension: " + meter.get(3) + ",",
                      meter.get(4).isEmpty() ? "" : " where: {" + meter.get(4) + "},",
                      meter.get(5))
              + "factor: "
              + meter.get(6)
              + ", unit: u}\n");
    }
    return catalog.toString();
  }
}
