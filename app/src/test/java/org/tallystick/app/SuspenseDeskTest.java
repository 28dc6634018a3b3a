package org.tallystick.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.domain.run.RunState;
import org.tallystick.readers.AveragePrices;
import org.tallystick.readers.RejectFile;
import org.tallystick.readers.SuspenseReader;
import org.tallystick.readers.SuspenseReader.Filter;
import org.tallystick.readers.TraceReader;
import org.tallystick.sql.Instants;
import org.tallystick.writers.WriteOffs;

/// What becomes of lines that wait.
class SuspenseDeskTest {

  private static final String MARKS = "_line,_reason,_message,_file,_raw\n";

  private final Path directory;
  private final CorrectedWorld corrected;
  private final World world;
  private final SuspenseReader desk;

  SuspenseDeskTest(@TempDir Path directory) {
    this.directory = directory;
    this.corrected = new CorrectedWorld(directory);
    this.world = corrected.world();
    this.desk = new SuspenseReader(world.jdbc());
  }

  @AfterEach
  void close() {
    corrected.close();
  }

  /// The header is 23 bytes, the good line 28: the first bad one begins after 51.
  @Test
  void aRejectFileSaysWhatIsWrong() throws IOException {
    importBadLines();
    assertThat(world.count("select min(byte_offset) from line_disposition")).isEqualTo(51);
    var sha256 = desk.files(Filter.ALL).getFirst().sha256();
    assertThat(Files.readString(export(Filter.ALL, Map.of())))
        .isEqualTo(
            ("id,subject,at,quantity," + MARKS)
                + """
                b,s,1993-10-06T10:00:00Z,ten,3,bad_number,\
                "quantity: expected a number of up to 40 digits, found 'ten'",\
                SHA,"b,s,1993-10-06T10:00:00Z,ten"
                c,s,soon,20,4,bad_time,\
                "at: expected a time like 1993-10-01T07:00:03Z, found 'soon'",\
                SHA,"c,s,soon,20"
                "",,,,5,wrong_column_count,"expected 4 columns, found 3",\
                SHA,"d,s,1993-10-07T10:00:00Z"
                '=e,s,1993-10-08T10:00:00Z,seven,6,bad_number,\
                "quantity: expected a number of up to 40 digits, found 'seven'",\
                SHA,"'=e,s,1993-10-08T10:00:00Z,seven"
                """
                    .replace("SHA", sha256));
  }

  private void importBadLines() {
    corrected.importLines(
        "a.csv",
        "a,s,1993-10-05T10:00:00Z,10",
        "b,s,1993-10-06T10:00:00Z,ten",
        "c,s,soon,20",
        "d,s,1993-10-07T10:00:00Z",
        "=e,s,1993-10-08T10:00:00Z,seven");
  }

  @Test
  void aRejectFileIsMendedAndImported() throws IOException {
    importBadLines();
    var rejects = export(Filter.ALL, Map.of());
    var text = Files.readString(rejects);
    Files.writeString(rejects, text.replace(",ten,3", ",5,3").replace(",seven,6", ",7,6"));
    assertThat(world.importFile(rejects, "csv").state()).isEqualTo(RunState.POSTED);
    assertThat(waiting(Filter.ALL))
        .containsExactly("rejects.csv 3 bad_time at", "rejects.csv 4 missing_field at");
    assertThat(line("a.csv", 3)).startsWith("came back as rejects.csv line 2");
    assertThat(line("a.csv", 4)).startsWith("came back as rejects.csv line 3");
    assertThat(traced("rejects.csv", 2).get("was")).isEqualTo("a.csv line 3");
    assertThat(new WriteOffs(world.jdbc()).writeOff(Filter.ALL, "the meter was tested"))
        .isEqualTo(2);
    assertThat(waiting(Filter.ALL)).isEmpty();
    assertThat(line("rejects.csv", 3)).isEqualTo("written off: the meter was tested");
    var run = world.nightly(World.NOVEMBER);
    // 22 × 1.20, and the greatest is 10 × 0.50.
    assertThat(world.lines()).containsExactly("peak 1993-10-01 5.00", "units 1993-10-01 26.40");
    assertThat(new TraceReader(world.jdbc()).record("test", "=e")).isPresent();
    corrected.assertSound(run);
  }

  /// Of a file with columns of its own, in its own order; and again, as what the first reject file
  /// left over.
  @Test
  void aFilesOwnColumnsComeBack() throws IOException {
    var file =
        Files.writeString(
            directory.resolve("own.csv"),
            """
            note,quantity,id,at,subject
            "x, y",1 000,a,1993-10-05T10:00:00Z,s
            ,2,b,1993-10-05T10:00:00Z,s
            """);
    world.importFile(file, "csv");
    var first = export(Filter.ALL, Map.of());
    assertThat(Files.readString(first))
        .startsWith("note,quantity,id,at,subject," + MARKS + "\"x, y\",1 000,a,1993-10-05T");
    Files.writeString(first, Files.readString(first) + "more,3,c,1993-10-05T10:00:00Z,s,,,,,\n");
    world.importFile(first, "csv");
    assertThat(waiting(Filter.ALL)).containsExactly("rejects.csv 2 bad_number quantity");
    var second = export(Filter.ALL, Map.of("quantity", "1000"));
    assertThat(Files.readString(second))
        .startsWith("note,quantity,id,at,subject," + MARKS + "\"x, y\",1000,a,1993-10-05T");
    world.importFile(second, "csv");
    assertThat(waiting(Filter.ALL)).isEmpty();
    assertThat(world.count("select sum(quantity) from usage_record")).isEqualTo(1005);
    assertThatThrownBy(() -> world.importFile(second, "csv"))
        .hasMessageContaining("was imported before");
  }

