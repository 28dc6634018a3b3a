package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.domain.time.Window;
import org.tallystick.readers.WindowReader;
import org.tallystick.readers.WindowReader.Selection;
import org.tallystick.writers.Withdrawals;

/// Random questions about the random usage of two weeks around changes of the clocks, answered by
/// lists too: a record belongs to the window whose name its instant has on the clocks of the zone,
/// and one that is split is cut at every full minute first.
class WindowsTest {

  private static final int RECORDS = 900;
  private static final int QUESTIONS = 220;

  /// Clocks go back on 26 October, 2 November (Los Angeles, Havana at midnight), or not at all.
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Vienna",
          "America/Los_Angeles",
          "America/Havana",
          "Asia/Kolkata",
          "Australia/Lord_Howe",
          "Pacific/Chatham");

  private static final Map<Window, String> NAMES =
      Map.of(
          Window.MINUTE, "uuuu-MM-dd HH:mm xxx",
          Window.HOUR, "uuuu-MM-dd HH xxx",
          Window.DAY, "uuuu-MM-dd",
          Window.MONTH, "uuuu-MM");

  /// Meters as they are declared, and the same by lists.
  private static final Map<String, Function<List<RandomUse>, BigDecimal>> METERS =
      new TreeMap<>(
          Map.of(
              "sum", uses -> sum(uses.stream().map(RandomUse::quantity)),
              "count", uses -> BigDecimal.valueOf(uses.size()),
              "avg",
                  uses ->
                      sum(uses.stream().map(RandomUse::quantity))
                          .divide(BigDecimal.valueOf(uses.size()), 30, RoundingMode.HALF_UP),
              "min",
                  uses ->
                      uses.stream()
                          .map(RandomUse::quantity)
                          .min(BigDecimal::compareTo)
                          .orElseThrow(),
              "max",
                  uses ->
                      uses.stream()
                          .map(RandomUse::quantity)
                          .max(BigDecimal::compareTo)
                          .orElseThrow(),
              "latest", uses -> uses.stream().max(RandomUse.LATEST).orElseThrow().quantity(),
              "unique-count, dimension: site",
                  uses -> BigDecimal.valueOf(uses.stream().map(RandomUse::site).distinct().count()),
              "sum, value: seconds", uses -> sum(uses.stream().map(RandomUse::seconds)),
              "sum, value: unit-seconds",
                  uses -> sum(uses.stream().map(use -> use.seconds().multiply(use.quantity()))),
              "count, where: {model: a}", uses -> BigDecimal.valueOf(uses.size())));

  private static final String FORMAT =
      """
      formats:
        - key: csv
          layout: csv
          columns: [id, subject, from, to, quantity, model, site]
          source: random
          id: id
          type: use
          subject: subject
          time: {from: from, to: to}
          quantity: quantity
          negative: accepted
          dimensions: {model: model, site: site}
      customers:
        - {key: c0, name: N, currency: USD, zone: UTC, subjects: [s0, s1]}
        - {key: c1, name: N, currency: USD, zone: UTC, subjects: [s2]}
      meters:
      """;

  @TempDir private Path directory = Path.of("");

  @Test
  void saysWhatListsSay() throws IOException {
    var random = new Random(23);
    var uses = Stream.generate(() -> RandomUse.random(random)).limit(RECORDS).toList();
    try (var world = World.empty(Map.of())) {
      var meters = meters();
      world.apply(Files.writeString(directory.resolve("catalog.yaml"), catalog(meters)));
      var lines = new ArrayList<>(List.of("id,subject,from,to,quantity,model,site"));
      uses.forEach(use -> lines.add(use.line()));
      world.importFile(Files.write(directory.resolve("usage.csv"), lines), "csv");
      var left = withdraw(new Withdrawals(world.jdbc()), uses);
      int rows = 0;
      for (int n = 0; n < QUESTIONS; n++) {
        var question = Question.random(random, meters);
        var answer = question.ask(new WindowReader(world.jdbc()));
        assertThat(answer).as(question.toString()).isEqualTo(question.expected(left));
        rows += answer.size();
      }
      assertThat(rows).isGreaterThan(2_000);
    }
  }

  /// Every thirtieth record; the rest is left.
  private static List<RandomUse> withdraw(Withdrawals withdrawals, List<RandomUse> uses) {
    var left = new ArrayList<RandomUse>();
    for (int n = 0; n < uses.size(); n++) {
      if (n % 30 == 0) {
        withdrawals.record("random", uses.get(n).id(), "not so");
      } else {
        left.add(uses.get(n));
      }
    }
    return left;
  }

  /// Each aggregation by start and end, and what can be split, split.
  private static List<String> meters() {
    var meters = new ArrayList<String>();
    for (var meter : METERS.keySet()) {
      meters.add(meter + ", attribution: start");
      meters.add(meter + ", attribution: end");
      if (meter.contains("value")) {
        meters.add(meter + ", attribution: split");
      }
    }
    return meters;
  }

  private static String catalog(List<String> meters) {
    var catalog = new StringBuilder(FORMAT);
    for (int n = 0; n < meters.size(); n++) {
      catalog.append(
          "  - {key: m%d, records: use, unit: u, factor: 1, aggregation: %s}\n"
              .formatted(n, meters.get(n)));
    }
    return catalog.toString();
  }

  private static BigDecimal sum(Stream<BigDecimal> values) {
    return values.reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// One question. `by` is among subject, customer, model and site; `where` is of model.
  private record Question(
      int number,
      String meter,
      Instant from,
      Instant to,
      Window window,
      ZoneId zone,
      List<String> by,
      List<String> subjects,
      List<String> customers,
      List<String> where) {

    private static Question random(Random random, List<String> meters) {
      int number = random.nextInt(meters.size());
      var window = List.of(Window.values()).get(random.nextInt(4));
      var from =
          RandomUse.SINCE.plus(Duration.ofMinutes(random.nextInt(RandomUse.HALF_HOURS * 15)));
      int minutes = window == Window.MINUTE ? 3_000 : RandomUse.HALF_HOURS * 15;
      return new Question(
          number,
          meters.get(number),
          from,
          from.plus(Duration.ofMinutes(1 + random.nextInt(minutes))),
          window,
          ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))),
          some(random, "subject", "customer", "model", "site"),
          some(random, "s0", "s1", "s2", "s3", "s3"),
          random.nextInt(3) == 0 ? some(random, "c0", "c1") : List.of(),
          random.nextInt(3) == 0 ? some(random, "a", "b") : List.of());
    }

    private static List<String> some(Random random, String... values) {
      return Stream.of(values).filter(_ -> random.nextInt(3) == 0).distinct().toList();
    }

    private Map<String, String> ask(WindowReader reader) {
      var selection =
          new Selection(
              subjects,
              customers,
              where.isEmpty() ? Map.of() : Map.of("model", where),
              by,
              OptionalLong.empty());
      var answer = new TreeMap<String, String>();
      var asked = reader.read("m" + number, window.bounds(from, to, zone), selection, 100_000);
      for (var row : asked.rows()) {
        answer.put(name(row.starts()) + " " + row.group(), plain(row.quantity().stored()));
      }
      assertThat(asked.count()).isEqualTo(answer.size());
      return answer;
    }

    private Map<String, String> expected(List<RandomUse> uses) {
      var groups =
          uses.stream()
              .filter(this::isSelected)
              .flatMap(use -> use.parts(attribution()))
              .filter(use -> !use.at().isBefore(from) && use.at().isBefore(to))
              .collect(Collectors.groupingBy(use -> name(use.at()) + " " + group(use)));
      var aggregation = meter.replaceFirst(", attribution.*", "");
      var expected = new TreeMap<String, String>();
      groups.forEach((name, group) ->
          expected.put(name, plain(METERS.getOrDefault(aggregation, _ -> null).apply(group))));
      return expected;
    }

    private String attribution() {
      return meter.replaceFirst(".*attribution: ", "");
    }

    private boolean isSelected(RandomUse use) {
      return (subjects.isEmpty() || subjects.contains(use.subject()))
          && (customers.isEmpty() || customers.contains(use.customer()))
          && (where.isEmpty() || where.contains(use.model()))
          && (!meter.contains("model: a") || use.model().equals("a"));
    }

    private List<String> group(RandomUse use) {
      return by.stream().map(use::get).toList();
    }

    private String name(Instant instant) {
      var pattern = DateTimeFormatter.ofPattern(NAMES.getOrDefault(window, ""));
      return instant.atZone(zone).format(pattern);
    }

    private static String plain(BigDecimal value) {
      return value.setScale(20, RoundingMode.HALF_UP).toPlainString();
    }
  }
}
