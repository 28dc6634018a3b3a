package org.tallystick.domain.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

  /// Vienna's short and long day, an hour there twice; half an hour in Kolkata and Lord Howe; a
  /// midnight that is not there in São Paulo, that is there twice in Havana, and a minute after it
  /// in St. John's; the day that Samoa skipped.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          DAY, Europe/Vienna, 2025-03-29T23:00Z 2025-03-30T22:00Z 2025-03-31T22:00Z
          DAY, Europe/Vienna, 2025-10-25T22:00Z 2025-10-26T23:00Z 2025-10-27T23:00Z
          HOUR, Europe/Vienna, 2025-03-30T00:00Z 2025-03-30T01:00Z 2025-03-30T02:00Z
          HOUR, Europe/Vienna, 2025-10-26T00:00Z 2025-10-26T01:00Z 2025-10-26T02:00Z
          MONTH, Europe/Vienna, 2025-02-28T23:00Z 2025-03-31T22:00Z 2025-04-30T22:00Z
          DAY, Asia/Kolkata, 2025-05-31T18:30Z 2025-06-01T18:30Z
          HOUR, Asia/Kolkata, 2025-06-01T18:10Z 2025-06-01T18:30Z 2025-06-01T19:30Z
          HOUR, Australia/Lord_Howe, 2025-04-05T14:00Z 2025-04-05T15:00Z 2025-04-05T15:30Z
          HOUR, Australia/Lord_Howe, 2025-10-04T14:30Z 2025-10-04T15:30Z 2025-10-04T16:00Z
          DAY, Australia/Lord_Howe, 2025-04-05T13:00Z 2025-04-06T13:30Z
          DAY, America/Sao_Paulo, 2018-11-03T03:00Z 2018-11-04T03:00Z 2018-11-05T02:00Z
          DAY, America/Sao_Paulo, 2018-02-17T02:00Z 2018-02-18T03:00Z 2018-02-19T03:00Z
          DAY, America/Havana, 2025-11-01T04:00Z 2025-11-02T04:00Z 2025-11-03T05:00Z
          HOUR, America/Havana, 2025-11-02T04:00Z 2025-11-02T05:00Z 2025-11-02T06:00Z
          DAY, America/St_Johns, 2010-11-06T02:30Z 2010-11-07T02:30Z 2010-11-08T03:30Z
          DAY, America/St_Johns, 2010-11-07T02:40Z 2010-11-08T03:30Z
          DAY, Pacific/Apia, 2011-12-29T10:00Z 2011-12-30T10:00Z 2011-12-31T10:00Z
          MINUTE, Asia/Kolkata, 2025-06-01T00:00:30Z 2025-06-01T00:01Z 2025-06-01T00:02Z
          MONTH, UTC, 2024-01-15T00:00Z 2024-02-01T00:00Z 2024-03-01T00:00Z 2024-03-02T00:00Z
          """)
  void windowsFollowTheClocksOfTheZone(Window window, String zone, String bounds) {
    var expected =
        Arrays.stream(bounds.split(" ", -1))
            .map(text -> Instant.parse(text.length() > 17 ? text : text.replace("Z", ":00Z")))
            .toList();
    assertThat(window.bounds(expected.getFirst(), expected.getLast(), ZoneId.of(zone)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "MINUTE, UTC, 2025-01-01T00:00:00Z, 2025-01-01T01:00:00Z, 60",
    "MINUTE, UTC, 0001-01-01T00:00:00Z, 9999-12-31T00:00:00Z, 5258963520",
    "HOUR, Europe/Vienna, 2025-10-25T22:00:00Z, 2025-10-26T23:00:00Z, 25",
    "DAY, Europe/Vienna, 2025-10-25T22:00:00Z, 2025-10-26T23:00:00Z, 1",
    "DAY, UTC, 2025-01-01T00:00:00Z, 2026-01-01T00:00:01Z, 366",
    "MONTH, UTC, 2024-01-31T00:00:00Z, 2024-03-31T00:00:00Z, 2"
  })
  void countsWindowsWithoutFindingThem(
      Window window, String zone, Instant from, Instant to, long count) {
    assertThat(window.count(from, to, ZoneId.of(zone))).isEqualTo(count);
  }

  /// In any zone and year: ascending, a start on the full hour or where the offset changes, and one
  /// offset throughout.
  @Test
  void hoursAreWholeUnlessTheClocksChange() {
    var zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    var random = new Random(17);
    for (int n = 0; n < 300; n++) {
      var zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
      var from =
          Instant.parse("1950-01-01T00:00:00Z").plus(Duration.ofDays(random.nextInt(40_000)));
      List<Instant> bounds = Window.HOUR.bounds(from, from.plus(Duration.ofDays(10)), zone);
      for (int b = 1; b < bounds.size() - 1; b++) {
        var start = bounds.get(b);
        var before = start.minusNanos(1);
        var local = start.atZone(zone);
        boolean isChange = !before.atZone(zone).getOffset().equals(local.getOffset());
        assertThat(isChange || (local.getMinute() == 0 && local.getSecond() == 0))
            .as("%s in %s", start, zone)
            .isTrue();
        assertThat(bounds.get(b - 1)).isBefore(start);
        assertThat(bounds.get(b - 1).atZone(zone).getOffset())
            .isEqualTo(before.atZone(zone).getOffset());
      }
    }
  }
}
