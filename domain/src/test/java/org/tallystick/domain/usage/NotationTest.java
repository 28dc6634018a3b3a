package org.tallystick.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How files write numbers and times.
class NotationTest {

  private static final NumberNotation GERMAN = new NumberNotation(',', '.');
  private static final long SEED = 1234;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0             | 0
          1,5           | 1.5
          1.234,56      | 1234.56
          -1.234.567,8  | -1234567.8
          +12.345       | 12345
          1234,5        | 1234.5
          123.456       | 123456
          """)
  void readsGermanNumbers(String text, BigDecimal number) {
    assertThat(GERMAN.read(text))
        .hasValueSatisfying(n -> assertThat(n).isEqualByComparingTo(number));
  }

  /// 1.5 is no number there: read as fifteen, a cent would be a dime.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.5",
        "1.23,4",
        "12.34",
        ".123",
        "1..234",
        "1.2345",
        "1234.567",
        "1,2,3",
        "1,",
        ",5",
        "1.234,5.6",
        "-",
        "",
        "1 234"
      })
  void refusesGroupsThatAreNone(String text) {
    assertThat(GERMAN.read(text)).isEmpty();
  }

  @Test
  void aDecimalCommaTakesNoPoint() {
    assertThat(new NumberNotation(',', (char) 0).read("1.5")).isEmpty();
    assertThat(NumberNotation.PLAIN.read("1,5")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({".,.", "',',','", ".,1", ";,."})
  void refusesMarksThatMeanTwoThings(char decimal, char group) {
    assertThatThrownBy(() -> new NumberNotation(decimal, group))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Against what the JDK writes for Germany.
  @Test
  void readsWhatAnotherWriterGroups() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    for (int n = 0; n < 20_000; n++) {
      var number = BigDecimal.valueOf(random.nextLong(-1L << 50, 1L << 50), 3);
      assertThat(GERMAN.read(String.format(Locale.GERMANY, "%,.3f", number))).hasValue(number);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # pattern            | zone             | text                | instant
          dd.MM.yyyy HH:mm     | Europe/Berlin    | 01.11.2026 00:00    | 2026-10-31T23:00:00Z
          yyyyMMdd             | America/New_York | 20261101            | 2026-11-01T04:00:00Z
          yyyy-MM-dd HH:mm:ss  | Asia/Kolkata     | 2026-11-01 05:30:00 | 2026-11-01T00:00:00Z
          d MMM yyyy h:mm a    | UTC              | 1 Nov 2026 1:05 PM  | 2026-11-01T13:05:00Z
          yyyy-MM-dd HH:mm X   | Europe/Berlin    | 2026-11-01 00:00 +05 | 2026-10-31T19:00:00Z
          # The hour that Berlin's clocks show twice is the first one.
          dd.MM.yyyy HH:mm     | Europe/Berlin    | 25.10.2026 02:30    | 2026-10-25T00:30:00Z
          # A day whose midnight the clocks skip begins an hour later.
          yyyyMMdd             | America/Sao_Paulo | 20181104           | 2018-11-04T03:00:00Z
          """)
  void readsTimesByPattern(String pattern, String zone, String text, Instant instant) {
    assertThat(TimeNotation.Pattern.of(pattern, ZoneId.of(zone)).read(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"29.03.2026 02:30", "31.11.2026 00:00", "1.11.2026 00:00", "01.11.26 00:00"})
  void refusesTimesThatAreNone(String text) {
    var berlin = TimeNotation.Pattern.of("dd.MM.yyyy HH:mm", ZoneId.of("Europe/Berlin"));
    assertThatThrownBy(() -> berlin.read(text)).isInstanceOf(DateTimeException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | 1793491200          | 2026-11-01T00:00:00Z
          0 | 1793491200.25       | 2026-11-01T00:00:00.250Z
          3 | 1793491200250       | 2026-11-01T00:00:00.250Z
          6 | 1793491200000001    | 2026-11-01T00:00:00.000001Z
          """)
  void readsUnixTimes(int decimals, String text, Instant instant) {
    assertThat(new TimeNotation.Epoch(decimals).read(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1e9", "noon", "99999999999999999999", "1."})
  void refusesOtherUnixTimes(String text) {
    assertThatThrownBy(() -> new TimeNotation.Epoch(0).read(text))
        .isInstanceOf(DateTimeException.class);
  }
}
