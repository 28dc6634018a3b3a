package org.tallystick.benchmarks;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.money.Monetary;
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
import org.tallystick.domain.catalog.PricingModel.Graduated;
import org.tallystick.domain.catalog.Rate;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.catalog.RateCard.Discounts;
import org.tallystick.domain.catalog.Spend;
import org.tallystick.domain.catalog.Tiers;
import org.tallystick.domain.catalog.Tiers.Tier;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.money.Rounding;
import org.tallystick.domain.rating.Portion;
import org.tallystick.domain.rating.RatedCharge;
import org.tallystick.domain.rating.Rating;

/// The whole rating of one service period that is summed in seconds and priced in hours: free
/// units, five graduated tiers with a unit price and a flat price each, a percentage and an amount
/// off, a maximum spend. Money is rounded once, per line, or per part.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RatingBenchmark {

  private static final Fraction HOURS =
      Fraction.of(new BigDecimal("44444441"), new BigDecimal("3600"));

  @Param({"per-line", "per-part"})
  public String rounding = "";

  private RateCard card =
      RateCard.monthly("hours", "Hours", new Usage("seconds"), new Graduated(tiers()));
  private UnaryOperator<Fraction> parts = UnaryOperator.identity();

  @Setup
  public void prepare() {
    card =
        card.withDiscounts(
                new Discounts(
                    new BigDecimal("100"), new BigDecimal("12.5"), new BigDecimal("50.00")))
            .withSpend(new Spend(new BigDecimal("10"), Optional.of(new BigDecimal("9000"))));
    parts =
        switch (rounding) {
          case "per-line" -> UnaryOperator.identity();
          case "per-part" -> Rounding.to(Monetary.getCurrency("USD"));
          default -> throw new IllegalArgumentException(rounding);
        };
  }

  private static Tiers tiers() {
    var bounded = new ArrayList<Tier>();
    for (int upTo : List.of(100, 1_000, 5_000, 10_000)) {
      bounded.add(new Tier(BigDecimal.valueOf(upTo), each()));
    }
    return new Tiers(bounded, each());
  }

  private static Rate each() {
    return new Rate(Optional.of(new BigDecimal("10")), Optional.of(new BigDecimal("0.95")));
  }

  @Benchmark
  public RatedCharge rate() {
    return Rating.rate(card, Portion.WHOLE, HOURS, parts);
  }
}
