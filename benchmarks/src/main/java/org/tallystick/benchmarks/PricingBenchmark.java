package org.tallystick.benchmarks;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tallystick.domain.catalog.PricingModel;
import org.tallystick.domain.catalog.PricingModel.Dynamic;
import org.tallystick.domain.catalog.PricingModel.Flat;
import org.tallystick.domain.catalog.PricingModel.Graduated;
import org.tallystick.domain.catalog.PricingModel.Packages;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.PricingModel.Volume;
import org.tallystick.domain.catalog.Rate;
import org.tallystick.domain.catalog.Tiers;
import org.tallystick.domain.catalog.Tiers.Tier;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.rating.PricedPart;
import org.tallystick.domain.rating.Pricing;

/// The parts of a price and their sum, for each model at five tiers with a unit price and a flat
/// price each. The quantity reaches into the last tier; `seconds` is one that is summed in seconds
/// and priced in hours.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PricingBenchmark {

  @Param({"flat", "unit", "graduated", "volume", "package", "dynamic"})
  public String model = "";

  @Param({"whole", "seconds"})
  public String quantity = "";

  private PricingModel price = new Flat(BigDecimal.ONE);
  private Fraction units = Fraction.ONE;

  @Setup
  public void prepare() {
    price =
        switch (model) {
          case "flat" -> new Flat(new BigDecimal("25.00"));
          case "unit" -> new PerUnit(new BigDecimal("0.60"));
          case "graduated" -> new Graduated(tiers());
          case "volume" -> new Volume(tiers());
          case "package" -> new Packages(new BigDecimal("15"), BigDecimal.TEN);
          case "dynamic" -> new Dynamic(new BigDecimal("1.33333"));
          default -> throw new IllegalArgumentException(model);
        };
    units =
        quantity.equals("whole")
            ? Fraction.of(new BigDecimal("12345.678"))
            : Fraction.of(new BigDecimal("44444441"), new BigDecimal("3600"));
  }

  private static Tiers tiers() {
    var bounded = new ArrayList<Tier>();
    for (int upTo : List.of(100, 1_000, 5_000, 10_000)) {
      bounded.add(new Tier(BigDecimal.valueOf(upTo), rate()));
    }
    return new Tiers(bounded, rate());
  }

  private static Rate rate() {
    return new Rate(Optional.of(new BigDecimal("10")), Optional.of(new BigDecimal("0.95")));
  }

  @Benchmark
  public Fraction price() {
    return PricedPart.sum(Pricing.price(price, units));
  }
}
