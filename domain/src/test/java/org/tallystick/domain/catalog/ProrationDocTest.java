package org.tallystick.domain.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.domain.money.Allocation;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.time.ServicePeriod;

/// The table of docs/reference/proration.md.
class ProrationDocTest {

  private static final Path PAGE = Path.of("../docs/reference/proration.md");

  @ParameterizedTest
  @MethodSource("rows")
  void isDueAsThePageSays(List<String> row) {
    var zone = ZoneId.of(row.get(3));
    var parts = Stream.of(row.get(5).split(", ", -1)).map(text -> period(text, zone)).toList();
    var shares = Proration.of(row.get(2)).shares(period(row.get(4), zone), parts, zone);
    assertThat(
            Allocation.split(
                Fraction.of(new BigDecimal(row.get(0))), shares, Monetary.getCurrency(row.get(1))))
        .containsExactlyElementsOf(
            Stream.of(row.get(6).split(", ", -1)).map(BigDecimal::new).toList());
  }

  @Test
  void readsTheWholeTable() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(20);
  }

  @Test
  void partsThatFillAPeriodShareAllOfIt() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(16);
    for (int i = 0; i < 20_000; i++) {
      var zone = ZoneId.of(random.nextBoolean() ? "Europe/Vienna" : "Asia/Kolkata");
      var day = LocalDate.ofEpochDay(random.nextLong(15_000, 20_000));
      var full =
          new ServicePeriod(
              day.atStartOfDay(zone).toInstant(),
              day.plusMonths(random.nextLong(1, 13)).atStartOfDay(zone).toInstant());
      var bounds = new TreeSet<>(List.of(full.starts(), full.ends()));
      for (int n = random.nextInt(0, 6); n > 0; n--) {
        var length = Duration.between(full.starts(), full.ends()).toSeconds();
        bounds.add(full.starts().plusSeconds(random.nextLong(length)));
      }
      var at = List.copyOf(bounds);
      var parts = new ArrayList<ServicePeriod>();
      for (int n = 1; n < at.size(); n++) {
        parts.add(new ServicePeriod(at.get(n - 1), at.get(n)));
      }
      for (var policy : Proration.values()) {
        var sum = policy.shares(full, parts, zone).stream().reduce(Fraction.ZERO, Fraction::plus);
        var all = policy == Proration.NONE && parts.size() > 1 ? Fraction.ZERO : Fraction.ONE;
        assertThat(sum).as("%s of %s", policy, parts).isEqualTo(all);
      }
    }
  }

  static Stream<List<String>> rows() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.matches("\\| \\d.*\\d/\\d.*"))
        .map(line -> Stream.of(line.split("\\|", -1)).skip(1).map(String::strip).toList());
  }

  private static ServicePeriod period(String text, ZoneId zone) {
    var bounds = text.split("/", -1);
    return new ServicePeriod(instant(bounds[0], zone), instant(bounds[1], zone));
  }

  private static Instant instant(String text, ZoneId zone) {
    var local =
        text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay();
    return local.atZone(zone).toInstant();
  }
}
