package org.tallystick.app;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.tallystick.app.session.Session;
import org.tallystick.domain.run.RunState;
import org.tallystick.jobs.Progress;
import org.tallystick.jobs.Runs;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.Checks;
import org.tallystick.readers.UnreadableFile;

/// What becomes of hostile and odd files, line by line: `odd-files.csv` says it of each. Nothing of
/// them is lost, nothing of them stops the next one, and the good lines are in.
class OddFilesTest {

  private static final Map<String, byte[]> FILES = OddFiles.all();
  static final String FORMATS =
      """
      formats:
        - {key: csv, layout: csv, columns: [id, who, at, n], source: csv, id: id, type: t,
           subject: who, time: {at: at}, quantity: n}
        - {key: german, layout: csv, delimiter: ";", encoding: windows-1252, source: german, id: id,
           type: t, subject: who, times: dd.MM.yyyy HH:mm, zone: Europe/Berlin, time: {at: at},
           numbers: {decimal: ",", group: "."}, quantity: n}
        - {key: fixed, layout: fixed, columns: {id: 1-4, who: 5-6, day: 7-14, n: 16-20},
           source: fixed, type: t, subject: who, times: yyyyMMdd, zone: UTC, time: {at: day},
           quantity: n}
        - {key: epoch, layout: csv, source: epoch, id: [who, id], type: {column: who}, subject: who,
           times: epoch-milliseconds, time: {at: at}, quantity: n}
        - {key: json, layout: json, source: json, id: id, type: t, subject: who, time: {at: at},
           columns: {id: $.id, who: who, at: "$['at']", n: "$.data.n[0]"}, quantity: n}
      """;

  private static final World WORLD = World.empty(Map.of("tallystick.batch.chunk-lines", "5000"));

  @TempDir private Path directory = Path.of("");

  @AfterAll
  static void close() {
    WORLD.close();
  }

  /// `dispositions`: physical lines, then how many of each disposition, suspended ones by reason;
  /// or the beginning of why the file is refused.
  @ParameterizedTest
  @CsvFileSource(resources = "/odd-files.csv", delimiter = '|', numLinesToSkip = 1)
  void everyLineIsAccountedFor(String name, String format, String dispositions) throws IOException {
    WORLD.apply(Files.writeString(directory.resolve("formats.yaml"), FORMATS));
    var bytes = FILES.get(name);
    assertThat(bytes).as(name).isNotNull();
    var file = Files.write(directory.resolve("usage"), bytes);
    assertThat(outcome(file, format)).as(name).startsWith(dispositions);
    assertThat(new Checks(WORLD.jdbc()).run("files-are-accounted-for")).isEmpty();
  }

  @Test
  void everyFileHasItsLine() throws IOException {
    var listed = new ArrayList<String>();
    for (var line : Files.readAllLines(Path.of("src/test/resources/odd-files.csv"))) {
      listed.add(line.split("\\|", -1)[0].strip());
    }
    assertThat(new HashSet<>(listed.subList(1, listed.size()))).isEqualTo(FILES.keySet());
    assertThat(FILES).hasSizeGreaterThanOrEqualTo(60);
  }

  @Test
  void aFileThatGrowsIsReadAsItWas() throws IOException {
    var file = Files.writeString(directory.resolve("grows"), OddFiles.HEADER + OddFiles.row("z1"));
    var run = importWhile(file, () -> Files.writeString(file, OddFiles.row("z2"), APPEND));
    assertThat(run.state()).isEqualTo(RunState.POSTED);
    assertThat(dispositions(run.scope())).isEqualTo("2 lines {accepted=1}");
  }

  @Test
  void aFileThatChangesIsNotTakenForWhatItWas() throws IOException {
    var content = OddFiles.HEADER + OddFiles.row("z3");
    var file = Files.writeString(directory.resolve("changes"), content);
    var run = importWhile(file, () -> Files.writeString(file, content.replace(",2\n", ",3\n")));
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.message()).contains("changed: expected SHA-256 " + run.scope());
    Files.writeString(file, content + OddFiles.row("z4"));
    assertThat(WORLD.runs().restart(run.runNo()).state()).isEqualTo(RunState.POSTED);
    assertThat(dispositions(run.scope())).isEqualTo("2 lines {accepted=1}");
    assertThat(WORLD.count("select quantity from usage_record where id = 'z3'")).isEqualTo(2);
  }

  /// Imports `file`, with `disturbance` as each step begins.
  private BusinessRun importWhile(Path file, Callable<?> disturbance) throws IOException {
    WORLD.apply(Files.writeString(directory.resolve("formats.yaml"), FORMATS));
    var disturbing =
        new Progress() {
          @Override
          public void stepStarts(String step) {
            try {
              disturbance.call();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }

          @Override
          public void itemsExpected(long count) {}

          @Override
          public void itemsDone(long count) {}
        };
    try (var session = Session.at(WORLD.address(), disturbing, Map.of())) {
      return session.get(Runs.class).importFile(file, "csv");
    }
  }

  private static String outcome(Path file, String format) {
    try {
      var run = WORLD.importFile(file, format);
      return run.message() + dispositions(run.scope());
    } catch (UnreadableFile refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  private static String dispositions(String sha256) {
    var lines =
        WORLD
            .jdbc()
            .sql("select lines from intake_file where sha256 = :sha256")
            .param("sha256", sha256)
            .query(Long.class)
            .single();
    var counts = new TreeMap<String, Long>();
    WORLD
        .jdbc()
        .sql(
            """
            select 'accepted' as what, sum(b.accepted) as count
              from intake_batch b join intake_file f on f.id = b.file_id and f.sha256 = :sha256
            union all
            select case d.disposition when 'suspended' then d.reason else d.disposition end,
                   count(*)
              from line_disposition d
              join intake_batch b on b.id = d.batch_id
              join intake_file f on f.id = b.file_id and f.sha256 = :sha256
             group by 1\
            """)
        .param("sha256", sha256)
        .query((row, _) -> counts.put(row.getString("what"), row.getLong("count")))
        .list();
    counts.values().removeIf(count -> count == 0);
    return lines + " lines " + counts;
  }
}
