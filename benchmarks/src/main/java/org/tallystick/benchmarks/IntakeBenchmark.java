package org.tallystick.benchmarks;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Intake against `COPY`, side by side in one run on one server: `tallystick usage import` of a
/// seeded file, and then one `COPY` statement for each of the two tables that it fills, of the same
/// rows in the order of the file, into a database made by the same migrations.
///
/// System properties: `intake.lines`, `intake.customers`; `intake.ids`, `sequential` or `random`;
/// with `intake.growth` a tenth of the lines comes first, and how the time grows is printed.
public final class IntakeBenchmark {

  private static final long LINES = Long.getLong("intake.lines", 5_000_000);
  private static final int CUSTOMERS = Integer.getInteger("intake.customers", 20_000);
  private static final boolean IS_RANDOM = System.getProperty("intake.ids", "").equals("random");
  private static final boolean IS_GROWTH = Boolean.getBoolean("intake.growth");
  private static final String FORMAT = "bench";
  private static final Table FILES =
      new Table(
          "intake_file",
          "id, name, sha256, bytes, format_key, started_at, finished_at, lines",
          "id");
  private static final Table BATCHES =
      new Table(
          "intake_batch",
          "id, file_id, first_line, last_line, comments, accepted, duplicate, filtered, suspended,"
              + " quantity, starts_min, ends_max",
          "id");
  private static final Table IDENTITIES =
      new Table("usage_identity", "source, id, digest, batch_id, line_no", "batch_id, line_no");
  private static final Table RECORDS =
      new Table(
          "usage_record",
          "batch_id, line_no, source, id, type, subject, starts, ends, quantity, dimensions",
          "batch_id, line_no");

  private final BenchServer server;
  private final Path directory;

  private IntakeBenchmark(BenchServer server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  public static void main(String[] arguments) throws Exception {
    var directory = Files.createTempDirectory("tallystick-intake");
    try (var server = BenchServer.start(directory)) {
      System.out.println(server.description());
      var benchmark = new IntakeBenchmark(server, directory);
      if (IS_GROWTH) {
        var tenth = benchmark.measure(LINES / 10);
        print(tenth);
        var whole = benchmark.measure(LINES);
        print(whole);
        printGrowth(tenth, whole);
      } else {
        print(benchmark.measure(LINES));
      }
    }
    Files.delete(directory);
  }

  private Times measure(long lines) throws Exception {
    var catalog = UsageLines.writeCatalog(directory.resolve("catalog.yaml"), FORMAT);
    var usage = new UsageLines(lines, CUSTOMERS, IS_RANDOM).write(directory.resolve("usage.csv"));
    server.createDatabase("imported");
    server.run("imported", "catalog", "apply", catalog.toString());
    server.checkpoint();
    var whole = server.run("imported", "usage", "import", usage.toString(), "--format", FORMAT);
    requireAccepted(lines);
    var load = load();
    for (var table : List.of(FILES, BATCHES, IDENTITIES, RECORDS)) {
      server.copyOut("imported", table.query(), rows(table));
    }
    server.dropDatabase("imported");
    server.createDatabase("copied");
    server.run("copied", "catalog", "apply", catalog.toString());
    copy(FILES);
    copy(BATCHES);
    server.checkpoint();
    var identities = copy(IDENTITIES);
    var records = copy(RECORDS);
    server.dropDatabase("copied");
    Files.delete(catalog);
    Files.delete(usage);
    return new Times(lines, whole, load, identities, records);
  }

  private void requireAccepted(long lines) throws SQLException {
    long found = server.number("imported", "select sum(accepted) from intake_batch");
    if (found != lines) {
      throw new IllegalStateException("expected " + lines + " records, found " + found);
    }
  }

  /// From the note that the file is being taken in until its lines are counted and closed.
  private Duration load() throws SQLException {
    return Duration.ofMillis(
        server.number(
            "imported",
            "select extract(epoch from finished_at - started_at) * 1000 from intake_file"));
  }

  /// The file that a table's rows pass through.
  private Path rows(Table table) {
    return directory.resolve(table.name + ".rows");
  }

  private Duration copy(Table table) throws IOException, SQLException {
    var took = server.copyIn("copied", table.name + " (" + table.columns + ")", rows(table));
    Files.delete(rows(table));
    return took;
  }

  private static void print(Times times) {
    System.out.printf(
        "%n%,d lines, %,d customers, ids %s%n%n| | s | rows/s | times COPY |%n|---|---|---|---|%n",
        times.lines, CUSTOMERS, IS_RANDOM ? "random" : "sequential");
    printRow(times, "import, the whole command", times.whole);
    printRow(times, "import, the load alone", times.load);
    printRow(times, "`COPY` of both tables", times.copy());
    printRow(times, "… of `usage_identity`", times.identities);
    printRow(times, "… of `usage_record`", times.records);
  }

  private static void printRow(Times times, String what, Duration took) {
    System.out.printf(
        "| %s | %s | %,d | %s |%n",
        what,
        BigDecimal.valueOf(took.toMillis(), 3).setScale(1, RoundingMode.HALF_UP),
        times.lines * 1_000 / took.toMillis(),
        ratio(took, times.copy()));
  }

  private static void printGrowth(Times tenth, Times whole) {
    System.out.printf(
        "%nten times the lines: the whole command %s times the time, the load %s, COPY %s%n",
        ratio(whole.whole, tenth.whole),
        ratio(whole.load, tenth.load),
        ratio(whole.copy(), tenth.copy()));
  }

  private static BigDecimal ratio(Duration one, Duration other) {
    return BigDecimal.valueOf(one.toMillis())
        .divide(BigDecimal.valueOf(other.toMillis()), 2, RoundingMode.HALF_UP);
  }

  /// A table that intake fills, and the order in which its rows came.
  private record Table(String name, String columns, String order) {

    String query() {
      return "select " + columns + " from " + name + " order by " + order;
    }
  }

  /// What one file took.
  private record Times(
      long lines, Duration whole, Duration load, Duration identities, Duration records) {

    Duration copy() {
      return identities.plus(records);
    }
  }
}
