package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.readers.CatalogRefused;
import org.tallystick.readers.Checks;
import org.tallystick.readers.RunVerifier;

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
      assertThat(world.lines()).containsExactly("seats 1993-10-16 15.50", "setup 1993-10-16 50.00");
      world.nightly(World.NOVEMBER);
      world.apply(catalog("to: 1993-11-16"));
      world.nightly(World.DECEMBER);
      world.nightly(World.JANUARY);
      assertThat(world.lines())
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
      assertThat(world.lines())
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
      assertThat(world.lines()).containsExactly("ahead 1993-10-30 1.00", "ahead 1993-10-31 1.00");
      world.nightly(LocalDate.of(1993, 10, 31));
      assertThat(world.lines()).hasSize(2);
      world.nightly(World.NOVEMBER);
      assertThat(world.lines()).hasSize(2 + 30 + 2 + 4);
      assertThat(world.lines())
          .contains("ahead 1993-11-30 1.00", "day 1993-10-30 5.00", "day 1993-10-31 5.00");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

  /// Usage that was billed as cut and is cut once more is verified by what was billed.
  @Test
  void areProvenAsTheyWereBilled() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(catalog("to: 1993-10-20"));
      world.importFile(log(), "swf");
      var run = world.nightly(World.NOVEMBER);
      world.apply(catalog("to: 1993-10-18"));
      world.nightly(World.DECEMBER);
      assertThat(new RunVerifier(world.jdbc()).verify(run)).isEmpty();
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
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
}
