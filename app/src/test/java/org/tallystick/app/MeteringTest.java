package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.readers.Checks;
import org.tallystick.readers.RunVerifier;
import org.tallystick.writers.Withdrawals;

/// Ten meters over the random usage of 50 customers on ten days: 5,000 quantities, whatever the
/// order in which records come, the files they come in, those that are withdrawn again, the runs
/// between, and the partitions. Four times as many in the profile `prove`.
class MeteringTest {

  private static final int SIZE = System.getProperty("tallystick.prove", "").equals("long") ? 4 : 1;
  private static final int CUSTOMERS = 50 * SIZE;
  private static final int RECORDS = 3_000 * SIZE;
  private static final LocalDate FIRST = LocalDate.of(1993, 10, 22);
  private static final int DAYS = 10;

  /// Meters as they are declared, and the same by lists.
  private static final Map<String, Function<List<Use>, BigDecimal>> METERS =
      new TreeMap<>(
          Map.of(
              "aggregation: sum", uses -> sum(uses.stream().map(Use::quantity)),
              "aggregation: count", uses -> BigDecimal.valueOf(uses.size()),
              "aggregation: avg", MeteringTest::mean,
              "aggregation: min",
                  uses -> pick(uses, Comparator.comparing(Use::quantity).reversed()),
              "aggregation: max", uses -> pick(uses, Comparator.comparing(Use::quantity)),
              "aggregation: latest", uses -> pick(uses, Use.LATEST),
              "aggregation: unique-count, dimension: model",
                  uses -> BigDecimal.valueOf(uses.stream().map(Use::model).distinct().count()),
              "where: {model: a}",
                  uses ->
                      sum(uses.stream().filter(use -> use.model().equals("a")).map(Use::quantity)),
              "value: seconds", uses -> sum(uses.stream().map(Use::seconds)),
              "value: unit-seconds",
                  uses -> sum(uses.stream().map(use -> use.seconds().multiply(use.quantity())))));

  private static final String FORMAT =
      """
      formats:
        - key: csv
          layout: csv
          columns: [id, subject, from, to, quantity, model]
          source: random
          id: id
          type: use
          subject: subject
          time: {from: from, to: to}
          quantity: quantity
          dimensions: {model: model}
      meters:
      """;

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource({"2, 4, end", "3, 1, split"})
  void metersTheSameInAnyOrder(long seed, String partitions, String attribution)
      throws IOException {
    var random = new Random(seed);
    var uses = new ArrayList<Use>();
    for (int n = 0; n < RECORDS; n++) {
      uses.add(Use.random(n, random));
    }
    try (var world = World.empty(Map.of("tallystick.batch.partitions", partitions))) {
      world.apply(Files.writeString(directory.resolve("catalog.yaml"), catalog(attribution)));
      Collections.shuffle(uses, random);
      take(world, uses.subList(0, RECORDS / 4));
      var gone = new HashSet<Use>(withdraw(world, uses.subList(0, RECORDS / 4), random));
      var first = world.nightly(FIRST.plusDays(random.nextInt(1, 5)));
      var file = take(world, uses.subList(RECORDS / 4, RECORDS / 3));
      take(world, uses.subList(RECORDS / 3, 3 * RECORDS / 4));
      gone.addAll(withdraw(world, uses.subList(0, 3 * RECORDS / 4), random));
      world.nightly(FIRST.plusDays(random.nextInt(5, DAYS)));
      take(world, uses.subList(3 * RECORDS / 4, RECORDS));
      gone.addAll(withdraw(world, uses, random));
      new Withdrawals(world.jdbc()).file(file, "a file");
      gone.addAll(uses.subList(RECORDS / 4, RECORDS / 3));
      world.nightly(FIRST.plusDays(DAYS));
      uses.removeAll(gone);
      assertThat(metered(world)).isEqualTo(expected(uses, attribution));
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
      assertThat(new RunVerifier(world.jdbc()).verify(first)).isEmpty();
    }
  }

  /// Withdraws some of `uses`, of which some are withdrawn already.
  private static List<Use> withdraw(World world, List<Use> uses, Random random) {
    var gone =
        IntStream.range(0, RECORDS / 40)
            .mapToObj(_ -> uses.get(random.nextInt(uses.size())))
            .toList();
    var withdrawals = new Withdrawals(world.jdbc());
    gone.forEach(use -> withdrawals.record("random", use.id(), "a record"));
    return gone;
  }

  private static Map<String, String> expected(List<Use> uses, String attribution) {
    var expected = new TreeMap<String, String>();
    for (int customer = 0; customer < CUSTOMERS; customer++) {
      var subject = "s" + customer;
      var own = uses.stream().filter(use -> use.subject().equals(subject)).toList();
      for (int day = 0; day < DAYS; day++) {
        var from = Instant.parse(FIRST.plusDays(day) + "T00:00:00Z");
        var to = Instant.parse(FIRST.plusDays(day + 1) + "T00:00:00Z");
        var within =
            own.stream().flatMap(use -> use.within(from, to, attribution).stream()).toList();
        int number = 0;
        for (var meter : METERS.entrySet()) {
          var isSplit = attribution.equals("split") && meter.getKey().startsWith("value");
          var quantity =
              meter
                  .getValue()
                  .apply(
                      attribution.equals("split") && !isSplit
                          ? own.stream()
                              .flatMap(use -> use.within(from, to, "start").stream())
                              .toList()
                          : within);
          expected.put("c%d m%d %s".formatted(customer, number, from), plain(quantity));
          number++;
        }
      }
    }
    return expected;
  }

