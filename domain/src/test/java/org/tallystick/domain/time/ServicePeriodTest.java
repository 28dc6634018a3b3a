package org.tallystick.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServicePeriodTest {

  private static final Instant STARTS = Instant.parse("1993-10-01T07:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "1993-10-01T06:59:59.999999999Z, false",
    "1993-10-01T07:00:00Z, true",
    "1993-11-01T07:59:59.999999999Z, true",
    "1993-11-01T08:00:00Z, false"
  })
  void itsStartBelongsToItAndItsEndDoesNot(Instant instant, boolean isIn) {
    var october = new ServicePeriod(STARTS, Instant.parse("1993-11-01T08:00:00Z"));
    assertThat(october.contains(instant)).isEqualTo(isIn);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1993-10-01T07:00:00Z", "1993-10-01T06:59:59Z"})
  void refusesToEndBeforeItHasStarted(Instant ends) {
    assertThatThrownBy(() -> new ServicePeriod(STARTS, ends))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("service period must end after it starts, was " + STARTS + " to " + ends);
  }
}
