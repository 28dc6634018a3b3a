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
import org.tallystick.readers.Checks;
import org.tallystick.readers.RunVerifier;
import org.tallystick.writers.Withdrawals;

/// Minimum and maximum spends over several items of a contract, longer than their periods.
class CommitmentTest {

  private static final String GIFT =
      """
      wallets:
        - customer: c
          unit: USD
          grants:
            - {key: gift, kind: promotional, amount: 600.00, priority: 1,
               from: 1994-01-01, to: 1995-01-01}
      """;

  @TempDir private Path directory = Path.of("");

  /// A fee of 100.00 a month ahead and hours at 1.00: 200, 20 and none. Hours are capped at 150.00
  /// a month: January's 200.00 come with -50.00. The quarter costs 300.00 + 220.00; at least
  /// 1,000.00 are promised, so 480.00 are missing. Late usage, 10 hours in January and 30 in
  /// February, is taken off again there: by the cap, and from what was missing.
  @Test
  void holdWhatItemsCostTogether() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(catalog("from: 1994-01-01"));
      use(world, job(1, "1994-01-10", 120), job(2, "1994-01-20", 80), job(3, "1994-02-10", 20));
      for (int month = 1; month <= 3; month++) {
        world.nightly(LocalDate.of(1994, month, 1));
      }
      assertThat(world.lines())
          .containsExactly(
              "base 1994-01-01 100.00",
              "base 1994-02-01 100.00",
              "base 1994-03-01 100.00",
              "cap 1994-01-01 -50.00",
              "usage 1994-01-01 200.00",
              "usage 1994-02-01 20.00");
      var quarter = world.nightly(LocalDate.of(1994, 4, 1));
      assertThat(world.lines())
          .hasSize(8)
          .contains("quarter 1994-01-01 480.00", "base 1994-04-01 100.00");
      use(world, job(4, "1994-01-25", 10), job(5, "1994-02-25", 30));
      var late = world.nightly(LocalDate.of(1994, 5, 1));
      assertThat(world.lines())
          .hasSize(13)
          .contains(
              "usage 1994-01-01 10.00",
              "cap 1994-01-01 -10.00",
              "usage 1994-02-01 30.00",
              "quarter 1994-01-01 -40.00");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
      assertThat(new RunVerifier(world.jdbc()).verify(quarter)).isEmpty();
      assertThat(new RunVerifier(world.jdbc()).verify(late)).isEmpty();
    }
  }

  /// The quarter's 1,000.00 for 45 of 90 days are 500.00; the fee was 100.00 + 50.00, 20 hours were
  /// used.
  @Test
  void areOwedForTheDaysOfTheContract() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(catalog("from: 1994-01-01, to: 1994-02-15"));
      use(world, job(1, "1994-01-10", 20));
      world.nightly(LocalDate.of(1994, 3, 1));
      assertThat(world.lines())
          .containsExactly(
              "base 1994-01-01 100.00",
              "base 1994-02-01 50.00",
              "quarter 1994-01-01 330.00",
              "usage 1994-01-01 20.00");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

  /// 300 hours of at most 150.00, settled by a gift of 600.00; then 100 of them never were. The
  /// month costs 150.00 before and after, and the gift has paid 150.00 of it.
  @Test
  void drawNoCreditForWhatTheyNoLongerTakeOff() throws IOException {
    try (var world = World.empty(Map.of())) {
      var file = changed("flat: 100.00", "flat: 0.00");
      Files.writeString(file, Files.readString(file) + GIFT);
      world.apply(file);
      use(world, job(1, "1994-01-10", 200), job(2, "1994-01-20", 100));
      world.nightly(LocalDate.of(1994, 2, 1));
      new Withdrawals(world.jdbc()).record("nasa-ipsc", "2", "a typo");
      var second = world.nightly(LocalDate.of(1994, 3, 1));
      assertThat(world.lines())
          .contains("cap 1994-01-01 -150.00", "cap 1994-01-01 100.00", "usage 1994-01-01 -100.00");
      assertThat(world.jdbc().sql("select sum(credit) from invoice").query(String.class).single())
          .isEqualTo("150.00");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
      assertThat(new RunVerifier(world.jdbc()).verify(second)).isEmpty();
    }
  }

  /// Invoices come once a year, capped months are opened as they begin: the contract can end, and
  /// is billed then. The quarter's 1,000.00 for 73 of 90 days are 811.11.
  @Test
  void areOpenedAsTheyBeginWhateverTheBilling() throws IOException {
    try (var world = World.empty(Map.of())) {
      var open = "from: 1994-01-01\n    billing: P1Y";
      world.apply(withoutFee(catalog(open)));
      use(world, job(1, "1994-01-10", 200));
      world.nightly(LocalDate.of(1994, 2, 1));
      world.apply(withoutFee(catalog(open + ", to: 1994-03-15")));
      var last = world.nightly(LocalDate.of(1994, 3, 15));
      assertThat(world.lines())
          .containsExactly(
              "cap 1994-01-01 -50.00", "quarter 1994-01-01 611.11", "usage 1994-01-01 200.00");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
      assertThat(new RunVerifier(world.jdbc()).verify(last)).isEmpty();
    }
  }

  private static Path withoutFee(Path catalog) throws IOException {
    var lines = Files.readAllLines(catalog).stream().filter(line -> !line.contains("key: base"));
    return Files.writeString(
        catalog, String.join("\n", lines.toList()).replace("[base, usage]", "[usage]"));
  }

  @Test
  void areRefused() throws IOException {
    try (var world = World.empty(Map.of())) {
      assertThatThrownBy(() -> world.apply(changed("commitment: [base", "commitment: [bass")))
          .hasMessageContaining("covers 'bass', which is no rate card; expected some of [base, ");
      assertThatThrownBy(() -> world.apply(changed("commitment: [usage]", "commitment: [quarter]")))
          .hasMessageContaining("covers 'quarter', which is a commitment itself");
      assertThatThrownBy(() -> world.apply(changed("unit: 1.00}", "unit: 1}, spendMin: 5")))
          .hasMessageContaining("covers 'usage', which has a spendMin of its own");
      assertThatThrownBy(() -> world.apply(changed("cadence: P3M", "cadence: once")))
          .hasMessageContaining("a commitment is for a service period: it needs a cadence");
      world.apply(catalog("from: 1994-01-01"));
      assertThatThrownBy(() -> world.apply(changed("[base, usage]", "[usage]")))
          .hasMessageContaining("commitment of rate card quarter cannot be changed once applied");
    }
  }

  private Path changed(String right, String wrong) throws IOException {
    var file = catalog("from: 1994-01-01");
    return Files.writeString(file, Files.readString(file).replace(right, wrong));
  }

  private Path catalog(String span) throws IOException {
    var demo = Files.readString(World.CATALOG);
    var yaml =
        """
        customers:
          - {key: c, name: C, currency: USD, zone: UTC, subjects: ["1"]}
        contracts:
          - key: k
            customer: c
            %s
            rateCards:
              - {key: base, name: B, fee: in-advance, cadence: P1M, price: {flat: 100.00}}
              - {key: usage, name: U, meter: node-hours, cadence: P1M, price: {unit: 1.00}}
              - {key: cap, name: C, commitment: [usage], cadence: P1M, spendMax: 150}
              - {key: quarter, name: Q, commitment: [base, usage], cadence: P3M, spendMin: 1000}
        """
            .formatted(span.replace(", ", "\n    "));
    return Files.writeString(
        directory.resolve("commitment.yaml"), demo.substring(0, demo.indexOf("plans:")) + yaml);
  }

  private void use(World world, String... jobs) throws IOException {
    var file = directory.resolve("jobs-" + jobs[0].split(" ", -1)[0] + ".swf");
    world.importFile(DemoLog.write(file, List.of(jobs)), "swf");
  }

  /// At noon of `day`.
  private static String job(int number, String day, int hours) {
    return DemoLog.job(number, day + "T12:00:00Z", hours);
  }
}
