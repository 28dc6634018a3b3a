package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.app.ChildCommand.Result;
import org.tallystick.app.cli.CommandTree;
import org.tallystick.domain.time.Window;
import org.tallystick.readers.WindowReader;
import org.tallystick.readers.WindowReader.Selection;
import org.tallystick.sql.Json;

/// `usage query`, as it is typed.
class UsageQueryTest {

  private static final String CATALOG =
      """
      formats:
        - key: csv
          layout: csv
          columns: [id, at, subject, quantity, model]
          source: page
          id: id
          type: use
          subject: subject
          time: {from: at, to: at}
          quantity: quantity
          dimensions: {model: model}
      meters:
        - {key: units, records: use, unit: kilo, factor: 1/1000}
      customers:
        - {key: c, name: C, currency: USD, zone: UTC, subjects: [x]}
      """;

  private static final String USAGE =
      """
      id,at,subject,quantity,model
      1,2025-03-01T10:00:00Z,x,1500,a
      2,2025-03-01T10:59:59Z,x,500,b
      3,2025-03-01T11:00:00Z,y,4000000,a
      4,2025-03-02T00:00:00Z,x,1,c
      """;

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2025-03-01 2025-03-01                          | --to must be after --from 2025-03-01T00:0
          2025-03 2025-04-01                             | --from expects an instant like 2024-01-01
          2025-03-01T00:00:00.0000001Z 2025-04-01        | to the microsecond, or a date like 2024-0
          2025-03-01 +12025-04-01                        | found '+12025-04-01'
          2025-03-01 2025-04-01 --zone Mars/Olympus      | found 'Mars/Olympus'
          2025-03-01 2025-04-01 --where model            | --where expects DIMENSION=VALUE, found 'm
          2025-03-01 2025-04-01 --window WEEK            | expected one of [MINUTE, HOUR, DAY, MONTH
          2025-01-01 2025-04-01 --window minute          | rows, found 129,600 windows; ask for less
          """,
      delimiter = '|')
  void refusesWhatMeansNothing(String typed, String message) {
    var words = new ArrayList<>(List.of(typed.split(" ", -1)));
    words.add(0, "--from");
    words.add(2, "--to");
    words.addAll(0, List.of("usage", "query", "units", "--data", directory.toString()));
    var told = new StringWriter();
    var writer = new PrintWriter(told, true);
    assertThat(CommandTree.execute(writer, writer, words.toArray(String[]::new))).isEqualTo(2);
    assertThat(told.toString()).contains(message).doesNotContain("\tat ");
  }

  @Test
  void showsWindowsAndGroups() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(Files.writeString(directory.resolve("catalog.yaml"), CATALOG));
      world.importFile(Files.writeString(directory.resolve("usage.csv"), USAGE), "csv");
      var hours = query(world, "units", "--window", "hour", "--by", "model", "--by", "customer");
      assertThat(hours.output().replaceAll(" +", " "))
          .isEqualTo(
              """
              sum of units in kilo, 2025-03-01T00:00:00Z to 2025-03-02T00:00:00Z, by hour in UTC
              starts in zone ends by model by customer quantity records
              2025-03-01T10:00:00Z 2025-03-01T10:00Z 2025-03-01T11:00:00Z a c 1.50 1
              2025-03-01T10:00:00Z 2025-03-01T10:00Z 2025-03-01T11:00:00Z b c 0.50 1
              2025-03-01T11:00:00Z 2025-03-01T11:00Z 2025-03-01T12:00:00Z a 4,000.00 1
              """);
      var one =
          query(world, "units", "--customer=c", "--where=model=a", "--where=model=c", "--json")
              .output();
      assertThat(Json.read(one.substring(one.indexOf('{'))).toString())
          .isEqualTo(
              "{meter=units, aggregation=sum, unit=kilo, from=2025-03-01T00:00:00Z,"
                  + " to=2025-03-02T00:00:00Z, window=null, zone=UTC,"
                  + " rows=[{starts=2025-03-01T00:00:00Z, in_zone=2025-03-01T00:00Z,"
                  + " ends=2025-03-02T00:00:00Z, by={customer=c}, quantity=1.5, records=1}]}");
      assertThat(query(world, "calls").output())
          .isEqualTo("tallystick: there is no meter 'calls'; expected one of [units]\n");
      assertThat(query(world, "units", "--customer", "d"))
          .isEqualTo(new Result(2, "tallystick: there is no customer 'd'\n"));
      assertThat(query(world, "units", "--subject", "z").output()).endsWith("\n(none)\n");
    }
  }

  /// Rows beyond the limit are counted, and a cut-off leaves out what came after it.
  @Test
  void countsRowsBeyondTheLimit() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(Files.writeString(directory.resolve("catalog.yaml"), CATALOG));
      world.importFile(Files.writeString(directory.resolve("usage.csv"), USAGE), "csv");
      var from = Instant.parse("2025-03-01T00:00:00Z");
      var bounds = Window.HOUR.bounds(from, from.plusSeconds(200_000), ZoneOffset.UTC);
      var all = new Selection(List.of(), List.of(), Map.of(), List.of(), OptionalLong.empty());
      var reader = new WindowReader(world.jdbc());
      var answer = reader.read("units", bounds, all, 2);
      assertThat(answer.rows()).hasSize(2);
      assertThat(answer.count()).isEqualTo(3);
      var before =
          new Selection(List.of(), List.of(), Map.of(), List.of(), OptionalLong.of(1_000_000));
      assertThat(reader.read("units", bounds, before, 2).rows()).isEmpty();
      world.nightly(World.OCTOBER);
      assertThat(reader.read("units", bounds, before, 9).count()).isEqualTo(3);
    }
  }

  private static Result query(World world, String... arguments) {
    var command = new ArrayList<>(List.of("usage", "query"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--from", "2025-03-01", "--to", "2025-03-02"));
    return world.start(Map.of(), List.of(), command.toArray(String[]::new)).await();
  }
}
