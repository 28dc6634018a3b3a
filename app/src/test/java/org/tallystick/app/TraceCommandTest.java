package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.app.ChildCommand.Result;
import org.tallystick.app.cli.CommandTree;
import org.tallystick.readers.TraceReader;
import org.tallystick.sql.Json;

/// `tallystick usage trace`, of records that are split and of lines that are no records.
class TraceCommandTest {

  /// Hours that are split at the month's end, and the same of one model only.
  private static final String HOURS =
      """
      formats:
        - key: csv
          layout: csv
          columns: [id, subject, from, to, model]
          source: site/a
          id: id
          type: lease
          subject: subject
          time: {from: from, to: to}
          quantity: "1"
          dimensions: {model: model}
          filters:
            - {reason: test machine, column: subject, equals: "0"}
      meters:
        - {key: hours, records: lease, value: seconds, attribution: split, unit: hour,
           factor: 1/3600}
        - {key: big, records: lease, where: {model: big}, aggregation: count, unit: lease,
           factor: 1}
      customers:
        - {key: c, name: Cee, currency: USD, zone: UTC, subjects: [s], payer: p}
        - {key: p, name: Pay, currency: USD, zone: UTC}
      contracts:
        - key: k
          customer: c
          from: 1993-10-01
          rateCards:
            - {key: big, name: Big, meter: big, cadence: P1M, price: {unit: 1.00}}
            - {key: hours, name: Hours, meter: hours, cadence: P1M, price: {unit: 1.50}}
      """;

  @TempDir private Path directory = Path.of("");

  /// Two hours on either side of the month's end.
  @Test
  void followsARecordIntoEachPeriodItIsSplitOver() throws IOException {
    try (var other = hours("")) {
      other.nightly(World.NOVEMBER);
      assertThat(TraceTest.states(other, "site/a", "1"))
          .containsExactly(
              "big: the meter takes only records with other dimensions",
              "hours: billed",
              "hours: not metered yet: the as-of of the last run is before it");
      other.nightly(World.DECEMBER);
      assertThat(TraceTest.states(other, "site/a", "1")).endsWith("hours: billed", "hours: billed");
      assertThat(TraceTest.bills(other, "site/a", "1"))
          .containsExactly("hours INV-000001/1 3.00 true", "hours INV-000002/1 3.00 true");
      var text = trace(other, "site/a", "1");
      assertThat(text.exitCode()).isZero();
      assertThat(text.output().replaceAll("(?m)^ +", "").replaceAll(" +", " ").lines())
          .containsSubsequence(
              "site/a/1: accepted",
              "lease of subject s, 1993-10-31T22:00:00Z to 1993-11-01T02:00:00Z, quantity 1.00,"
                  + " model small",
              "again in a.csv line 3: duplicate, same content",
              "again in a.csv line 6: suspended, conflict",
              "customer c (Cee), paid by p",
              "item hours of contract k, meter hours",
              "1993-10-01T00:00Z to 1993-11-01T00:00Z, due 1993-11-01T00:00Z",
              "billed",
              "this record 2.00 hour; the whole period 2.00, exactly 3.00 USD",
              "INV-000001 1 usage 1993-11-01 2 p 1993-10-01 1993-11-01 2.00 3.00 yes",
              "1993-11-01T00:00Z to 1993-12-01T00:00Z, due 1993-12-01T00:00Z",
              "billed");
    }
  }

  @Test
  void tellsWhatBecameOfALineThatIsNoRecord() throws IOException {
    try (var other = hours("")) {
      var reader = new TraceReader(other.jdbc());
      assertThat(line(reader, 1)).isEqualTo("no row null null null");
      assertThat(line(reader, 2)).isEqualTo("accepted null null site/a/1");
      assertThat(line(reader, 3)).isEqualTo("duplicate same content  site/a/1");
      assertThat(line(reader, 4)).isEqualTo("filtered test machine  ");
      assertThat(line(reader, 5)).startsWith("suspended bad_time to ");
      assertThat(line(reader, 6))
          .isEqualTo("suspended conflict  site/a/1 is known with other content");
      assertThat(reader.lines("a.csv", 7)).isEmpty();
      assertThat(Stream.of(2, 3, 6).map(n -> reader.records(reader.lines("a.csv", n).getFirst())))
          .allSatisfy(found ->
              assertThat(found)
                  .singleElement()
                  .satisfies(record ->
                      assertThat(record)
                          .containsEntry("source", "site/a")
                          .containsEntry("id", "1")));
      assertThat(Stream.of(1, 4, 5).map(n -> reader.records(reader.lines("a.csv", n).getFirst())))
          .allSatisfy(found -> assertThat(found).isEmpty());
    }
  }

