package org.tallystick.domain.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.tallystick.domain.usage.SuspenseReason.BAD_NUMBER;
import static org.tallystick.domain.usage.SuspenseReason.BAD_TIME;
import static org.tallystick.domain.usage.SuspenseReason.MISSING_FIELD;
import static org.tallystick.domain.usage.SuspenseReason.NEGATIVE_NOT_ALLOWED;
import static org.tallystick.domain.usage.SuspenseReason.UNPARSEABLE_LINE;
import static org.tallystick.domain.usage.SuspenseReason.WRONG_COLUMN_COUNT;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.domain.usage.Disposition.Accepted;
import org.tallystick.domain.usage.Disposition.Filtered;
import org.tallystick.domain.usage.Disposition.Suspended;
import org.tallystick.domain.usage.UsageFormat.Filter;
import org.tallystick.domain.usage.UsageFormat.Layout;
import org.tallystick.domain.usage.UsageFormat.Notation;
import org.tallystick.domain.usage.UsageFormat.Timing;

class UsageParserTest {

  private static final List<String> COLUMNS =
      List.of("job", "submit", "run_time", "processors", "user", "queue", "group");

  /// Seconds after 1993-10-01T07:00:03Z; -1 is absent; group 2 is staff.
  private static final UsageParser SWF =
      parser("-1", new Timing.SecondsAfter(749_458_803, "submit", "run_time"));

  private static final UsageParser ISO = parser("", new Timing.Between("submit", "run_time"));

  @Test
  void acceptsALineOfUsage() {
    assertThat(parse(SWF, "17 60 3600 8 7 3 1"))
        .isEqualTo(
            new Accepted(
                new UsageRecord(
                    "nasa",
                    "17",
                    "job",
                    "7",
                    Instant.parse("1993-10-01T07:01:03Z"),
                    Instant.parse("1993-10-01T08:01:03Z"),
                    new BigDecimal("28800"),
                    new TreeMap<>(Map.of("queue", "3")))));
  }

  @Test
  void acceptsAJobOfZeroSeconds() {
    var record = accepted(SWF, "17 60 0 8 7 3 1");
    assertThat(record.ends()).isEqualTo(record.starts());
    assertThat(record.quantity()).isZero();
  }

