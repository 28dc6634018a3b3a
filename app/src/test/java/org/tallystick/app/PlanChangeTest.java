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

  /// Ten hours are free; hours cost 2.00 up to 100 of them, from the 11th on 1.00, and half of that
  /// beyond. 60 hours come to 100.00 before, 80 more to what the new terms make of 140 less what
  /// they make of 60: 115.00 - 50.00. At least 400.00 are due: 235.00 are missing. Then 20 late
  /// hours before the change: 140.00, and 125.00 - 70.00; 205.00 are missing.
  @Test
  void countOnWhereTheyContinue() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(continuing());
      var file = directory.resolve("a.swf");
      world.importFile(
          DemoLog.write(
              file,
              List.of(
                  DemoLog.job(1, "1994-01-03T12:00:00Z", 60),
                  DemoLog.job(2, "1994-01-20T12:00:00Z", 80))),
          "swf");
      world.nightly(LocalDate.of(1994, 1, 15));
      var first = world.nightly(LocalDate.of(1994, 2, 1));
      assertThat(world.lines())
          .containsExactly(
              "usage 1994-01-01 100.00", "usage 1994-01-11 235.00", "usage 1994-01-11 65.00");
      world.importFile(
          DemoLog.write(
              directory.resolve("b.swf"), List.of(DemoLog.job(3, "1994-01-04T12:00:00Z", 20))),
          "swf");
      var second = world.nightly(LocalDate.of(1994, 3, 1));
      assertThat(world.lines())
          .hasSize(7)
          .contains(
              "usage 1994-01-01 40.00",
              "usage 1994-01-11 -10.00",
              "usage 1994-01-11 -30.00",
              "usage 1994-02-01 400.00");
      world.apply(ended(continuing()));
      var verifier = new RunVerifier(world.jdbc());
      assertThat(verifier.verify(first)).isEmpty();
      assertThat(verifier.verify(second)).isEmpty();
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

  /// A quarter under monthly invoices that a version known from the start cuts: 4 hours at 1.00 and
  /// 4 at 2.00, both on the invoice that the quarter would be on.
  @Test
  void areInvoicedWhenTheWholeWouldBe() throws IOException {
    try (var world = World.empty(Map.of())) {
      var file = plan(VERSION.replace("1994-01-02", "1994-02-10"));
      world.apply(
          Files.writeString(
              file,
              Files.readString(file)
                  .replace("node-hours, cadence: P1M, unitsFree: 31", "node-hours, cadence: P3M")
                  .replace("from: 1994-01-01}", "from: 1994-01-01, billing: P1M}")));
      world.importFile(
          DemoLog.write(
              directory.resolve("q.swf"),
              List.of(
                  DemoLog.job(1, "1994-01-10T12:00:00Z", 4),
                  DemoLog.job(2, "1994-02-20T12:00:00Z", 4))),
          "swf");
      world.nightly(LocalDate.of(1994, 3, 1));
      assertThat(world.lines()).noneMatch(line -> line.startsWith("usage"));
      world.nightly(LocalDate.of(1994, 4, 1));
      assertThat(world.lines()).contains("usage 1994-01-01 4.00", "usage 1994-02-10 8.00");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

  private static Path ended(Path catalog) throws IOException {
    var open = Files.readString(catalog);
    return Files.writeString(
        catalog, open.replace("from: 1994-01-01}", "from: 1994-01-01, to: 1994-03-10}"));
  }

  private Path continuing() throws IOException {
    var yaml = new StringBuilder("plans:\n");
    for (var price : List.of("1994-01-01 2.00 1.00 300", "1994-01-11 1.00 0.50 400")) {
      var terms = price.split(" ", -1);
      yaml.append(
          """
            - key: p
              from: %s
              rateCards:
                - {key: usage, name: Hours, meter: node-hours, cadence: P1M, change: continue,
                   unitsFree: 10, spendMin: %s,
                   price: {graduated: [{upTo: 100, unitPrice: %s}, {unitPrice: %s}]}}
          """
              .formatted(terms[0], terms[3], terms[1], terms[2]));
    }
    var rest = Files.readString(plan(""));
    return Files.writeString(
        directory.resolve("continuing.yaml"),
        rest.substring(0, rest.indexOf("plans:"))
            + yaml
            + rest.substring(rest.indexOf("customers:")));
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
