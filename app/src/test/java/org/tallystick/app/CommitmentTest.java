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

/// Minimum and maximum spends over several items of a contract, longer than their periods.
class CommitmentTest {

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