  @Test
  void leavesOutADimensionThatIsAbsent() {
    assertThat(accepted(SWF, "17 60 1 8 7 -1 1").dimensions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # line                | column     | reason
          -1 60 3600 8 7 3 1    | job        | MISSING_FIELD
          17 -1 3600 8 7 3 1    | submit     | MISSING_FIELD
          17 60 -1 8 7 3 1      | run_time   | MISSING_FIELD
          17 60 3600 -1 7 3 1   | processors | MISSING_FIELD
          17 60 3600 8 -1 3 1   | user       | MISSING_FIELD
          17 60 3600 eight 7 3 1 | processors | BAD_NUMBER
          17 60 3600 8x 7 3 1   | processors | BAD_NUMBER
          17 6o 3600 8 7 3 1    | submit     | BAD_NUMBER
          17 60 1e3 8 7 3 1     | run_time   | BAD_NUMBER
          17 60 3600 1E400000000 7 3 1 | processors | BAD_NUMBER
          17 60 3600 0x10 7 3 1 | processors | BAD_NUMBER
          17 60 3600 ٣ 7 3 1    | processors | BAD_NUMBER
          17 60 3600 1,5 7 3 1  | processors | BAD_NUMBER
          17 60 3600 1.2.3 7 3 1 | processors | BAD_NUMBER
          17 60 3600 .5 7 3 1   | processors | BAD_NUMBER
          17 60 3600 5. 7 3 1   | processors | BAD_NUMBER
          17 60 3600 - 7 3 1    | processors | BAD_NUMBER
          17 60 3600 +-5 7 3 1  | processors | BAD_NUMBER
          17 60 3600 NaN 7 3 1  | processors | BAD_NUMBER
          17 60 3600 -2 7 3 1   | processors | NEGATIVE_NOT_ALLOWED
          17 -0.5 3600 8 7 3 1  | submit     | NEGATIVE_NOT_ALLOWED
          17 60 -3600 8 7 3 1   | run_time   | NEGATIVE_NOT_ALLOWED
          17 60.5 3600 8 7 3 1  | submit     | BAD_TIME
          17 60 0.001 8 7 3 1   | run_time   | BAD_TIME
          17 252652841997 0 8 7 3 1 | submit | BAD_TIME
          17 252652841996 1 8 7 3 1 | run_time | BAD_TIME
          """,
      delimiter = '|')
  void suspendsALineAndNamesTheColumn(String line, String column, SuspenseReason reason) {
    assertSuspended(parse(SWF, line), reason, column);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "8, 8",
    "+8, 8",
    "8.0, 8",
    "0.000001, 0.000001",
    "-0, 0",
    "007, 7",
    "9999999999999999999999999999999999999999, 9999999999999999999999999999999999999999"
  })
  void acceptsPlainDecimals(String processors, BigDecimal quantity) {
    assertThat(accepted(SWF, "17 60 1 " + processors + " 7 3 1").quantity())
        .isEqualByComparingTo(quantity);
  }

  /// The one subtracts 10 and does not take what is below zero, the other does.
  @Test
  void takesNegativeQuantitiesWhereTheFormatSaysSo() {
    var timing = new Timing.SecondsAfter(749_458_803, "submit", "run_time");
    var not = new UsageParser(format("", timing, "processors - 10", false));
    var taking = new UsageParser(format("", timing, "processors - 10", true));
    assertThat(accepted(not, "17 60 1 10 7 3 1").quantity()).isZero();
    assertSuspended(parse(not, "17 60 1 9 7 3 1"), NEGATIVE_NOT_ALLOWED, "quantity");
    assertThat(accepted(taking, "17 60 1 8 7 3 1").quantity()).isEqualByComparingTo("-2");
    assertThat(accepted(taking, "17 60 1 -8 7 3 1").quantity()).isEqualByComparingTo("-18");
    assertSuspended(parse(taking, "17 60 -1 8 7 3 1"), NEGATIVE_NOT_ALLOWED, "run_time");
  }

  @ParameterizedTest
  @ValueSource(ints = {41, 200, 400})
  void suspendsANumberOfTooManyDigits(int digits) {
    var disposition = parse(SWF, "17 60 1 " + "9".repeat(digits) + " 7 3 1");
    assertSuspended(disposition, BAD_NUMBER, "processors");
  }

  @Test
  void suspendsATextThatIsTooLongForAKey() {
    assertThat(accepted(SWF, "a".repeat(200) + " 60 1 8 7 3 1").id()).hasSize(200);
    var cases =
        Map.of(
            "a".repeat(201) + " 60 1 8 7 3 1",
            "job",
            "17 60 1 8 7 " + "q".repeat(201) + " 1",
            "queue",
            "1\0007 60 1 8 7 3 1",
            "job");
    cases.forEach((line, column) -> assertSuspended(parse(SWF, line), UNPARSEABLE_LINE, column));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "17", "17 60 3600 8 7 3", "17 60 3600 8 7 3 1 1"})
  void suspendsALineWithOtherColumns(String line) {
    var disposition = parse(SWF, line);
    assertSuspended(disposition, WRONG_COLUMN_COUNT, "");
    assertThat(((Suspended) disposition).message())
        .isEqualTo("expected 7 columns, found " + columns(line).size());
  }

  @ParameterizedTest
  @CsvSource({
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "1993-10-01T07:00:03.5Z, 1993-10-01T08:00:03.5Z",
    "1993-10-01T07:00:03Z, 1993-10-01T07:00:03Z"
  })
  void acceptsTimesUpToTheYear9999(Instant from, Instant to) {
    var record = accepted(iso("1"), "17 " + from + " " + to + " 8 7 3 1");
    assertThat(record.starts()).isEqualTo(from);
    assertThat(record.ends()).isEqualTo(to);
  }

  @Test
  void acceptsTheLastSecondOfTheYear9999() {
    assertThat(accepted(SWF, "17 252652841996 0 8 7 3 1").ends())
        .isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "+10000-01-01T00:00:00Z, +10000-01-01T00:00:00Z, submit",
    "9999-12-31T23:59:59Z, +10000-01-01T00:00:00Z, run_time",
    "1969-12-31T23:59:59Z, 1993-10-01T07:00:03Z, submit",
    "1993-10-01T07:00:03Z, 1993-10-01T07:00:02Z, run_time",
    "1993-10-01, 1993-10-01T07:00:03Z, submit",
    "1993-10-01T07:00:03, 1993-10-01T07:00:03Z, submit",
    "1993-02-30T00:00:00Z, 1993-10-01T07:00:03Z, submit",
    "noon, 1993-10-01T07:00:03Z, submit",
    "0, 1993-10-01T07:00:03Z, submit"
  })
  void suspendsOtherTimes(String from, String to, String column) {
    var disposition = parse(iso("1"), "17 " + from + " " + to + " 8 7 3 1");
    assertSuspended(disposition, BAD_TIME, column);
  }

  @Test
  void filtersBeforeAnythingElse() {
    assertThat(parse(SWF, "-1 x -5 1e9 -1 -1 2")).isEqualTo(new Filtered("staff"));
    assertThat(parse(SWF, "17 60 3600 8 7 3 22")).isInstanceOf(Accepted.class);
    assertSuspended(parse(SWF, "17 60 3600 8 7 2"), WRONG_COLUMN_COUNT, "");
  }

  @Test
  void anEmptyColumnIsAbsentAndBlanksAroundAValueAreNot() {
    var columns = new ArrayList<>(columns("17 60 1 8 7 3 1"));
    columns.set(4, "  ");
    assertSuspended(SWF.parse(columns, "place"), MISSING_FIELD, "user");
    columns.set(4, " 7 ");
    assertThat(SWF.parse(columns, "place"))
        .asInstanceOf(type(Accepted.class))
        .extracting(accepted -> accepted.record().subject())
        .isEqualTo("7");
  }

  @Test
  void neverThrowsOnBadInput() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(90);
    var reasons = new TreeMap<SuspenseReason, Integer>();
    for (int i = 0; i < 50_000; i++) {
      var columns = new ArrayList<>(columns("17 60 3600 8 7 3 1"));
      columns.set(random.nextInt(columns.size()), noise(random));
      var parser = random.nextBoolean() ? SWF : ISO;
      if (parser.parse(columns, "place") instanceof Suspended(var reason, _, var message)) {
        reasons.merge(reason, 1, Integer::sum);
        assertThat(message).isNotBlank();
      }
    }
    assertThat(reasons).containsKeys(BAD_NUMBER, BAD_TIME, MISSING_FIELD);
  }

  private static String noise(RandomGenerator random) {
    var text = new StringBuilder();
    for (int n = random.nextInt(0, 8); n > 0; n--) {
      text.append("0123456789+-.eE:TZ \0é\uD83D".charAt(random.nextInt(22)));
    }
    return text.toString();
  }

  private static UsageRecord accepted(UsageParser parser, String line) {
    var disposition = parse(parser, line);
    assertThat(disposition).isInstanceOf(Accepted.class);
    return ((Accepted) disposition).record();
  }

  private static void assertSuspended(
      Disposition disposition, SuspenseReason reason, String column) {
    assertThat(disposition).isInstanceOf(Suspended.class);
    var suspended = (Suspended) disposition;
    assertThat(suspended).extracting("reason", "field").containsExactly(reason, column);
    assertThat(suspended.message()).startsWith("expected ").contains("found ");
  }

  private static Disposition parse(UsageParser parser, String line) {
    return parser.parse(columns(line), "place");
  }

  private static List<String> columns(String line) {
    return List.of(line.split(" ", -1));
  }

  /// Times as instants and a quantity that does not read them.
  private static UsageParser iso(String quantity) {
    return new UsageParser(format("", new Timing.Between("submit", "run_time"), quantity, false));
  }

  private static UsageParser parser(String absent, Timing timing) {
    return new UsageParser(format(absent, timing, "run_time * processors", false));
  }

  private static UsageFormat format(
      String absent, Timing timing, String quantity, boolean isNegativeTaken) {
    var dimensions = new LinkedHashMap<>(Map.of("queue", "queue"));
    return new UsageFormat(
        "swf",
        new Layout.Blanks(COLUMNS),
        new Notation(UTF_8, ";", absent, NumberNotation.PLAIN, new TimeNotation.Iso()),
        new Text.Constant("nasa"),
        Text.Columns.of("job"),
        new Text.Constant("job"),
        Text.Columns.of("user"),
        timing,
        Expression.parse(quantity),
        isNegativeTaken,
        Duration.ofDays(1),
        dimensions,
        List.of(new Filter.Equal("staff", "group", "2")));
  }
}