  private static Map<String, String> metered(World world) {
    var metered = new TreeMap<String, String>();
    world
        .jdbc()
        .sql(
            """
            select c.key || ' ' || i.key as item, r.starts, r.quantity from rated_charge r
              join contract_item i on i.id = r.item_id
              join customer c on c.id = i.customer_id
             where r.starts < '1993-11-01T00:00:00Z'\
            """)
        .query(row -> {
          metered.put(
              row.getString("item") + " " + row.getTimestamp("starts").toInstant(),
              plain(row.getBigDecimal("quantity")));
        });
    return metered;
  }

  private static String plain(BigDecimal value) {
    return value.setScale(20, RoundingMode.HALF_UP).toPlainString();
  }

  /// Imports `uses` as a file of their own; its name.
  private String take(World world, List<Use> uses) throws IOException {
    var lines = new ArrayList<>(List.of("id,subject,from,to,quantity,model"));
    uses.forEach(use -> lines.add(use.line()));
    var file = Files.createTempFile(directory, "usage", ".csv");
    world.importFile(Files.write(file, lines), "csv");
    return String.valueOf(file.getFileName());
  }

  private static String catalog(String attribution) {
    var yaml = new StringBuilder(FORMAT);
    int number = 0;
    for (var meter : METERS.keySet()) {
      boolean isSplit = attribution.equals("split") && meter.startsWith("value");
      yaml.append(
          "  - {key: m%d, records: use, %s, unit: u, factor: 1, attribution: %s}\n"
              .formatted(
                  number++,
                  meter,
                  attribution.equals("split") && !isSplit ? "start" : attribution));
    }
    yaml.append("plans:\n  - key: p\n    from: 1993-10-01\n    rateCards:\n");
    for (int n = 0; n < METERS.size(); n++) {
      yaml.append(
          "      - {key: m%d, name: N, meter: m%d, cadence: P1D, price: {unit: 1}}\n"
              .formatted(n, n));
    }
    yaml.append("customers:\n");
    for (int n = 0; n < CUSTOMERS; n++) {
      yaml.append(
          "  - {key: c%d, name: N, currency: USD, zone: UTC, subjects: [s%d]}\n".formatted(n, n));
    }
    yaml.append("contracts:\n");
    for (int n = 0; n < CUSTOMERS; n++) {
      yaml.append("  - {key: k%d, customer: c%d, plan: p, from: %s}\n".formatted(n, n, FIRST));
    }
    return yaml.toString();
  }

  private static BigDecimal sum(Stream<BigDecimal> values) {
    return values.reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal mean(List<Use> uses) {
    return uses.isEmpty()
        ? BigDecimal.ZERO
        : sum(uses.stream().map(Use::quantity))
            .divide(BigDecimal.valueOf(uses.size()), 30, RoundingMode.HALF_UP);
  }

  private static BigDecimal pick(List<Use> uses, Comparator<Use> order) {
    return uses.stream().max(order).map(Use::quantity).orElse(BigDecimal.ZERO);
  }

  /// One record. `at` is the instant that decides its day.
  record Use(
      String id,
      String subject,
      Instant from,
      Instant to,
      BigDecimal quantity,
      String model,
      Instant at) {

    static final Comparator<Use> LATEST = Comparator.comparing(Use::at).thenComparing(Use::id);

    /// Whole hours, so that instants are often the same and bounds are met.
    static Use random(int number, Random random) {
      var from =
          Instant.parse("1993-10-21T00:00:00Z").plus(Duration.ofHours(random.nextInt(11 * 24)));
      var to = from.plus(Duration.ofHours(random.nextInt(4) == 0 ? random.nextInt(40) : 0));
      return new Use(
          "%06d".formatted(number),
          "s" + random.nextInt(CUSTOMERS),
          from,
          to,
          BigDecimal.valueOf(random.nextInt(100_000), 3),
          String.valueOf((char) ('a' + random.nextInt(5))),
          from);
    }

    BigDecimal seconds() {
      return BigDecimal.valueOf(Duration.between(from, to).toSeconds());
    }

    String line() {
      return String.join(
          ",", id, subject, from.toString(), to.toString(), quantity.toPlainString(), model);
    }

    /// The record, or what of it lies in [first, next); nothing if it is another day's.
    List<Use> within(Instant first, Instant next, String attribution) {
      if (attribution.equals("split")) {
        var starts = from.isBefore(first) ? first : from;
        var ends = to.isAfter(next) ? next : to;
        return starts.isBefore(ends)
            ? List.of(new Use(id, subject, starts, ends, quantity, model, starts))
            : List.of();
      }
      var instant = attribution.equals("end") && from.isBefore(to) ? to.minusNanos(1_000) : from;
      return !instant.isBefore(first) && instant.isBefore(next)
          ? List.of(new Use(id, subject, from, to, quantity, model, instant))
          : List.of();
    }
  }
}
