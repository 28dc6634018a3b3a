package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.postgresql.PGConnection;
import org.tallystick.readers.Checks;

/// The same seeded lines in files of many arrangements, and what must come of them. Of every 100
/// lines one is blank, one a comment, one a repetition, one filtered and two are suspended.
final class SameLines {

  static final String FORMAT = "same";

  private static final long SEED = Long.getLong("tallystick.seed", 42);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String CATALOG =
      """
      formats:
        - key: same
          layout: csv
          columns: [id, customer, from, to, quantity, model]
          source: lines
          id: id
          type: use
          subject: customer
          time: {from: from, to: to}
          quantity: quantity
          dimensions: {model: model}
          comment: "#"
          filters:
            - {reason: our own, column: model, equals: internal}
      """;

  /// Files whose batches leave a line out or have it twice, or count otherwise than they have.
  private static final String GAPS =
      """
      select f.name from intake_file f
        join (select *, lag(last_line, 1, 0) over w as before from intake_batch
              window w as (partition by file_id order by first_line)) b on b.file_id = f.id
       group by f.id
      having not bool_and(b.first_line = b.before + 1) or max(b.last_line) <> f.lines
          or f.lines <> sum(comments + accepted + duplicate + filtered + suspended)
       order by 1\
      """;

  private static final String EXPECTED =
      """
      create temp table expected (
        id text, customer text, starts timestamptz, ends timestamptz, quantity numeric, model text)\
      """;

  /// Records that are in the database and not in the lines, or the other way round.
  private static final String DIFFERENCES =
      """
      with found as (
        select source, id, type, subject, starts, ends, quantity, dimensions from usage_record),
      due as (
        select 'lines', id, 'use', customer, starts, ends, quantity,
               jsonb_build_object('model', model)
          from expected)
      select 'too many: ' || m::text from (select * from found except all select * from due) m
      union all
      select 'missing: ' || l::text from (select * from due except all select * from found) l
       limit 10\
      """;

  private final Path directory;
  private final List<String> lines = new ArrayList<>();
  private final List<String> records = new ArrayList<>();

  /// `count` lines, whole hundreds.
  SameLines(Path directory, int count) {
    this.directory = directory;
    var random = new Random(SEED);
    for (int n = 0; n < count; n++) {
      switch (n % 100) {
        case 13 -> lines.add("");
        case 29 -> lines.add("# line " + n);
        case 41 -> lines.add(lines.getLast());
        case 47 -> lines.add(row(random, n, "1", "internal"));
        case 61 -> lines.add(row(random, n, "many", "small"));
        case 83 -> lines.add(row(random, n, "1", "small") + ",more");
        default -> {
          var quantity = BigDecimal.valueOf(random.nextInt(1, 1_000_000), random.nextInt(4));
          lines.add(row(random, n, quantity.toPlainString(), random.nextInt(5) + "b"));
          records.add(lines.getLast());
        }
      }
    }
  }

  /// Ids come in no order; the number in them keeps them apart.
  private static String row(Random random, int n, String quantity, String model) {
    var from = START.plusSeconds(random.nextInt(2_000_000));
    return "%08x-%d,c-%d,%s,%s,%s,%s"
        .formatted(
            random.nextInt(),
            n,
            random.nextInt(500),
            from,
            from.plusMillis(random.nextInt(10_000_000)),
            quantity,
            model);
  }

  /// A world that knows the format of the lines and nothing else.
  World world(Map<String, String> settings) throws IOException {
    var world = World.empty(settings);
    world.apply(Files.writeString(directory.resolve("format.yaml"), CATALOG));
    return world;
  }

  Path file() throws IOException {
    return Files.write(directory.resolve("lines.csv"), lines);
  }

  /// The same with a blank line more: another file.
  Path withBlankLine() throws IOException {
    var more = new ArrayList<>(lines);
    more.add(more.size() / 2, "");
    return Files.write(directory.resolve("blank.csv"), more);
  }

  Path shuffled() throws IOException {
    var other = new ArrayList<>(lines);
    Collections.shuffle(other, new Random(SEED));
    return Files.write(directory.resolve("shuffled.csv"), other);
  }

  List<Path> files(int count) throws IOException {
    var files = new ArrayList<Path>();
    for (int n = 0; n < count; n++) {
      var part = lines.subList(lines.size() * n / count, lines.size() * (n + 1) / count);
      files.add(Files.write(directory.resolve("part-" + n + ".csv"), part));
    }
    return files;
  }

  /// What must hold after the lines came in `times` times, with `blank` lines more: every record
  /// once and as the file says, and every line accounted for.
  void requireTakenIn(World world, int times, int blank) throws IOException, SQLException {
    int hundreds = lines.size() / 100;
    assertThat(differences(world)).isEmpty();
    assertThat(
            text(
                world,
                """
                select concat_ws(' ', sum(comments), sum(accepted), sum(duplicate), sum(filtered),
                       sum(suspended)) from intake_batch\
                """))
        .as("comments, accepted, duplicate, filtered, suspended")
        .containsExactly(
            "%d %d %d %d %d"
                .formatted(
                    times * 2 * hundreds + blank,
                    records.size(),
                    times * hundreds + (times - 1) * records.size(),
                    times * hundreds,
                    times * 2 * hundreds));
    assertThat(world.count("select sum(lines) from intake_file"))
        .isEqualTo(times * (long) lines.size() + blank);
    assertThat(world.count("select count(*) from intake_file where finished_at is null")).isZero();
    assertThat(text(world, GAPS)).isEmpty();
    assertThat(new Checks(world.jdbc()).run()).isEmpty();
  }

  /// PostgreSQL reads the lines by itself, into a table beside.
  private List<String> differences(World world) throws IOException, SQLException {
    var expected = Files.write(directory.resolve("expected.csv"), records);
    try (var connection = world.connect();
        var statement = connection.createStatement();
        var csv = Files.newInputStream(expected)) {
      statement.execute(EXPECTED);
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy expected from stdin (format csv)", csv);
      var found = new ArrayList<String>();
      try (var rows = statement.executeQuery(DIFFERENCES)) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  private static List<String> text(World world, String sql) {
    return world.jdbc().sql(sql).query((row, _) -> row.getString(1)).list();
  }
}
