package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.readers.CatalogRefused;
import org.tallystick.readers.Checks;

/// Contracts that begin and end inside a service period.
class PartialPeriodsTest {

  private static final String CONTRACT =
      """
      customers:
        - {key: c, name: C, currency: USD, zone: America/Los_Angeles, subjects: ["1"]}
      contracts:
        - key: k
          customer: c
          from: 1993-10-16
          anchor: 1993-10-01
          rateCards:
            - {key: seats, name: Seats, fee: in-advance, quantity: 3, cadence: P1M,
               price: {unit: 10.00}}
            - {key: setup, name: Set-up, fee: in-advance, cadence: once, price: {flat: 50.00}}
            - {key: usage, name: Node-hours, meter: node-hours, cadence: P1M, unitsFree: 31,
               price: {unit: 1.00}}
      """;

  @TempDir private Path directory = Path.of("");

  /// October 1993 has 745 hours in Los Angeles, and 385 from the 16th on. 3 seats at 10.00: 30 ×
  /// 385/745 = 15.503. Free hours: 31 × 385/745 = 16.020, so 20 hours cost 3.980. The contract is
  /// then ended on 16 November, half of that month, paid in advance: 15.00 comes back.
  @Test
  void prorateTheirFeesAndFreeUnitsAndGiveBackWhatWasBilledInAdvance() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(catalog(""));
      world.importFile(log(), "swf");
      world.nightly(LocalDate.of(1993, 10, 17));
      assertThat(lines(world)).containsExactly("seats 1993-10-16 15.50", "setup 1993-10-16 50.00");
      world.nightly(World.NOVEMBER);
      world.apply(catalog("to: 1993-11-16"));
      world.nightly(World.DECEMBER);
      world.nightly(World.JANUARY);
      assertThat(lines(world))
          .containsExactly(
              "seats 1993-10-16 15.50",
              "seats 1993-11-01 -15.00",
              "seats 1993-11-01 30.00",
              "setup 1993-10-16 50.00",
              "usage 1993-10-16 3.98");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
      var longer = catalog("to: 1993-11-20");
      assertThatThrownBy(() -> world.apply(longer))
          .isInstanceOf(CatalogRefused.class)
          .hasMessageContaining("what was cut is billed already through 1993-11-16");
    }
  }

  /// Four days of three seats are 30 × 96/745 = 3.866, two are 1.933. What is charged once stays.
  @Test
  void areCutAgain() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(catalog("to: 1993-10-20"));
      world.importFile(log(), "swf");
      world.nightly(LocalDate.of(1993, 10, 16));
      world.apply(catalog("to: 1993-10-18"));
      assertThatThrownBy(() -> world.apply(catalog("to: 1993-10-16")))
          .hasMessageContaining("expected a day after 1993-10-16");
      world.nightly(World.NOVEMBER);
      assertThat(lines(world))
          .containsExactly(
              "seats 1993-10-16 -1.94",
              "seats 1993-10-16 3.87",
              "setup 1993-10-16 50.00",
              "usage 1993-10-16 18.00");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

  /// Daily fees of a contract that is invoiced by the month.
  @Test
  void areInvoicedInTheContractsOwnRhythm() throws IOException {
    var daily =
        """
        customers:
          - {key: c, name: C, currency: USD, zone: UTC}
        contracts:
          - key: k
            customer: c
            from: 1993-10-30
            anchor: 1993-10-01
            billing: P1M
            rateCards:
              - {key: day, name: Day, fee: in-arrears, cadence: P1D, price: {flat: 5.00}}
              - {key: ahead, name: Day, fee: in-advance, cadence: P1D, price: {flat: 1.00}}
              - {key: half-day, name: Half, fee: in-arrears, cadence: PT12H, price: {flat: 2.00}}
        """;
    try (var world = World.empty(Map.of())) {
      world.apply(Files.writeString(directory.resolve("daily.yaml"), daily));
      world.nightly(LocalDate.of(1993, 10, 30));
      assertThat(lines(world)).containsExactly("ahead 1993-10-30 1.00", "ahead 1993-10-31 1.00");
      world.nightly(LocalDate.of(1993, 10, 31));
      assertThat(lines(world)).hasSize(2);
      world.nightly(World.NOVEMBER);
      assertThat(lines(world)).hasSize(2 + 30 + 2 + 4);
      assertThat(lines(world))
          .contains("ahead 1993-11-30 1.00", "day 1993-10-30 5.00", "day 1993-10-31 5.00");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

  /// January has 31 days. 10.00 are billed ahead on the first; a new version from the second on
  /// asks 20.00 and 2.00 an hour: 10.00 × 1/31 = 0.32, 20.00 × 30/31 = 19.35. Of the 31 hours free,
  /// one is January 1st's: 4 hours cost 3.00 there; 30 are the rest's, and 34 cost 8.00. A fee that
  /// stays as it is isn't cut.
  @Test
  void areCutWhereTheirPlanChanges() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(plan(""));
      world.nightly(LocalDate.of(1994, 1, 1));
      assertThat(lines(world)).containsExactly("base 1994-01-01 10.00", "same 1994-01-01 0.50");
      world.apply(plan(VERSION));
      world.importFile(
          DemoLog.write(
              directory.resolve("j.swf"),
              List.of(job(1, "1994-01-01T12:00:00Z", 4), job(2, "1994-01-20T12:00:00Z", 34))),
          "swf");
      world.nightly(LocalDate.of(1994, 2, 1));
      assertThat(lines(world))
          .containsExactly(
              "base 1994-01-01 -9.68",
              "base 1994-01-01 10.00",
              "base 1994-01-02 19.35",
              "base 1994-02-01 20.00",
              "same 1994-01-01 0.50",
              "same 1994-02-01 0.50",
              "usage 1994-01-01 3.00",
              "usage 1994-01-02 8.00");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
      var again =
          plan(VERSION + VERSION.replace("1994-01-02", "1994-01-10").replace("2.00", "3.00"));
      assertThatThrownBy(() -> world.apply(again))
          .isInstanceOf(CatalogRefused.class)
          .hasMessageContaining("is already billed");
    }
  }

  /// The same fee in three parts of 10, 10 and 11 days: nothing is lost.
  @Test
  void sumToTheirFeeToTheCent() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(plan(""));
      world.apply(
          plan(
              VERSION.replace("1994-01-02", "1994-01-11").replace("20.00", "1.00")
                  + VERSION.replace("1994-01-02", "1994-01-21").replace("20.00", "1.01")));
      world.nightly(LocalDate.of(1994, 2, 1));
      assertThat(lines(world))
          .contains("base 1994-01-01 3.23", "base 1994-01-11 0.32", "base 1994-01-21 0.36");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

  private static final String VERSION =
      """
        - key: p
          from: 1994-01-02
          rateCards:
            - {key: base, name: Base, fee: in-advance, cadence: P1M, price: {flat: 20.00}}
            - {key: same, name: Same, fee: in-advance, cadence: P1M, price: {flat: 0.50}}
            - {key: usage, name: Hours, meter: node-hours, cadence: P1M, unitsFree: 31,
               price: {unit: 2.00}}
      """;

  private Path plan(String version) throws IOException {
    var demo = Files.readString(World.CATALOG);
    var first =
        VERSION
            .replace("1994-01-02", "1993-12-01")
            .replace("20.00", "10.00")
            .replace("2.00", "1.00");
    var yaml =
        "plans:\n"
            + first
            + version
            + """
            customers:
              - {key: c, name: C, currency: USD, zone: UTC, subjects: ["1"]}
            contracts:
              - {key: k, customer: c, plan: p, from: 1994-01-01}
            """;
    return Files.writeString(
        directory.resolve("plan.yaml"), demo.substring(0, demo.indexOf("plans:")) + yaml);
  }

  private static String job(int number, String start, int hours) {
    long submit =
        Duration.between(Instant.parse("1993-10-01T07:00:03Z"), Instant.parse(start)).toSeconds();
    return "%d %d -1 %d 1 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1"
        .formatted(number, submit, hours * 3_600);
  }

  private Path catalog(String end) throws IOException {
    var demo = Files.readString(World.CATALOG);
    var contract =
        end.isEmpty()
            ? CONTRACT
            : CONTRACT.replace("anchor: 1993-10-01", "anchor: 1993-10-01\n    " + end);
    return Files.writeString(
        directory.resolve("catalog.yaml"), demo.substring(0, demo.indexOf("plans:")) + contract);
  }

  /// 20 node-hours from 16 October on, and as many before the contract begins.
  private Path log() {
    return DemoLog.write(
        directory.resolve("a.swf"),
        List.of(
            "1 1000000 -1 72000 1 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1",
            "2 1382400 -1 72000 1 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1"));
  }

  private static List<String> lines(World world) {
    return world
        .jdbc()
        .sql(
            """
            select t.key || ' ' || (l.starts at time zone c.zone)::date || ' ' || l.amount
              from invoice_line l
              join invoice i on i.id = l.invoice_id and i.sequence is not null
              join contract_item t on t.id = l.item_id
              join customer c on c.id = i.customer_id
             order by 1\
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }
}
