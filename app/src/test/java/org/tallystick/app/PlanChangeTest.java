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

/// Plans that change inside a service period.
class PlanChangeTest {

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

  @TempDir private Path directory = Path.of("");

  /// January has 31 days. 10.00 are billed ahead on the first; a new version from the second on
  /// asks 20.00 and 2.00 an hour: 10.00 × 1/31 = 0.32, 20.00 × 30/31 = 19.35. Of the 31 hours free,
  /// one is January 1st's: 4 hours cost 3.00 there; 30 are the rest's, and 34 cost 8.00. A fee that
  /// stays as it is isn't cut.
  @Test
  void areCutWhereTheirPlanChanges() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(plan(""));
      world.nightly(LocalDate.of(1994, 1, 1));
      assertThat(world.lines()).containsExactly("base 1994-01-01 10.00", "same 1994-01-01 0.50");
      world.apply(plan(VERSION));
      world.importFile(
          DemoLog.write(
              directory.resolve("j.swf"),
              List.of(
                  DemoLog.job(1, "1994-01-01T12:00:00Z", 4),
                  DemoLog.job(2, "1994-01-20T12:00:00Z", 34))),
          "swf");
      world.nightly(LocalDate.of(1994, 1, 3));
      assertThat(world.lines()).hasSize(4).contains("base 1994-01-02 19.35");
      var run = world.nightly(LocalDate.of(1994, 2, 1));
      assertThat(new RunVerifier(world.jdbc()).verify(run)).isEmpty();
      assertThat(world.lines())
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
      assertThat(world.lines())
          .contains("base 1994-01-01 3.23", "base 1994-01-11 0.32", "base 1994-01-21 0.36");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

  /// A version that is taken back before it begins leaves nothing; a fee that is charged once is
  /// what it was.
  @Test
  void areNotCutWhereNothingChanges() throws IOException {
    try (var world = World.empty(Map.of())) {
      var once = "cadence: once, price: {flat: 0.50}";
      var first = Files.readString(plan("")).replace("cadence: P1M, price: {flat: 0.50}", once);
      var changed =
          Files.readString(plan(VERSION.replace("1994-01-02", "1994-02-15")))
              .replace("cadence: P1M, price: {flat: 0.50}", once);
      var file = directory.resolve("plan.yaml");
      world.apply(Files.writeString(file, first));
      world.nightly(LocalDate.of(1994, 1, 1));
      world.apply(Files.writeString(file, changed.replaceFirst("0.50(?s)(.*)0.50", "0.50$1 0.80")));
      world.apply(
          Files.writeString(file, changed.replace("20.00", "10.00").replace("2.00", "1.00")));
      world.nightly(LocalDate.of(1994, 3, 1));
      assertThat(world.lines())
          .containsExactly(
              "base 1994-01-01 10.00",
              "base 1994-02-01 10.00",
              "base 1994-03-01 10.00",
              "same 1994-01-01 0.50");
    }
  }

  /// An end inside a part that a version cut, moved and taken away again: the last 30 days of
  /// January at 20.00 are 19.35, 18 of them 11.61.
  @Test
  void endWhereAVersionCutThem() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(plan(VERSION));
      world.nightly(LocalDate.of(1994, 1, 3));
      var open = Files.readString(plan(VERSION));
      var file = directory.resolve("plan.yaml");
      var ended = open.replace("from: 1994-01-01}", "from: 1994-01-01, to: 1994-01-20}");
      world.apply(Files.writeString(file, ended));
      world.apply(Files.writeString(file, open));
      world.apply(Files.writeString(file, ended));
      world.nightly(LocalDate.of(1994, 1, 21));
      assertThat(world.lines())
          .contains("base 1994-01-01 0.32", "base 1994-01-02 19.35", "base 1994-01-02 -7.74");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

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
}
