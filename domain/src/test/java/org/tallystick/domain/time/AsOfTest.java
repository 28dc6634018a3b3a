package org.tallystick.domain.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsOfTest {

  @ParameterizedTest
  @CsvSource({
    "1993-11-01, America/Los_Angeles, 1993-11-01T08:00:00Z",
    "1993-10-01, America/Los_Angeles, 1993-10-01T07:00:00Z",
    "1993-11-01, UTC, 1993-11-01T00:00:00Z",
    "1993-11-01, Asia/Kolkata, 1993-10-31T18:30:00Z",
    "2024-02-29, Pacific/Kiritimati, 2024-02-28T10:00:00Z",
    "2018-11-04, America/Sao_Paulo, 2018-11-04T03:00:00Z"
  })
  void isTheStartOfTheLocalDay(LocalDate date, ZoneId zone, Instant start) {
    assertThat(new AsOf(date).in(zone)).isEqualTo(start);
  }

  @ParameterizedTest
  @CsvSource({
    "1993-11-01T07:59:59.999999999Z, false",
    "1993-11-01T08:00:00Z, true",
    "1993-11-01T08:00:00.000000001Z, true",
    "1993-10-31T23:00:00Z, false",
    "2025-01-01T00:00:00Z, true"
  })
  void isReachedWhenTheLocalDayBegins(Instant now, boolean isReached) {
    var asOf = new AsOf(LocalDate.parse("1993-11-01"));
    assertThat(asOf.isReached(ZoneId.of("America/Los_Angeles"), now)).isEqualTo(isReached);
  }

  @Test
  void readsAsItsDate() {
    assertThat(new AsOf(LocalDate.parse("1993-11-01"))).hasToString("1993-11-01");
  }
}
