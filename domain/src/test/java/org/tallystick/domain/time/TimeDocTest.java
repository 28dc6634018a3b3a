package org.tallystick.domain.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.threeten.extra.PeriodDuration;

/// The tables of docs/reference/time.md.
class TimeDocTest {

  private static final Path PAGE = Path.of("../docs/reference/time.md");

  @ParameterizedTest
  @MethodSource("rows")
  void isSoAsThePageSays(List<String> columns, List<String> row) {
    if (columns.contains("invoice at")) {
      isChargedSo(row);
      return;
    }
    var cadence = cadence(row.get(0), row.get(1), row.get(2));
    switch (columns.getLast()) {
      case "starts" ->
          assertThat(cadence.start(Integer.parseInt(row.get(3))))
              .isEqualTo(Instant.parse(row.get(4)));
      case "n" ->
          assertThat(cadence.numberAt(Instant.parse(row.get(3))))
              .isEqualTo(Integer.parseInt(row.get(4)));
      case "hours" -> {
        var period = cadence.period(Integer.parseInt(row.get(3)));
        assertThat(Duration.between(period.starts(), period.ends()))
            .isEqualTo(Duration.ofHours(Long.parseLong(row.get(4))));
      }
      default -> throw new IllegalStateException("no such table: " + columns);
    }
  }

  /// anchor | cadence | billing | phase | item | fee | charge | service | full | billed in |
  /// invoice at
  private static void isChargedSo(List<String> row) {
    var rhythm =
        row.get(1).equals("once")
            ? Optional.<Cadence>empty()
            : Optional.of(cadence(row.get(0), row.get(1), "UTC"));
    boolean isInAdvance = row.get(5).equals("in-advance");
    var schedule =
        new Schedule(
            rhythm,
            cadence(row.get(0), row.get(2), "UTC"),
            span(row.get(4)),
            span(row.get(3)),
            isInAdvance);
    var charge =
        schedule
            .occurrences(Instant.EPOCH, Instant.parse("2025-12-31T00:00:00Z"))
            .get(Integer.parseInt(row.get(6)));
    assertThat(charge)
        .isEqualTo(new Occurrence(period(row.get(8)), period(row.get(7)), period(row.get(9))));
    assertThat(charge.invoiceAt(isInAdvance)).isEqualTo(instant(row.get(10)));
  }

  private static Cadence cadence(String anchor, String interval, String zone) {
    var local =
        anchor.contains("T") ? LocalDateTime.parse(anchor) : LocalDate.parse(anchor).atStartOfDay();
    return new Cadence(local, PeriodDuration.parse(interval), ZoneId.of(zone));
  }

  private static Span span(String text) {
    var bounds = text.split("/", -1);
    return new Span(instant(bounds[0]), bounds[1].equals("..") ? Instant.MAX : instant(bounds[1]));
  }

  private static ServicePeriod period(String text) {
    var bounds = text.split("/", -1);
    return new ServicePeriod(instant(bounds[0]), instant(bounds[1]));
  }

  /// A day, or a day and an hour of it.
  private static Instant instant(String text) {
    return Instant.parse(text + (text.contains("T") ? ":00:00Z" : "T00:00:00Z"));
  }

  @Test
  void readsEveryTableOfThePage() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(55);
  }

  static Stream<Object[]> rows() throws IOException {
    var rows = new ArrayList<Object[]>();
    var columns = List.<String>of();
    for (var line : Files.readAllLines(PAGE)) {
      if (line.startsWith("| anchor")) {
        columns = cells(line);
      } else if (line.startsWith("|") && !line.startsWith("|-")) {
        rows.add(new Object[] {columns, cells(line)});
      }
    }
    return rows.stream();
  }

  private static List<String> cells(String line) {
    return Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
        .map(String::strip)
        .toList();
  }
}
