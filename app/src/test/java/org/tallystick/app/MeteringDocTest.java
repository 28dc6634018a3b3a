package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.readers.Checks;
import org.tallystick.readers.RunVerifier;
import org.tallystick.writers.Withdrawals;

/// The tables of docs/reference/metering.md, metered by nightly runs.
class MeteringDocTest {

  private static final Path PAGE = Path.of("../docs/reference/metering.md");
  private static final String HEADER = "id,from,to,quantity,model,site";

  private static final String FORMAT =
      """
      formats:
        - key: csv
          layout: csv
          columns: [id, from, to, quantity, model, site]
          source: page
          id: id
          type: use
          subject: site
          time: {from: from, to: to}
          quantity: quantity
          negative: accepted
          dimensions: {model: model, site: site}
      customers:
        - {key: c, name: C, currency: USD, zone: UTC, subjects: [x, y]}
      """;

  @TempDir private Path directory = Path.of("");

  @Test
  void metersWhatThePageSays() throws IOException {
    var records =
        DocTable.rows(PAGE, "| id", 6).stream().map(row -> String.join(",", row)).toList();
    var meters = DocTable.rows(PAGE, "| aggregation", 8);
    assertThat(records).hasSize(7);
    assertThat(meters).hasSizeGreaterThan(20);
    try (var world = World.empty(Map.of())) {
      world.apply(Files.writeString(directory.resolve("catalog.yaml"), catalog(meters)));
      importLines(world, "odd.csv", records, 1);
      world.nightly(World.NOVEMBER);
      importLines(world, "even.csv", records, 0);
      var run = world.nightly(LocalDate.of(1993, 11, 2));
      var found = quantities(world);
      for (int n = 0; n < meters.size(); n++) {
        var expected =
            Stream.of(meters.get(n).get(6), meters.get(n).get(7)).map(BigDecimal::new).toList();
        assertThat(found.get("meter-" + n))
            .as(meters.get(n).toString())
            .usingElementComparator(BigDecimal::compareTo)
            .containsExactlyElementsOf(expected);
      }
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
      assertThat(new RunVerifier(world.jdbc()).verify(run)).isEmpty();
    }
  }

  @Test
  void takesBackWhatThePageSays() throws IOException {
    var records = DocTable.rows(PAGE, "| record", 5);
    var aggregated = DocTable.rows(PAGE, "| aggregated", 3);
    assertThat(records).hasSize(4);
    assertThat(aggregated).hasSize(7);
    var lines = new ArrayList<>(List.of(HEADER));
    records.forEach(row ->
        lines.add(
            String.join(",", row.get(0), row.get(1), row.get(1), row.get(2), row.get(3), "x")));
    try (var world = World.empty(Map.of())) {
      var meters = aggregated.stream().map(row -> meter(row.getFirst())).toList();
      world.apply(Files.writeString(directory.resolve("catalog.yaml"), catalog(meters)));
      world.importFile(Files.write(directory.resolve("four.csv"), lines), "csv");
      world.nightly(World.NOVEMBER);
      assertThat(october(world)).isEqualTo(column(aggregated, 1));
      records.stream()
          .filter(row -> row.get(4).equals("yes"))
          .forEach(row ->
              new Withdrawals(world.jdbc()).record("page", row.getFirst(), "the page says so"));
      world.nightly(LocalDate.of(1993, 11, 2));
      assertThat(october(world)).isEqualTo(column(aggregated, 2));
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

  private static List<String> meter(String aggregation) {
    var dimension = aggregation.equals("unique-count") ? "model" : "";
    return List.of(aggregation, "quantity", dimension, "", "start", "1");
  }

  private static List<String> column(List<List<String>> rows, int column) {
    return rows.stream().map(row -> row.get(column)).toList();
  }

  /// As metered, billed or not; a mean is a sum until it is priced.
  private static List<String> october(World world) {
    return world
        .jdbc()
        .sql(
            """
            select trim_scale(p.quantity / case m.aggregation when 'avg' then p.records else 1 end)
              from service_period p
              join contract_item i on i.id = p.item_id
              join meter m on m.key = i.meter_key
             where p.starts < '1993-11-01T00:00:00Z'
             order by i.key\
            """)
        .query((row, _) -> row.getBigDecimal(1).toPlainString())
        .list();
  }

  private void importLines(World world, String name, List<String> records, int remainder)
      throws IOException {
    var lines = new ArrayList<>(List.of(HEADER));
    IntStream.range(0, records.size())
        .filter(n -> (n + 1) % 2 == remainder)
        .forEach(n -> lines.add(records.get(n)));
    world.importFile(Files.write(directory.resolve(name), lines), "csv");
  }

  private static String catalog(List<List<String>> meters) {
    var declared = new StringBuilder("meters:\n");
    var cards = new StringBuilder("contracts:\n");
    cards.append("  - key: k\n    customer: c\n    from: 1993-10-31\n    rateCards:\n");
    for (int n = 0; n < meters.size(); n++) {
      var row = meters.get(n);
      declared.append(
          "  - {key: meter-%d, records: use, aggregation: %s, value: %s,%s%s attribution: %s,"
                  .formatted(
                      n,
                      row.get(0),
                      row.get(1),
                      row.get(2).isEmpty() ? "" : " dimension: " + row.get(2) + ",",
                      row.get(3).isEmpty() ? "" : " where: {" + row.get(3) + "},",
                      row.get(4))
              + " factor: "
              + row.get(5)
              + ", unit: u}\n");
      cards.append(
          "      - {key: meter-%d, name: N, meter: meter-%d, cadence: P1D, price: {unit: 1}}\n"
              .formatted(n, n));
    }
    return FORMAT + declared + cards;
  }

  private static Map<String, List<BigDecimal>> quantities(World world) {
    return world
        .jdbc()
        .sql(
            """
            select i.key, r.quantity from rated_charge r
              join contract_item i on i.id = r.item_id
             where r.starts < '1993-11-02T00:00:00Z'
             order by i.key, r.starts\
            """)
        .query((row, _) -> Map.entry(row.getString("key"), row.getBigDecimal("quantity")))
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }
}
