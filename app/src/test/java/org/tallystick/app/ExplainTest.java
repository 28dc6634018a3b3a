package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.app.ChildCommand.Result;
import org.tallystick.sql.Json;

/// How an invoice says what its usage was, step by step.
class ExplainTest {

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
        - {key: longest, records: call, value: seconds, aggregation: max, unit: second, factor: 1}
      customers:
        - {key: c, name: C, currency: EUR, zone: Europe/Vienna, subjects: ["43660"]}
      contracts:
        - key: k
          customer: c
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
                  - {where: {destination: "1*"}, unit: 0.50, days: [wed, holiday]}
              price: {dynamic: 1}
            - {key: longest, name: Longest, meter: longest, cadence: P1M, price: {unit: 0}}
            - key: talk
              name: Talk
              meter: minutes
              cadence: P1M
              price: {graduated: [{upTo: 5, unitPrice: 0.01}, {unitPrice: 0.01}]}
      """;

  @TempDir private Path directory = Path.of("");

  /// Vienna is at UTC+1. Of 60, 61 and 10 s on the 5th and 200 s on the 6th, a Wednesday: 131 / 60
  /// and 200 / 60 minutes, 331 / 60 in all. By the rule, 60, 90, 60 and 210 s: the first is free,
  /// then 1.5 × 0.12, 1 × 0.06 in the evening, 3.5 × 0.50.
  @Test
  void showsWindowsAndRecordsUnderEachLine() throws IOException {
    try (var world = billed()) {
      assertThat(text(world, "INV-000001", "--by", "day", "--limit", "3").lines())
          .containsSubsequence(
              "1. Calls (usage) 1993-10-01 to 1993-11-01, 1.99 EUR: 1.99",
              "usage in minute, by windows in Europe/Vienna",
              "1993-10-04T23:00:00Z 1993-10-05T00:00+01:00 1993-10-05T23:00:00Z"
                  + " 2.183333333333333333333333333333 3",
              "1993-10-05T23:00:00Z 1993-10-06T00:00+01:00 1993-10-06T23:00:00Z"
                  + " 3.333333333333333333333333333333 1",
              "sum of windows: 5.516666666666666666666666666667, before the rule for single"
                  + " records",
              "records, each first 60, then 30; free 1, decimals 4",
              "switch/1 1993-10-05T11:00 60.00 1.00 0.12 destination 43* 0.00",
              "switch/2 1993-10-05T12:00 61.00 1.50 0.12 destination 43* 0.18",
              "switch/3 1993-10-05T20:30 10.00 1.00 0.06 destination 43*, hours 20:00-08:00 0.06",
              "and 1 more; --limit says how many to show",
              "sum of records: 1.99, the line's quantity",
              "2. Longest (usage) 1993-10-01 to 1993-11-01, 200 second: 0.00",
              "not added up: the line's quantity is the max of the whole period",
              "3. Talk (usage) 1993-10-01 to 1993-11-01, 5.516667 minute: 0.06",
              "tier-1 (up to 5): 5 × 0.01 = 0.05",
              "tier-2 (over 5): 0.516666666666666666666666666667 × 0.01"
                  + " = 0.005166666666666666666666666667",
              "sum of windows: 5.516666666666666666666666666667, the line's quantity");
    }
  }

  /// Half an hour on the 4th comes late: it is the free one now, and the next bill has the first.
  @Test
  void keepsToTheCutOffOfTheRun() throws IOException {
    try (var world = billed()) {
      calls(world, "5,43660,1993-10-04T10:00:00Z,1993-10-04T10:30:00Z,43123");
      world.nightly(World.DECEMBER);
      assertThat(text(world, "INV-000001", "--by", "month").lines())
          .containsSubsequence(
              "sum of records: 1.99, the line's quantity",
              "sum of windows: 5.516666666666666666666666666667, the line's quantity");
      assertThat(text(world, "INV-000002", "--by", "month").lines())
          .containsSubsequence(
              "1. Calls (usage) 1993-10-01 to 1993-11-01, 2.11 EUR: 0.12",
              "switch/5 1993-10-04T11:00 1,800.00 30.00 0.12 destination 43* 0.00",
              "switch/1 1993-10-05T11:00 60.00 1.00 0.12 destination 43* 0.12",
              "switch/4 1993-10-06T13:00 200.00 3.50 0.50 destination 1*, days wed holiday 1.75",
              "sum of records: 2.11, the line's quantity",
              "sum of windows: 35.516666666666666666666666666667, the line's quantity");
    }
  }

  @Test
  void saysTheSameInJson() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(Files.writeString(directory.resolve("catalog.yaml"), CATALOG));
      calls(
          world,
          "1,43660,1993-10-05T10:00:00Z,1993-10-05T10:01:00Z,43123",
          "2,43660,1993-10-05T11:00:00Z,1993-10-05T11:01:01Z,43123");
      world.nightly(World.NOVEMBER);
      var printed = explain(world, "INV-000001", "--by", "hour", "--limit", "1", "--json").output();
      var json = Json.read(printed.substring(printed.indexOf('{')));
      var usage = (List<?>) json.getOrDefault("usage", List.of());
      assertThat(usage).hasSize(3);
      assertThat(String.valueOf(usage.getFirst()))
          .isEqualTo(
              "{line_no=1, aggregation=sum, unit=minute, zone=Europe/Vienna, windows=["
                  + "{starts=1993-10-05T10:00:00Z, in_zone=1993-10-05T11:00+01:00,"
                  + " ends=1993-10-05T11:00:00Z, quantity=1, records=1},"
                  + " {starts=1993-10-05T11:00:00Z, in_zone=1993-10-05T12:00+01:00,"
                  + " ends=1993-10-05T12:00:00Z, quantity=1.016666666666666666666666666667,"
                  + " records=1}], windows_sum=2.016666666666666666666666666667,"
                  + " rule=first 60, then 30; free 1, decimals 4,"
                  + " records=[{record=switch/1, at=1993-10-05T11:00, value=60.000000, units=1,"
                  + " price=0.12, matched=destination 43*, amount=0}], records_more=1,"
                  + " records_sum=0.18}");
      assertThat(String.valueOf(usage.get(1)))
          .contains(
              "aggregation=max, unit=second, ",
              "windows_sum=null, rule=null, records=[], records_more=0");
      var show = world.start(Map.of(), List.of(), "invoice", "show", "INV-000001").await();
      assertThat(show.output())
          .contains("1. Calls (usage)", "Total 0.20 EUR")
          .doesNotContain("exactly", "records");
      var plain = explain(world, "INV-000001").output();
      assertThat(plain).contains("exactly 0.18, rounded 0.18").doesNotContain("windows");
      var refused = explain(world, "INV-000009");
      assertThat(refused).isEqualTo(new Result(2, "tallystick: there is no invoice INV-000009\n"));
    }
  }

  /// October is billed, with four calls.
  private World billed() throws IOException {
    var world = World.empty(Map.of());
    world.apply(Files.writeString(directory.resolve("catalog.yaml"), CATALOG));
    calls(
        world,
        "1,43660,1993-10-05T10:00:00Z,1993-10-05T10:01:00Z,43123",
        "2,43660,1993-10-05T11:00:00Z,1993-10-05T11:01:01Z,43123",
        "3,43660,1993-10-05T19:30:00Z,1993-10-05T19:30:10Z,43123",
        "4,43660,1993-10-06T12:00:00Z,1993-10-06T12:03:20Z,1202555");
    world.nightly(World.OCTOBER);
    world.nightly(World.NOVEMBER);
    return world;
  }

  private void calls(World world, String... lines) throws IOException {
    var file = Files.createTempFile(directory, "calls", ".csv");
    Files.writeString(file, "id,subject,start,end,destination\n" + String.join("\n", lines) + "\n");
    world.importFile(file, "calls");
  }

  private static Result explain(World world, String... arguments) {
    var command = new ArrayList<>(List.of("invoice", "explain"));
    command.addAll(List.of(arguments));
    return world.start(Map.of(), List.of(), command.toArray(String[]::new)).await();
  }

  /// What is printed, with single blanks, and none before a line.
  private static String text(World world, String... arguments) {
    return explain(world, arguments).output().replaceAll("(?m)^ +", "").replaceAll(" +", " ");
  }
}
