package org.tallystick.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.threeten.extra.PeriodDuration;

class CadenceTest {

  private static final List<String> ZONES =
      List.of("UTC", "America/Los_Angeles", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/Vienna");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # anchor  | interval | the first periods start
          2025-01-31 | P1M  | 2025-01-31 2025-02-28 2025-03-31 2025-04-30 2025-05-31
          2024-01-31 | P1M  | 2024-01-31 2024-02-29 2024-03-31 2024-04-30 2024-05-31
          2024-01-30 | P1M  | 2024-01-30 2024-02-29 2024-03-30 2024-04-30 2024-05-30
          2024-02-29 | P1Y  | 2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29
          2024-02-29 | P1D  | 2024-02-29 2024-03-01 2024-03-02 2024-03-03 2024-03-04
          2024-11-30 | P3M  | 2024-11-30 2025-02-28 2025-05-30 2025-08-30 2025-11-30
          2024-12-30 | P1W  | 2024-12-30 2025-01-06 2025-01-13 2025-01-20 2025-01-27
          """,
      delimiter = '|')
  void countsEachPeriodFromTheAnchor(LocalDate anchor, Period interval, String starts) {
    var cadence = cadence(anchor, interval, ZoneId.of("UTC"));
    assertThat(IntStream.range(0, 5).mapToObj(cadence::start))
        .containsExactlyElementsOf(days(starts));
  }

  @ParameterizedTest
  @CsvSource({
    "1993-10-01, P1M, America/Los_Angeles, 44700",
    "1993-04-01, P1M, America/Los_Angeles, 43140",
    "1993-11-01, P1M, America/Los_Angeles, 43200",
    "1993-10-31, P1D, America/Los_Angeles, 1500",
    "1993-04-04, P1D, America/Los_Angeles, 1380",
    "1993-10-30, P1D, America/Los_Angeles, 1440",
    "2025-04-01, P1M, Australia/Lord_Howe, 43230",
    "2018-11-04, P1D, America/Sao_Paulo, 1380",
    "2024-02-01, P1M, UTC, 41760"
  })
  void hasAsManyMinutesAsTheClocksGiveIt(
      LocalDate anchor, Period interval, ZoneId zone, long minutes) {
    var period = cadence(anchor, interval, zone).period(0);
    assertThat(Duration.between(period.starts(), period.ends()).toMinutes()).isEqualTo(minutes);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-01, Asia/Kolkata, 2024-12-31T18:30:00Z",
    "2025-01-01, Asia/Kathmandu, 2024-12-31T18:15:00Z",
    "2025-01-01, Pacific/Kiritimati, 2024-12-31T10:00:00Z",
    "1993-10-01, America/Los_Angeles, 1993-10-01T07:00:00Z",
    "1993-11-01, America/Los_Angeles, 1993-11-01T08:00:00Z",
    "2018-11-04, America/Sao_Paulo, 2018-11-04T03:00:00Z"
  })
  void startsWithTheLocalDay(LocalDate anchor, ZoneId zone, Instant start) {
    assertThat(cadence(anchor, Period.ofMonths(1), zone).start(0)).isEqualTo(start);
  }

  @Test
  void periodsTouch() {
    var random = random(11);
    for (int i = 0; i < 20_000; i++) {
      var zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
      var anchor = LocalDate.ofEpochDay(random.nextLong(8_000, 22_000));
      var cadence = cadence(anchor, interval(random), zone);
      int n = random.nextInt(0, 100);
      var period = cadence.period(n);
      assertThat(period.ends()).isEqualTo(cadence.period(n + 1).starts());
      assertThat(period.starts()).isBefore(period.ends());
    }
  }

  @Test
  void findsThePeriodOfAnInstantHoweverFarAway() {
    var random = random(12);
    for (int i = 0; i < 20_000; i++) {
      var zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
      var anchor = LocalDate.ofEpochDay(random.nextLong(8_000, 22_000));
      var cadence = cadence(anchor, interval(random), zone);
      int n = random.nextInt(-500, 5_000);
      var period = cadence.period(n);
      long seconds = Duration.between(period.starts(), period.ends()).toSeconds();
      assertThat(cadence.numberAt(period.starts())).as("%s %s", cadence, n).isEqualTo(n);
      assertThat(cadence.numberAt(period.starts().plusSeconds(random.nextLong(seconds))))
          .isEqualTo(n);
      assertThat(cadence.numberAt(period.ends())).isEqualTo(n + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"P0D", "P-1D", "P-1M", "P1M-1D"})
  void refusesAnIntervalThatIsNotPositive(Period interval) {
    assertThatThrownBy(() -> cadence(LocalDate.parse("2025-01-01"), interval, ZoneId.of("UTC")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("interval must be positive, was " + PeriodDuration.of(interval));
  }

  @Test
  void countsHoursAsTheyPassHoweverLong() {
    var hourly =
        new Cadence(
            LocalDateTime.parse("2016-01-01T00:30"),
            PeriodDuration.parse("PT1H"),
            ZoneId.of("America/Los_Angeles"));
    long years = Duration.between(hourly.start(0), Instant.parse("2026-01-01T08:30:00Z")).toHours();
    for (int n = 0; n < years; n += 31) {
      assertThat(hourly.start(n)).isEqualTo(hourly.start(0).plusSeconds(n * 3_600L));
      assertThat(hourly.numberAt(hourly.start(n))).isEqualTo(n);
      assertThat(hourly.numberAt(hourly.start(n).minusNanos(1))).isEqualTo(n - 1);
    }
    assertThat(years).isEqualTo(87_672);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P101Y", "P10000Y", "P40000D", "PT1000000H"})
  void refusesMoreThanAHundredYears(String interval) {
    var tooLong = PeriodDuration.parse(interval);
    assertThatThrownBy(() -> Cadence.requirePositive("cadence", tooLong))
        .hasMessageStartingWith("cadence must be at most 100 years");
  }

  @Test
  void refusesAFractionOfASecond() {
    assertThatThrownBy(() -> Cadence.requirePositive("cadence", PeriodDuration.parse("PT0.5S")))
        .hasMessage("cadence must be whole seconds, was PT0.5S");
  }

  private static Period interval(RandomGenerator random) {
    int length = random.nextInt(1, 13);
    return random.nextBoolean() ? Period.ofMonths(length) : Period.ofDays(length);
  }

  private static Cadence cadence(LocalDate anchor, Period interval, ZoneId zone) {
    return new Cadence(anchor.atStartOfDay(), PeriodDuration.of(interval), zone);
  }

  private static List<Instant> days(String dates) {
    return words(dates).map(CadenceTest::day).toList();
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.split(" ", -1)).filter(word -> !word.isEmpty());
  }

  private static Instant day(String date) {
    return Instant.parse(date + "T00:00:00Z");
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