  /// A reject file is CSV whatever came in.
  @Test
  void otherLayoutsComeBackAsColumnsToo() throws IOException {
    corrected.applyCatalog(
        """
        formats:
          - key: events
            layout: json
            encoding: windows-1252
            columns: {id: $.id, who: $.subject, at: $.time, n: $.data.n}
            comment: "#"
            source: test
            id: id
            type: use
            subject: who
            time: {at: at}
            quantity: n
        """);
    var file =
        Files.write(
            directory.resolve("events.json"),
            """
            {"id": "#1", "subject": "é", "time": "1993-10-05T10:00:00Z", "data": {"n": "one"}}
            {"id": "#2", "subject": "s", "time": "1993-10-05T10:00:00Z", "data": {"n": 2.50}}
            {"id": "#3", "subject":
            """
                .getBytes(Charset.forName("windows-1252")));
    world.importFile(file, "events");
    var rejects = export(Filter.ALL, Map.of());
    var text = Files.readString(rejects, UTF_8);
    assertThat(text).startsWith("n,at,id,who," + MARKS + "one,1993-10-05T10:00:00Z,\"#1\",é,1,bad");
    Files.writeString(rejects, text.replace("\none,", "\n1.25,"));
    world.importFile(rejects, "events");
    assertThat(waiting(Filter.ALL)).containsExactly("rejects.csv 3 missing_field at");
    assertThat(
            world.jdbc().sql("select subject from usage_record order by id").query().listOfRows())
        .extracting(row -> row.get("subject"))
        .containsExactly("é", "s");
  }

  @Test
  void linesAreFoundByReasonFileAgeAndCustomer() {
    corrected.importLines(
        "a.csv",
        "a,s,1993-10-05T10:00:00Z,10",
        "b,s,soon,20",
        "c,z,1993-10-05T10:00:00Z,x",
        "a,s,1993-10-05T10:00:00Z,11");
    corrected.importLines("b.csv", "d,z,soon,1", "e,s,1993-10-05T10:00:00Z,1");
    var all = Filter.ALL;
    var taken = desk.files(all).getLast();
    assertThat(waiting(new Filter("bad_time", "", 0, all.before(), Optional.empty())))
        .containsExactly("a.csv 3 bad_time at", "b.csv 2 bad_time at");
    for (var name : List.of("b.csv", taken.sha256())) {
      assertThat(waiting(new Filter("", name, 0, all.before(), Optional.empty())))
          .containsExactly("b.csv 2 bad_time at");
    }
    assertThat(waiting(new Filter("", "a.csv", 5, all.before(), Optional.empty())))
        .containsExactly("a.csv 5 conflict");
    var second =
        world
            .jdbc()
            .sql("select started_at from intake_file where name = 'b.csv'")
            .query((row, _) -> Instants.get(row, "started_at"))
            .single();
    assertThat(waiting(new Filter("", "", 0, second, Optional.empty())))
        .containsExactly("a.csv 3 bad_time at", "a.csv 4 bad_number quantity", "a.csv 5 conflict");
    assertThat(waiting(new Filter("", "", 0, all.before(), Optional.of("c"))))
        .containsExactly("a.csv 3 bad_time at", "a.csv 5 conflict");
  }

  /// 10 and 1 were rated at 1.20 each.
  @Test
  void usageThatWaitsIsWorthWhatItsTypeWasRatedAt() {
    corrected.importLines(
        "a.csv",
        "a,s,1993-10-05T10:00:00Z,10",
        "b,s,soon,20",
        "e,s,1993-10-05T10:00:00Z,1",
        "f,z,1993-10-05T10:00:00Z,3");
    var three = new BigDecimal(3);
    assertThat(new AveragePrices(world.jdbc()).worth("use", three)).isEmpty();
    world.nightly(World.NOVEMBER);
    var prices = new AveragePrices(world.jdbc());
    assertThat(prices.worth("use", three)).contains("3.60 USD");
    assertThat(prices.worth("other", three)).isEmpty();
    var file = desk.files(Filter.ALL).getFirst();
    var known = new ArrayList<String>();
    desk.forEach(
        file,
        Filter.ALL,
        line -> known.add(file.type(line).orElseThrow() + " " + file.quantity(line).orElseThrow()));
    assertThat(known).containsExactly("use 20");
  }

  private Path export(Filter filter, Map<String, String> overrides) throws IOException {
    var path = directory.resolve("rejects.csv");
    for (var file : desk.files(filter)) {
      var text = new StringBuilder(RejectFile.header(file));
      desk.forEach(file, filter, line -> text.append(RejectFile.row(file, line, overrides)));
      Files.writeString(path, text);
    }
    return path;
  }

  private List<String> waiting(Filter filter) {
    var found = new ArrayList<String>();
    for (var file : desk.files(filter)) {
      desk.forEach(
          file,
          filter,
          line ->
              found.add(
                  "%s %d %s %s"
                      .formatted(file.name(), line.number(), line.reason(), line.field())
                      .strip()));
    }
    return found;
  }

  private Map<String, ?> traced(String file, long line) {
    return new TraceReader(world.jdbc()).lines(file, line).getFirst();
  }

  private String line(String file, long line) {
    return String.valueOf(traced(file, line).get("ended"));
  }
}
