package org.tallystick.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.threeten.extra.PeriodDuration;

/// What the tables of docs/reference/time.md, "Three periods", leave open.
class ScheduleTest {

  private static final Cadence MONTHLY =
      new Cadence(
          LocalDateTime.parse("2025-01-01T00:00"),
          PeriodDuration.of(Period.ofMonths(1)),
          ZoneId.of("UTC"));

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # from              | through              | end                  | the periods start
          2025-01-01T00:00:00Z | 2025-03-01T00:00:00Z | 2026-01-01T00:00:00Z | 01 02 03
          2025-01-01T00:00:00Z | 2025-02-28T23:59:59Z | 2026-01-01T00:00:00Z | 01 02
          2025-01-01T00:00:00Z | 2025-03-01T00:00:01Z | 2026-01-01T00:00:00Z | 01 02 03
          2025-01-01T00:00:01Z | 2025-03-01T00:00:00Z | 2026-01-01T00:00:00Z | 02 03
          2025-02-01T00:00:00Z | 2025-03-01T00:00:00Z | 2026-01-01T00:00:00Z | 02 03
          2025-01-01T00:00:00Z | 2025-06-01T00:00:00Z | 2025-03-01T00:00:00Z | 01 02
          2025-01-01T00:00:00Z | 2025-06-01T00:00:00Z | 2025-03-01T00:00:01Z | 01 02 03
          2024-01-01T00:00:00Z | 2024-12-31T23:59:59Z | 2026-01-01T00:00:00Z | ''
          2024-01-01T00:00:00Z | 2025-01-01T00:00:00Z | 2026-01-01T00:00:00Z | 01
          2025-03-01T00:00:00Z | 2025-02-01T00:00:00Z | 2026-01-01T00:00:00Z | ''
          """,
      delimiter = '|')
  void listsWhatStartsBetweenItsBounds(Instant from, Instant through, Instant end, String months) {
    var contract = new Span(Instant.parse("2025-01-01T00:00:00Z"), end);
    var schedule = new Schedule(Optional.of(MONTHLY), MONTHLY, contract, contract, false);
    assertThat(schedule.occurrences(from, through).stream().map(o -> o.service().starts()))
        .containsExactlyElementsOf(
            Stream.of(months.split(" ", -1))
                .filter(month -> !month.isEmpty())
                .map(month -> Instant.parse("2025-" + month + "-01T00:00:00Z"))
                .toList());
  }

  @Test
  void cutsPeriodsSoThatTheyFillTheSpanOfTheItem() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(14);
    for (int i = 0; i < 20_000; i++) {
      var from = Instant.EPOCH.plusSeconds(random.nextLong(2_000_000_000L));
      var item = new Span(from, from.plusSeconds(random.nextLong(1, 40_000_000)));
      var schedule = new Schedule(Optional.of(MONTHLY), MONTHLY, item, item, random.nextBoolean());
      var at = item.from();
      for (var occurrence : schedule.occurrences(item.from(), item.to())) {
        assertThat(occurrence.service().starts()).isEqualTo(at);
        assertThat(occurrence.full().contains(at)).isTrue();
        assertThat(occurrence.service().ends()).isBeforeOrEqualTo(occurrence.full().ends());
        at = occurrence.service().ends();
      }
      assertThat(at).isEqualTo(item.to());
    }
  }

  @Test
  void goesOnWhereItStoppedInStepsOfAnySize() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(15);
    var item = Span.from(Instant.parse("2025-03-10T12:00:00Z"));
    for (int i = 0; i < 1_000; i++) {
      var schedule = new Schedule(Optional.of(MONTHLY), MONTHLY, item, item, random.nextBoolean());
      var opened = item.from();
      var at = item.from();
      int count = 0;
      while (at.isBefore(Instant.parse("2026-03-10T12:00:00Z"))) {
        var found = schedule.occurrences(opened, at);
        count += found.size();
        opened = found.isEmpty() ? opened : found.getLast().service().ends();
        at = at.plus(Duration.ofHours(random.nextLong(1, 2_000)));
      }
      count += schedule.occurrences(opened, Instant.parse("2026-06-15T00:00:00Z")).size();
      assertThat(count).isEqualTo(16);
    }
  }

  @Test
  void refusesAnItemOutsideItsPhase() {
    var phase = new Span(Instant.EPOCH, Instant.EPOCH.plusSeconds(10));
    var item = new Span(Instant.EPOCH.plusSeconds(10), Instant.MAX);
    assertThatThrownBy(() -> new Schedule(Optional.empty(), MONTHLY, item, phase, true))
        .hasMessageStartingWith("item must begin within its phase");
  }
}
