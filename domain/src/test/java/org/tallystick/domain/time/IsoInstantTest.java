package org.tallystick.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoInstantTest {

  private static final long SEED = 8601;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "1993-10-01T07:00:03Z",
        "2024-02-29T23:59:59Z",
        "2026-01-01T00:00:00.5Z",
        "2026-01-01T00:00:00.000001Z",
        "2026-01-01T01:30:00+05:30",
        "2026-01-01T24:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "-0001-01-01T00:00:00Z",
        "+12345-01-01T00:00:00Z"
      })
  void readsAndWritesAsTheJdkDoes(String text) {
    var expected = Instant.parse(text);
    assertThat(IsoInstant.parse(text)).isEqualTo(expected);
    assertThat(IsoInstant.text(expected)).isEqualTo(expected.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1993-10-01",
        "1993-10-01T07:00:03",
        "1993-13-01T07:00:03Z",
        "1993-02-29T07:00:03Z",
        "1993-10-01T25:00:03Z",
        "1993-10-01T07:60:03Z",
        "1993-10-01T07:00:61Z",
        "1993-10-01T07:00:0٣Z",
        "1993-10-01 07:00:03Z"
      })
  void refusesWhatTheJdkRefuses(String text) {
    assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeException.class);
    assertThatThrownBy(() -> IsoInstant.parse(text)).isInstanceOf(DateTimeException.class);
  }

  @Test
  void agreesWithTheJdkOnAnySecond() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    for (int n = 0; n < 20_000; n++) {
      var instant = Instant.ofEpochSecond(random.nextLong(-70_000_000_000L, 260_000_000_000L));
      assertThat(IsoInstant.text(instant)).isEqualTo(instant.toString());
      assertThat(IsoInstant.parse(instant.toString())).isEqualTo(instant);
    }
  }
}
