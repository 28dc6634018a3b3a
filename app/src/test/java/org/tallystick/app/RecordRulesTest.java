package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.readers.CatalogFile;
import org.tallystick.readers.CatalogRefused;
import org.tallystick.readers.Checks;
import org.tallystick.readers.RunVerifier;
import org.tallystick.writers.Withdrawals;

/// Calls that are rated one by one on their way into a bill.
class RecordRulesTest {

  private static final String CATALOG =
      """
      formats:
        - key: calls
          layout: csv
          columns: [id, subject, start, end, destination]
          source: switch
          id: id
          type: call
          subject: subject
          time: {from: start, to: end}
          quantity: "1"
          dimensions: {destination: destination}
      meters:
        - {key: minutes, records: call, value: seconds, unit: minute, factor: 1/60}
      customers:
        - {key: c, name: C, currency: EUR, zone: Europe/Vienna, subjects: ["43660"]}
        - {key: d, name: D, currency: EUR, zone: Europe/Vienna, subjects: ["43661"]}
      plans:
        - key: talk
          from: 1993-10-01
          rateCards:
            - key: calls
              name: Calls
              meter: minutes
              cadence: P1M
              records:
                increments: {first: 60, then: 30}
                free: 1
                decimals: 4
                prices:
                  - {where: {destination: "43*"}, unit: 0.12}
                  - {where: {destination: "43*"}, unit: 0.06, hours: 20:00-08:00}
                  - {where: {destination: "1*"}, unit: 0.50}
              price: {dynamic: 1}
              percentOff: 10
      contracts:
        - {key: k, customer: c, plan: talk, from: 1993-10-01}
        - {key: l, customer: d, plan: talk, from: 1993-10-01}
      """;

  private static final String HEADER = "id,subject,start,end,destination";

  @TempDir private Path directory = Path.of("");

  /// Vienna is at UTC+1. The first call is free. Then 61 s by day: 90 s, 1.5 × 0.12 = 0.18; 10 s at
  /// 19:30 UTC, 20:30 there: 60 s, 0.06; 200 s abroad: 210 s, 3.5 × 0.50 = 1.75. 1.99 less 10 % is
  /// 1.791. A call that comes late is now the first: the free one is another, 0.12 × 1 is added for
  /// the one that was free: 2.11 less 10 % is 1.899. Withdrawn, it is as before.
  @Test
  void ratesEachCallAndThenTheirSum() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(Files.writeString(directory.resolve("catalog.yaml"), CATALOG));
      calls(
          world,
          "1,43660,1993-10-05T10:00:00Z,1993-10-05T10:01:00Z,43123",
          "2,43660,1993-10-05T11:00:00Z,1993-10-05T11:01:01Z,43123",
          "3,43660,1993-10-05T19:30:00Z,1993-10-05T19:30:10Z,43123",
          "4,43660,1993-10-06T12:00:00Z,1993-10-06T12:03:20Z,1202555");
      world.nightly(World.OCTOBER);
      var run = world.nightly(World.NOVEMBER);
      assertThat(lines(world)).containsExactly("c usage 1.99 EUR 1.79");
      assertThat(new RunVerifier(world.jdbc()).verify(run)).isEmpty();
      calls(world, "5,43660,1993-10-04T10:00:00Z,1993-10-04T10:30:00Z,43123");
      var next = world.nightly(World.DECEMBER);
      assertThat(lines(world)).containsExactly("c usage 1.99 EUR 1.79", "c usage 2.11 EUR 0.11");
      new Withdrawals(world.jdbc()).record("switch", "5", "a call of our own");
      var last = world.nightly(World.JANUARY);
      assertThat(lines(world)).hasSize(3).contains("c usage 1.99 EUR -0.11");
      for (var posted : List.of(run, next, last)) {
        assertThat(new RunVerifier(world.jdbc()).verify(posted)).isEmpty();
      }
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

