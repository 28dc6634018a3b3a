package org.tallystick.domain.wallet;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.money.Rounding;

/// What a job on a device costs: `price` credits (not negative) for each unit of the `metric`, from
/// the wallets of `units`, in this order. A run is taken for `secondsPerRun` (not negative) before
/// anybody knows how long it takes.
public record JobPrice(
    Metric metric, BigDecimal price, BigDecimal secondsPerRun, List<String> units) {

  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

  public JobPrice {
    units = List.copyOf(units);
    requireNotNegative("price", price);
    requireNotNegative("secondsPerRun", secondsPerRun);
  }

  private static void requireNotNegative(String name, BigDecimal value) {
    if (value.signum() < 0) {
      throw new IllegalArgumentException(name + " must not be negative, was " + value);
    }
  }

  /// What so many runs (not negative) are expected to cost.
  public BigDecimal estimate(long runs) {
    var count = BigDecimal.valueOf(runs);
    return switch (metric) {
      case SHOT -> credits(Fraction.of(count));
      case HOUR -> credits(Fraction.of(count.multiply(secondsPerRun), SECONDS_PER_HOUR));
    };
  }

  /// What a job came to that has ended; empty if it doesn't say what its price is for: its runs, or
  /// when it started and that it ended no earlier.
  public Optional<BigDecimal> cost(Optional<Long> runs, Optional<Instant> start, Instant end) {
    return switch (metric) {
      case SHOT -> runs.map(BigDecimal::valueOf).map(Fraction::of).map(this::credits);
      case HOUR ->
          start
              .filter(begun -> !end.isBefore(begun))
              .map(begun -> Fraction.of(seconds(Duration.between(begun, end)), SECONDS_PER_HOUR))
              .map(this::credits);
    };
  }

  private BigDecimal credits(Fraction quantity) {
    return Rounding.credits(quantity.times(price));
  }

  private static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
  }

  /// What is counted.
  public enum Metric {
    SHOT,
    HOUR
  }
}
