package org.tallystick.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallystick.domain.usage.SuspenseReason.LINE_TOO_LONG;
import static org.tallystick.domain.usage.SuspenseReason.MISSING_FIELD;
import static org.tallystick.domain.usage.SuspenseReason.TRUNCATED;
import static org.tallystick.domain.usage.SuspenseReason.UNPARSEABLE_LINE;
import static org.tallystick.domain.usage.SuspenseReason.WRONG_COLUMN_COUNT;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.domain.usage.Disposition;
import org.tallystick.domain.usage.Disposition.Accepted;
import org.tallystick.domain.usage.Disposition.Filtered;
import org.tallystick.domain.usage.Disposition.Suspended;
import org.tallystick.domain.usage.SuspenseReason;
import org.tallystick.domain.usage.UsageRecord;
import org.tallystick.readers.RawLine.Ending;

class LineParserTest {

  private static final String HEADER = "job,submit,run_time,user,queue";

  private static final LineParser CSV = parser("layout: csv");
  private static final LineParser SEMICOLONS = parser("layout: csv, delimiter: ';'");
  private static final LineParser SWF = parser("layout: blanks, comment: ';'");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          1,10,20,u,q            | 1        | u
          "1",10,20,"u","q"      | 1        | u
          "a,b",10,20,u,q        | a,b      | u
          "say ""hi"" ho",10,20,u,q | say "hi" ho | u
          1,10,20, u ,q          | 1        | u
          ü,10,20,日本,q         | ü        | 日本
          '1',10,20,u;v,q        | '1'      | u;v
          """,
      delimiter = '|',
      quoteCharacter = '`')
  void readsCsvColumns(String line, String job, String user) {
    assertThat(accepted(CSV, line).id()).isEqualTo(job);
    assertThat(accepted(CSV, line).subject()).isEqualTo(user);
  }

  @Test
  void readsAnotherDelimiter() {
    assertThat(accepted(SEMICOLONS, "1;10;20;\"u;v\";q,r").subject()).isEqualTo("u;v");
    assertSuspended(parse(SEMICOLONS, "1,10,20,u,q"), WRONG_COLUMN_COUNT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1 10 20 u q", "   1  10 \t 20\tu q   ", "\t1\t10\t20\tu\tq", "1 10 20 u \"q\""})
  void readsColumnsBetweenBlanks(String line) {
    var record = accepted(SWF, line);
    assertThat(record.id()).isEqualTo("1");
    assertThat(record.subject()).isEqualTo("u");
    assertThat(record.quantity()).isEqualTo("20");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"1,10,20,u,q",
        "1,10,20,u,\"q",
        "1,\"10,20,u,q",
        "1,10,20,u,\"q\"\"",
        "\"1\"x,10,20,u,q"
      })
  void suspendsAnUnclosedQuote(String line) {
    var suspended = (Suspended) parse(CSV, line);
    assertThat(suspended)
        .isEqualTo(new Suspended(UNPARSEABLE_LINE, "", "expected CSV with closed quotes"));
  }

  @Test
  void anUnclosedQuoteSpoilsItsLineAndNoOther() {
    assertThat(accepted(CSV, "1,10,20,u,q").id()).isEqualTo("1");
    assertSuspended(parse(CSV, "2,10,20,u,\"q"), UNPARSEABLE_LINE);
    assertThat(accepted(CSV, "3,10,20,u,q").id()).isEqualTo("3");
    assertSuspended(parse(CSV, "r\""), UNPARSEABLE_LINE);
    assertThat(accepted(CSV, "4,10,20,u,q").id()).isEqualTo("4");
  }

  @Test
  void suspendsOtherNumbersOfColumns() {
    assertSuspended(parse(CSV, "1,10,20,u"), WRONG_COLUMN_COUNT);
    assertSuspended(parse(CSV, "1,10,20,u,q,"), WRONG_COLUMN_COUNT);
    assertSuspended(parse(CSV, ",,,,"), MISSING_FIELD);
    assertSuspended(parse(SWF, "1 10 20 u"), WRONG_COLUMN_COUNT);
    assertSuspended(parse(SWF, "1 10 20 u q r"), WRONG_COLUMN_COUNT);
  }

  @Test
  void theHeaderCountsAsNoRow() {
    assertThat(disposition(CSV, new RawLine(1, 0, HEADER, Ending.COMPLETE))).isNull();
    assertThat(disposition(SEMICOLONS, new RawLine(1, 0, HEADER, Ending.COMPLETE))).isNull();
  }

  @Test
  void onlyTheFirstLineIsAHeader() {
    assertThat(parse(CSV, HEADER)).isInstanceOf(Suspended.class);
    assertThat(parse(SWF, HEADER.replace(',', ' '))).isInstanceOf(Suspended.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"job,submit,run_time,user", "Job,submit,run_time,user,queue"})
  void anotherHeaderIsARowThatCannotBeRead(String line) {
    var first = new RawLine(1, 0, line, Ending.COMPLETE);
    assertThat(disposition(begun("layout: csv", first), first)).isInstanceOf(Suspended.class);
  }

  @Test
  void aHeaderSaysWhereTheColumnsStand() {
    var header = new RawLine(3, 0, "queue, extra ,user,run_time,submit,job", Ending.COMPLETE);
    var parser = begun("layout: csv", header);
    assertThat(disposition(parser, header)).isNull();
    assertThat(accepted(parser, "q,x,u,20,10,1").subject()).isEqualTo("u");
    assertSuspended(parse(parser, "q,u,20,10,1"), WRONG_COLUMN_COUNT);
  }

  @Test
  void refusesAHeaderThatNamesAColumnTwice() {
    var header = new RawLine(1, 0, HEADER + ",user", Ending.COMPLETE);
    assertThatThrownBy(() -> begun("layout: csv", header))
        .isInstanceOf(UnreadableFile.class)
        .hasMessage("usage.csv: the header names the column 'user' twice");
    var harmless = new RawLine(1, 0, HEADER + ",more,more", Ending.COMPLETE);
    assertThat(disposition(begun("layout: csv", harmless), harmless)).isNull();
  }

  @Test
  void aFileWithoutAHeaderLosesNoRow() {
    var first = new RawLine(1, 0, "1,10,20,u,q", Ending.COMPLETE);
    assertThat(disposition(begun("layout: csv", first), first)).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", " \t ", ";", "; Version: 2", ";1 10 20 u q"})
  void commentsAndBlankLinesHoldNoRow(String line) {
    assertThat(parse(SWF, line)).isNull();
    assertThat(disposition(SWF, new RawLine(900, 0, line, Ending.COMPLETE))).isNull();
  }

  @Test
  void withoutAPrefixNothingIsAComment() {
    assertThat(accepted(CSV, ";1,10,20,u,q").id()).isEqualTo(";1");
    assertThat(accepted(CSV, "#1,10,20,u,q").id()).isEqualTo("#1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,10,20,\uFFFD,q", "1,10,20,u\0,q", "\0", "1,10,20,u,\0"})
  void suspendsWhatIsNoText(String line) {
    assertSuspended(parse(CSV, line), UNPARSEABLE_LINE);
    assertSuspended(parse(SWF, line.replace(',', ' ')), UNPARSEABLE_LINE);
  }

  @Test
  void suspendsLinesThatDidNotEndWell() {
    var cut = disposition(SWF, new RawLine(7, 0, "1 10 20 u q", Ending.TRUNCATED));
    assertThat(cut)
        .isEqualTo(new Suspended(TRUNCATED, "", "the file breaks off in or before this line"));
    var tooLong = disposition(SWF, new RawLine(7, 0, "1 10 20 u q", Ending.TOO_LONG));
    assertThat(tooLong)
        .isEqualTo(new Suspended(LINE_TOO_LONG, "", "expected at most 1048576 bytes"));
  }

  @Test
  void filtersAndKeepsTheLine() {
    var line = new RawLine(7, 0, "1 10 20 u 2", Ending.COMPLETE);
    assertThat(SWF.parse(line)).isEqualTo(new ParsedLine(line, new Filtered("staff"), null));
  }

  @Test
  void readsWhatAnotherWriterQuotes() {
    var random = random(95);
    for (int i = 0; i < 20_000; i++) {
      var job = "j" + noise(random) + "j";
      var user = "u" + noise(random) + "u";
      var line = List.of(quoted(job), "10", "20", quoted(user), "q");
      var record = accepted(CSV, String.join(",", line));
      assertThat(record.id()).isEqualTo(job);
      assertThat(record.subject()).isEqualTo(user);
    }
  }

  private static String noise(RandomGenerator random) {
    var text = new StringBuilder();
    for (int n = random.nextInt(0, 8); n > 0; n--) {
      text.append(",\"; \\ab|é".charAt(random.nextInt(9)));
    }
    return text.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private static UsageRecord accepted(LineParser parser, String text) {
    var disposition = parse(parser, text);
    assertThat(disposition).as(text).isInstanceOf(Accepted.class);
    return switch (disposition) {
      case Accepted(var record) -> record;
      case null, default -> throw new AssertionError("not accepted: " + text);
    };
  }

  private static void assertSuspended(@Nullable Disposition disposition, SuspenseReason reason) {
    assertThat(disposition)
        .isInstanceOfSatisfying(Suspended.class, s -> assertThat(s.reason()).isEqualTo(reason));
  }

  private static @Nullable Disposition parse(LineParser parser, String text) {
    return disposition(parser, new RawLine(2, 0, text, Ending.COMPLETE));
  }

  /// The file came in at midnight; the row starts a day and a second later, or a second earlier.
  @Test
  void noRecordStartsLongAfterItsFileCameIn() {
    var parser = parser("layout: csv");
    var line = new RawLine(2, 0, "1,10,20,u,q", Ending.COMPLETE);
    var starts = Instant.parse("1993-10-01T07:00:13Z");
    var day = Duration.ofDays(1);
    assertThat(disposition(parser.takenIn(starts.minus(day)), line)).isInstanceOf(Accepted.class);
    assertThat(disposition(parser.takenIn(starts.minus(day).minusSeconds(1)), line))
        .isEqualTo(
            new Suspended(
                SuspenseReason.IN_FUTURE,
                "submit",
                "expected a start at most PT24H after the file was taken in,"
                    + " found 1993-10-01T07:00:13Z"));
    var patient = parser("layout: csv, future: P2D");
    assertThat(disposition(patient.takenIn(starts.minus(day).minusSeconds(1)), line))
        .isInstanceOf(Accepted.class);
  }

  private static @Nullable Disposition disposition(LineParser parser, RawLine line) {
    var parsed = parser.parse(line);
    assertThat(parsed.line()).isEqualTo(line);
    return parsed.disposition();
  }

  /// A parser for a file that begins with the header that the layout has.
  private static LineParser parser(String layout) {
    var header = HEADER.replace(',', layout.contains("';'") ? ';' : ',');
    return begun(layout, new RawLine(1, 0, header, Ending.COMPLETE));
  }

  /// A parser for a file whose first row is `first`.
  private static LineParser begun(String layout, RawLine first) {
    return LineParser.of(
        "usage.csv",
        "5ha",
        UsageFormatReader.read(
            """
            {key: jobs, %s, absent: "-1", source: nasa, id: job,
             columns: [job, submit, run_time, user, queue], type: job, subject: user,
             time: {after: 1993-10-01T07:00:03Z, from: submit, duration: run_time},
             quantity: run_time, dimensions: {queue: queue},
             filters: [{reason: staff, column: queue, equals: "2"}]}
            """
                .formatted(layout)),
        Optional.of(first));
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
