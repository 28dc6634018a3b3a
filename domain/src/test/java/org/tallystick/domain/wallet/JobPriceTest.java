package org.tallystick.domain.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tallystick.domain.wallet.JobPrice.Metric;

/// What jobs cost; figures by hand.
class JobPriceTest {

  private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void countsShots() {
    var price = price(Metric.SHOT, "0.02", "0");
    assertThat(price.estimate(500)).isEqualByComparingTo("10");
    assertThat(price.cost(Optional.of(480L), Optional.empty(), TEN))
        .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("9.6"));
    assertThat(price.cost(Optional.empty(), Optional.of(TEN), TEN)).isEmpty();
  }

  /// An hour and a half at 0.5 is 0.75; a third of an hour at 1 has no end, and is rounded once.
  @Test
  void countsHoursToTheNanosecond() {
    var price = price(Metric.HOUR, "0.5", "0");
    assertThat(price.estimate(200)).isZero();
    assertThat(price.cost(Optional.empty(), Optional.of(TEN), TEN.plusSeconds(5400)))
        .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("0.75"));
    assertThat(
            price(Metric.HOUR, "1", "0")
                .cost(Optional.empty(), Optional.of(TEN), TEN.plusSeconds(1200)))
        .hasValueSatisfying(cost -> assertThat(cost).isEqualTo("0.33333333333333333333"));
    assertThat(price.cost(Optional.empty(), Optional.of(TEN), TEN.plusNanos(1_800_000_000)))
        .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("0.00025"));
    assertThat(price.cost(Optional.of(1L), Optional.of(TEN), TEN)).isPresent();
    assertThat(price.cost(Optional.of(1L), Optional.of(TEN), TEN.minusNanos(1))).isEmpty();
    assertThat(price.cost(Optional.of(1L), Optional.empty(), TEN)).isEmpty();
  }

  /// 7,200 runs of a second and a half are three hours.
  @Test
  void expectsARunToTakeItsTime() {
    assertThat(price(Metric.HOUR, "0.5", "1.5").estimate(7200)).isEqualByComparingTo("1.5");
  }

  @Test
  void refusesPricesBelowZero() {
    assertThatThrownBy(() -> price(Metric.SHOT, "-1", "0"))
        .hasMessage("price must not be negative, was -1");
    assertThatThrownBy(() -> price(Metric.SHOT, "1", "-1"))
        .hasMessage("secondsPerRun must not be negative, was -1");
  }

  private static JobPrice price(Metric metric, String price, String secondsPerRun) {
    return new JobPrice(
        metric, new BigDecimal(price), new BigDecimal(secondsPerRun), List.of("qpu"));
  }
}
