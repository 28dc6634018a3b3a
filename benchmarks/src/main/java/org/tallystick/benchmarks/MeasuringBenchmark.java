package org.tallystick.benchmarks;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tallystick.domain.catalog.Match;
import org.tallystick.domain.catalog.PriceList;
import org.tallystick.domain.catalog.PriceList.Price;
import org.tallystick.domain.catalog.RecordRule;
import org.tallystick.domain.catalog.RecordRule.Increments;
import org.tallystick.domain.catalog.RecordRule.RecordPrice;
import org.tallystick.domain.catalog.TimeBand;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.rating.Measuring;
import org.tallystick.domain.rating.Measuring.Measured;
import org.tallystick.domain.rating.Measuring.Use;

/// One record of a thousand calls: counted in increments, and priced by a list of ten rows, of
/// prefixes by day and by night.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MeasuringBenchmark {

  private static final int RECORDS = 1_000;
  private static final Fraction MINUTES = Fraction.of(BigDecimal.ONE, new BigDecimal("60"));

  private final List<Use> uses = new ArrayList<>();
  private final RecordRule rule =
      new RecordRule(
          new Increments(new BigDecimal("60"), new BigDecimal("6")),
          Optional.of(
              new RecordPrice(
                  new PriceList(List.of("destination"), prices(), Set.of()),
                  new BigDecimal("0.05"),
                  BigDecimal.ZERO,
                  Optional.of(new BigDecimal("20")),
                  2,
                  Optional.of(6))));

  @Setup
  public void prepare() {
    var random = new Random(7);
    var first = LocalDateTime.of(2025, 3, 1, 0, 0);
    for (int n = 0; n < RECORDS; n++) {
      uses.add(
          new Use(
              "switch/" + n,
              first.plusSeconds(n * 43L),
              BigDecimal.valueOf(random.nextInt(3_600)),
              Map.of("destination", String.valueOf(4_300_000_000L + random.nextInt(900_000_000)))));
    }
  }

  private static List<Price> prices() {
    var prices = new ArrayList<Price>();
    var night =
        new TimeBand(EnumSet.allOf(DayOfWeek.class), true, LocalTime.of(20, 0), LocalTime.of(8, 0));
    for (var prefix : List.of("", "43", "431", "436", "44")) {
      prices.add(price(prefix, Optional.empty(), "0.12"));
      prices.add(price(prefix, Optional.of(night), "0.06"));
    }
    return prices;
  }

  private static Price price(String prefix, Optional<TimeBand> band, String unit) {
    return new Price(
        Map.of("destination", new Match.Prefix(prefix)),
        Optional.empty(),
        Optional.empty(),
        band,
        new BigDecimal(unit));
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public List<Measured> measure() {
    return Measuring.measure(rule, MINUTES, uses);
  }
}
