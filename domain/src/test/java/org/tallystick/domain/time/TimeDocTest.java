package org.tallystick.domain.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The tables of docs/reference/time.md.
class TimeDocTest {

  private static final Path PAGE = Path.of("../docs/reference/time.md");

  @ParameterizedTest
  @MethodSource("rows")
  void isSoAsThePageSays(List<String> columns, List<String> row) {
    var cadence =
        new Cadence(LocalDate.parse(row.get(0)), Period.parse(row.get(1)), ZoneId.of(row.get(2)));
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

  @Test
  void readsEveryTableOfThePage() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(30);
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