  @Test
  void aCallWithoutAPriceHoldsItsCustomersBillOnly() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(Files.writeString(directory.resolve("catalog.yaml"), CATALOG));
      calls(
          world,
          "1,43660,1993-10-05T10:00:00Z,1993-10-05T10:01:00Z,49123",
          "2,43661,1993-10-05T10:00:00Z,1993-10-05T10:01:00Z,43123",
          "3,43661,1993-10-05T10:00:00Z,1993-10-05T10:01:00Z,43123");
      world.nightly(World.NOVEMBER);
      assertThat(lines(world)).containsExactly("d usage 0.12 EUR 0.11");
      assertThat(
              world
                  .jdbc()
                  .sql("select reason from run_customer where outcome = 'quarantined'")
                  .query(String.class)
                  .list())
          .containsExactly(
              "rate card calls has no price for record switch/1 at 1993-10-05T11:00 with"
                  + " {destination=49123}");
      var mended =
          Files.writeString(directory.resolve("catalog.yaml"), CATALOG.replace("\"1*\"", "\"*\""));
      world.catalog().apply(CatalogFile.read(mended), Optional.of(World.OCTOBER), false);
      world.nightly(World.DECEMBER);
      assertThat(lines(world)).contains("d usage 0.12 EUR 0.11").hasSize(1);
      calls(world, "4,43660,1993-10-05T11:00:00Z,1993-10-05T11:01:00Z,49123");
      world.nightly(World.JANUARY);
      assertThat(lines(world)).contains("c usage 0.5 EUR 0.45");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

  /// Nobody says what a negative record takes back of fees and least amounts.
  @Test
  void aRecordBelowZeroHasNoPrice() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(
          Files.writeString(
              directory.resolve("catalog.yaml"),
              CATALOG
                  .replace("quantity: \"1\"", "quantity: destination\n    negative: accepted")
                  .replace("value: seconds,", "")));
      calls(world, "1,43660,1993-10-05T10:00:00Z,1993-10-05T10:01:00Z,-43");
      world.nightly(World.NOVEMBER);
      assertThat(lines(world)).isEmpty();
      assertThat(
              world
                  .jdbc()
                  .sql("select reason from run_customer where outcome = 'quarantined'")
                  .query(String.class)
                  .list())
          .containsExactly(
              "rate card calls has no price for record switch/1, which is below zero, at"
                  + " 1993-10-05T11:00 with {destination=-43}");
    }
  }

  @Test
  void aMeterThatDoesNotSumHasNoRecordsToRate() throws IOException {
    try (var world = World.empty(Map.of())) {
      var file =
          Files.writeString(
              directory.resolve("catalog.yaml"),
              CATALOG.replace("value: seconds,", "value: seconds, aggregation: max,"));
      assertThatThrownBy(() -> world.apply(file))
          .isInstanceOf(CatalogRefused.class)
          .hasMessageContaining("expected a meter that sums whole records, found 'minutes'");
    }
  }

  /// Ten minutes to eight to ten past: by day, although the meter takes the record's end.
  @Test
  void aCallCostsWhatTheHourItBeganInCosts() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(
          Files.writeString(
              directory.resolve("catalog.yaml"),
              CATALOG
                  .replace("value: seconds,", "value: seconds, attribution: end,")
                  .replace("free: 1", "free: 0")));
      calls(world, "1,43660,1993-10-05T18:50:00Z,1993-10-05T19:10:00Z,43123");
      world.nightly(World.NOVEMBER);
      assertThat(lines(world)).containsExactly("c usage 2.4 EUR 2.16");
    }
  }

  private void calls(World world, String... lines) throws IOException {
    var file = Files.createTempFile(directory, "calls", ".csv");
    Files.writeString(file, HEADER + "\n" + String.join("\n", lines) + "\n");
    world.importFile(file, "calls");
  }

  private static List<String> lines(World world) {
    return world
        .jdbc()
        .sql(
            """
            select c.key || ' ' || l.category || ' ' || trim_scale(l.quantity) || ' ' || l.unit
                     || ' ' || l.amount
              from invoice_line l
              join invoice i on i.id = l.invoice_id and i.sequence is not null
              join customer c on c.id = i.customer_id
             order by 1\
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }
}