  /// The contract is ended a day earlier: what was billed comes back.
  @Test
  void showsWhatWasBilledWhereAContractIsCut() throws IOException {
    try (var other = hours("to: 1993-11-01")) {
      other.nightly(World.NOVEMBER);
      apply(other, "to: 1993-10-31");
      other.nightly(World.DECEMBER);
      assertThat(TraceTest.states(other, "site/a", "1"))
          .endsWith("hours: the contract is not in force then");
      assertThat(TraceTest.bills(other, "site/a", "1"))
          .containsExactly("hours INV-000001/1 3.00 true", "hours CN-000001/1 -3.00 false");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "test, found 1 names",
    "--file a.csv, found 0 names and --file",
    "--line 2, found 0 names and --line",
    "test 1 --file a.csv --line 2, found 2 names and --file and --line",
    "--file a.csv --line -1, expected a number"
  })
  void refusesWhatMeansNothing(String typed, String message) {
    assertThat(typedHere(2, typed)).contains(message).doesNotContain("\tat ");
  }

  @Test
  void helpHasExamples() {
    assertThat(typedHere(0, "--help")).contains("tallystick usage trace nasa-ipsc 90001");
  }

  @Test
  void isWhatItIsOnTheCommandLine() throws IOException {
    try (var other = hours("")) {
      assertThat(trace(other, "site/a", "9"))
          .isEqualTo(
              new Result(
                  1,
                  "tallystick: there is no usage record site/a/9; a line that is no record is"
                      + " traced by --file and --line\n"));
      assertThat(trace(other, "--file", "a.csv", "--line", "7"))
          .isEqualTo(new Result(1, "tallystick: a.csv has no line 7\n"));
      assertThat(trace(other, "--file", "z.csv", "--line", "1"))
          .isEqualTo(new Result(1, "tallystick: no file 'z.csv' was imported\n"));
      var suspended = trace(other, "--file", "a.csv", "--line", "5");
      assertThat(suspended.exitCode()).isZero();
      assertThat(suspended.output())
          .startsWith("a.csv line 5: suspended\n  batch 1, ")
          .contains("\n  bad_time: to: ", "\n  3,s,1993-10-31T22:00:00Z,yesterday,small\n");
      var sha = other.jdbc().sql("select sha256 from intake_file").query(String.class).single();
      var json = trace(other, "--file", sha, "--line", "3", "--json").output();
      var read = Json.read(json.substring(json.indexOf('{')));
      assertThat(String.valueOf(read.get("lines"))).contains("disposition=duplicate");
      assertThat(String.valueOf(read.get("records")))
          .contains("source=site/a, id=1, file=a.csv", "dimensions={model=small}");
    }
  }

  /// A file with a record that is split, the same once more, one that is filtered, one that cannot
  /// be read, and a conflict.
  private World hours(String end) throws IOException {
    var other = World.empty(Map.of());
    apply(other, end);
    var text =
        """
        id,subject,from,to,model
        1,s,1993-10-31T22:00:00Z,1993-11-01T02:00:00Z,small
        1,s,1993-10-31T22:00:00Z,1993-11-01T02:00:00Z,small
        2,0,1993-10-31T22:00:00Z,1993-11-01T02:00:00Z,small
        3,s,1993-10-31T22:00:00Z,yesterday,small
        1,s,1993-10-31T22:00:00Z,1993-11-01T03:00:00Z,small
        """;
    other.importFile(Files.writeString(directory.resolve("a.csv"), text), "csv");
    return other;
  }

  /// The catalog, with the end of the contract.
  private void apply(World other, String end) throws IOException {
    var catalog = HOURS.replace("from: 1993-10-01", "from: 1993-10-01\n    " + end);
    other.apply(Files.writeString(directory.resolve("hours.yaml"), catalog));
  }

  private static String line(TraceReader reader, long number) {
    var line = reader.lines("a.csv", number).getFirst();
    return "%s %s %s %s"
        .formatted(
            line.get("disposition"), line.get("reason"), line.get("field"), line.get("message"));
  }

  /// What is printed when `typed` ends with `exitCode` before it looks at a database.
  private String typedHere(int exitCode, String typed) {
    var words = new ArrayList<>(List.of("usage", "trace"));
    words.addAll(List.of(typed.split(" ", -1)));
    words.addAll(List.of("--data", directory.toString()));
    var told = new StringWriter();
    var writer = new PrintWriter(told, true);
    assertThat(CommandTree.execute(writer, writer, words.toArray(String[]::new)))
        .isEqualTo(exitCode);
    return told.toString();
  }

  private static Result trace(World world, String... arguments) {
    var command = new ArrayList<>(List.of("usage", "trace"));
    command.addAll(List.of(arguments));
    return world.start(Map.of(), List.of(), command.toArray(String[]::new)).await();
  }
}
