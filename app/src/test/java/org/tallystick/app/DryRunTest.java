package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.tallystick.jobs.RunRefused;
import org.tallystick.readers.FileReport;
import org.tallystick.readers.UnreadableFile;
import org.tallystick.writers.DryRunReport;

/// What a dry run says is what the import then does, and it leaves nothing behind.
class DryRunTest {

  private static final Map<String, byte[]> FILES = OddFiles.all();
  private static final World WORLD = World.empty(Map.of("tallystick.batch.chunk-lines", "5000"));

  @TempDir private Path directory = Path.of("");

  @AfterAll
  static void close() {
    WORLD.close();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/odd-files.csv", delimiter = '|', numLinesToSkip = 1)
  void saysWhatTheImportDoes(String name, String format, String dispositions) throws IOException {
    WORLD.apply(Files.writeString(directory.resolve("formats.yaml"), OddFilesTest.FORMATS));
    var file = Files.write(directory.resolve("usage"), FILES.get(name));
    if (!dispositions.matches("\\d.*")) {
      assertThatThrownBy(() -> dryRun(file, format))
          .isInstanceOf(UnreadableFile.class)
          .hasMessageStartingWith(dispositions);
      return;
    }
    var before = contents();
    var report = dryRun(file, format);
    assertThat(contents()).isEqualTo(before);
    var sha256 = WORLD.importFile(file, format).scope();
    var imported = new FileReport(WORLD.jdbc()).of(sha256);
    assertThat(new ArrayList<@Nullable Object>(imported.values()).subList(1, 7))
        .isEqualTo(counts(report));
    assertThat(dispositionsOf(report)).isEqualTo(dispositions.strip());
    assertThat(report.first()).isEqualTo(firstSuspended(sha256));
  }

  private static final String TWICE =
      """
      id,who,at,n
      y1,x,2026-11-01T00:00:00Z,2
      y1,x,2026-11-01T00:00:00Z,2
      y1,x,2026-11-01T00:00:00Z,3
      y2,x,2026-11-01T00:00:00Z,4
      y3,x,2026-11-02T00:00:00Z,0.5
      y3,x,2026-11-02T00:00:00Z,0.6
      """;

  @Test
  void tellsDuplicatesAndConflictsOfAFileAndOfTheDatabaseAndOfFilesBefore() throws IOException {
    WORLD.apply(Files.writeString(directory.resolve("formats.yaml"), OddFilesTest.FORMATS));
    var known = Files.writeString(directory.resolve("known"), "y2,x,2026-11-01T00:00:00Z,4\n");
    WORLD.importFile(known, "csv");
    var one = Files.writeString(directory.resolve("one"), TWICE);
    var two = Files.writeString(directory.resolve("two"), TWICE.replace("y2", "y4"));
    var reports = WORLD.dryRuns().importFiles(List.of(one, two), "csv");
    assertThat(reports.getFirst().records())
        .isEqualTo(
            new DryRunReport.Records(
                2,
                2,
                2,
                new BigDecimal("2.5"),
                Optional.of(Instant.parse("2026-11-01T00:00:00Z")),
                Optional.of(Instant.parse("2026-11-02T00:00:00Z")),
                2));
    assertThat(reports.getFirst().first())
        .containsExactly(
            new DryRunReport.Line(4, "conflict", "", "csv/y1 is known with other content"),
            new DryRunReport.Line(7, "conflict", "", "csv/y3 is known with other content"));
    assertThat(reports.getFirst().subjects()).containsExactly("x");
    var second = reports.getLast().records();
    assertThat(List.of(second.accepted(), second.duplicates(), second.conflicts()))
        .containsExactly(1L, 3L, 2L);
    assertThatThrownBy(() -> WORLD.dryRuns().importFiles(List.of(one, one), "csv"))
        .isInstanceOf(RunRefused.class)
        .hasMessageEndingWith("has the content of another file that is named");
    assertThatThrownBy(() -> dryRun(known, "csv"))
        .isInstanceOf(RunRefused.class)
        .hasMessageContaining("was imported before");
  }

  private static DryRunReport dryRun(Path file, String format) {
    return WORLD.dryRuns().importFiles(List.of(file), format).getFirst();
  }

  /// The rows of every table that an import writes.
  private static Map<String, @Nullable Object> contents() {
    return WORLD
        .jdbc()
        .sql(
            """
            select (select count(*) from intake_file) as files,
                   (select count(*) from intake_batch) as batches,
                   (select count(*) from usage_identity) as identities,
                   (select count(*) from usage_record) as records,
                   (select count(*) from line_disposition) as dispositions,
                   (select count(*) from business_run) as runs,
                   (select count(*) from batch_job_execution) as executions\
            """)
        .query()
        .singleRow();
  }

  private static List<Long> counts(DryRunReport report) {
    return List.of(
        report.lines(),
        report.read(),
        report.records().accepted(),
        report.records().duplicates(),
        report.filteredTotal(),
        report.suspendedTotal());
  }

  /// As `odd-files.csv` writes them.
  private static String dispositionsOf(DryRunReport report) {
    var counts = new TreeMap<String, Long>(report.suspended());
    counts.put("accepted", report.records().accepted());
    counts.put("duplicate", report.records().duplicates());
    counts.put("filtered", report.filteredTotal());
    counts.values().removeIf(count -> count == 0);
    return report.lines() + " lines " + counts;
  }

  private static List<DryRunReport.Line> firstSuspended(String sha256) {
    return WORLD
        .jdbc()
        .sql(
            """
            select d.line_no, d.reason, d.field, d.message from line_disposition d
              join intake_batch b on b.id = d.batch_id
              join intake_file f on f.id = b.file_id and f.sha256 = :sha256
             where d.disposition = 'suspended' order by d.line_no limit 10\
            """)
        .param("sha256", sha256)
        .query((row, _) ->
            new DryRunReport.Line(
                row.getLong("line_no"),
                row.getString("reason"),
                row.getString("field"),
                row.getString("message")))
        .list();
  }
}
