package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.domain.run.RunState;
import org.tallystick.readers.Checks;
import org.tallystick.readers.FileReport;
import org.tallystick.readers.SuspenseReader;
import org.tallystick.readers.SuspenseReader.Filter;
import org.tallystick.readers.UnattributedReader;

/// Every row is accounted for: read = accepted + duplicate + filtered + suspended, and the rest of
/// a file with bad lines is billed.
class ConservationTest {

  private static World world = World.empty(Map.of());

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void anEmptyWorld() {
    world.close();
    world = World.empty(Map.of("tallystick.batch.chunk-lines", "3"));
    world.apply(World.CATALOG);
  }

  @AfterAll
  static void close() {
    world.close();
  }

  /// A job of user 1 that starts so many seconds after the log's start.
  private static String job(int number, long submit, String runTime) {
    return number + " " + submit + " -1 " + runTime + " 1 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1";
  }

  @Test
  void badLinesWaitInSuspenseAndTheRestIsBilled() {
    var lines =
        List.of(
            "; a comment",
            job(1, 0, "3600"),
            "2 100 -1 3600 1 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1",
            job(3, 200, "36x0"),
            job(4, 300, "-1"),
            "",
            job(5, 400, "0"),
            job(1, 0, "3600"),
            job(1, 0, "7200"),
            "7 500 -1 3600 1 -1 -1 -1 -1 -1 -1 3 2 -1 -1 -1 -1 -1",
            "8 600 -1 3600 1 -1 -1 -1 -1 -1 -1 99 1 -1 -1 -1 -1 -1",
            job(9, 700, "-5"));
    var run = world.importFile(DemoLog.write(directory.resolve("odd.swf"), lines), "swf");
    assertThat(run.state()).isEqualTo(RunState.POSTED);
    assertThat(counts(run.scope())).isEqualTo("12 lines, 10 read: 3 + 1 + 1 + 5");
    assertThat(suspended())
        .containsExactly(
            "3 wrong_column_count : expected 18 columns, found 17",
            "4 bad_number run_time: expected a number of up to 40 digits, found '36x0'",
            "5 missing_field run_time: expected a value, found '-1'",
            "9 conflict : nasa-ipsc/1 is known with other content",
            "12 negative_not_allowed run_time: expected zero or more, found -5");
    assertThat(new UnattributedReader(world.jdbc()).unattributed("", 10))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("subject", "99"));
    bill();
    assertThat(octoberHours()).isEqualByComparingTo("1");
    assertThat(
            world
                .jdbc()
                .sql("select value from control_total where name = 'unattributed'")
                .query(BigDecimal.class)
                .list())
        .containsOnly(BigDecimal.ONE);
  }

  /// The file breaks off in the middle of its compressed stream, and just before its end.
  @Test
  void aTruncatedGzipIsTakenInUpToWhereItBreaksOff() throws IOException {
    var text = new StringBuilder();
    for (int n = 1; n <= 5_000; n++) {
      text.append(job(n, n * 100L, "3600")).append('\n');
    }
    var whole = gzip(text.toString());
    var half =
        Files.write(directory.resolve("half.swf.gz"), Arrays.copyOf(whole, whole.length / 2));
    var run = world.importFile(half, "swf");
    assertThat(run.state()).isEqualTo(RunState.POSTED);
    long lines = world.count("select lines from intake_file");
    long accepted = world.count("select sum(accepted) from intake_batch");
    assertThat(accepted).isBetween(1_000L, 4_999L).isEqualTo(lines - 1);
    assertThat(suspended())
        .containsExactly(lines + " truncated : the file breaks off in or before this line");
    bill();
    assertThat(octoberHours()).isEqualByComparingTo(BigDecimal.valueOf(accepted));
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /// October has 745 hours in Pacific time: the clocks go back on the 31st. A job belongs to the
  /// month that it ends in; one that ends exactly with the month belongs to it.
  @Test
  void jobsOverTheMonthEndAndOverTheHourThatIsThereTwice() {
    // The log starts at 00:00:03 on October 1, Pacific time.
    long october = 745 * 3_600L - 3;
    long hourTwice = (30 * 24 + 1) * 3_600L - 3;
    var lines =
        List.of(
            job(1, hourTwice, "3600"),
            job(2, hourTwice + 3_600, "3600"),
            job(3, october - 1_800, "1800"),
            job(4, october - 1_800, "1801"),
            job(5, october - 3_600, "7200"),
            job(6, october, "0"));
    world.importFile(DemoLog.write(directory.resolve("edges.swf"), lines), "swf");
    bill();
    assertThat(octoberHours()).isEqualByComparingTo("2.5");
    world.nightly(World.DECEMBER);
    assertThat(
            world
                .jdbc()
                .sql(
                    """
                    select quantity || ' in ' || records from service_period
                     where records > 0 order by starts\
                    """)
                .query(String.class)
                .list())
        .containsExactly("9000 in 3", "9001 in 3");
    assertThat(new Checks(world.jdbc()).run()).isEmpty();
  }

  /// Usage of a subject that no customer has is stored, and billed once somebody has it.
  @Test
  void unattributedUsageIsBilledOnceItsCustomerIsKnown() throws IOException {
    var lines = List.of(job(1, 0, "3600"), job(2, 10, "3600").replace(" 1 1 -1", " 99 1 -1"));
    world.importFile(DemoLog.write(directory.resolve("a.swf"), lines), "swf");
    bill();
    assertThat(octoberHours()).isEqualByComparingTo("1");
    var catalog =
        Files.readString(World.CATALOG).replace("subjects: [\"1\"]", "subjects: [\"1\", \"99\"]");
    world.apply(Files.writeString(directory.resolve("catalog.yaml"), catalog));
    world.nightly(World.DECEMBER);
    assertThat(octoberHours()).isEqualByComparingTo("2");
    assertThat(new Checks(world.jdbc()).run()).isEmpty();
  }

  private static void bill() {
    assertThat(world.nightly(World.OCTOBER).message()).isEmpty();
    assertThat(world.nightly(World.NOVEMBER).message()).isEmpty();
    assertThat(new Checks(world.jdbc()).run()).isEmpty();
  }

  /// What the latest line of user 1's October says.
  private static BigDecimal octoberHours() {
    return world
        .jdbc()
        .sql(
            """
            select l.quantity
              from invoice_line l
              join customer c on c.id = l.customer_id and c.key = 'user-1'
             where l.category = 'usage' and l.starts < '1993-10-15'
             order by l.sequence desc limit 1\
            """)
        .query(BigDecimal.class)
        .single();
  }

  private static String counts(String sha256) {
    var report = new FileReport(world.jdbc()).of(sha256);
    var lines = world.count("select lines from intake_file");
    return lines
        + " lines, "
        + report.get("read")
        + " read: "
        + report.get("accepted")
        + " + "
        + report.get("duplicate")
        + " + "
        + report.get("filtered")
        + " + "
        + report.get("suspended");
  }

  private static List<String> suspended() {
    var suspense = new SuspenseReader(world.jdbc());
    var found = new ArrayList<String>();
    for (var file : suspense.files(Filter.ALL)) {
      suspense.forEach(
          file,
          Filter.ALL,
          line ->
              found.add(
                  "%d %s %s: %s"
                      .formatted(line.number(), line.reason(), line.field(), line.message())));
    }
    return found;
  }
}
