package org.tallystick.domain.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallystick.domain.catalog.Aggregation.MAX;
import static org.tallystick.domain.catalog.Aggregation.SUM;
import static org.tallystick.domain.catalog.Aggregation.UNIQUE_COUNT;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.domain.catalog.Meter.Attribution;
import org.tallystick.domain.catalog.Meter.Value;
import org.tallystick.domain.catalog.PricingModel.Flat;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.catalog.RateCard.Discounts;
import org.tallystick.domain.money.Fraction;

class RateCardTest {

  private static final BigDecimal NEGATIVE = new BigDecimal("-0.01");

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.01", "12.5", "99.99", "100", "100.00"})
  void takesFromNothingToEverythingOff(BigDecimal percent) {
    assertThat(new Discounts(BigDecimal.ZERO, percent, BigDecimal.ZERO).percent())
        .isEqualTo(percent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.01", "100.01", "1000"})
  void refusesMoreThanEverythingOff(BigDecimal percent) {
    assertThatThrownBy(() -> new Discounts(BigDecimal.ZERO, percent, BigDecimal.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("percent off must be 0 to 100, was " + percent);
  }

  @Test
  void refusesNegativeFreeUnitsPricesAndMinimumSpend() {
    assertThatThrownBy(() -> new Discounts(NEGATIVE, BigDecimal.ZERO, BigDecimal.ZERO))
        .hasMessage("free units must not be negative, was -0.01");
    assertThatThrownBy(() -> new Flat(NEGATIVE))
        .hasMessage("flat amount must not be negative, was -0.01");
    assertThatThrownBy(() -> new PerUnit(NEGATIVE))
        .hasMessage("unit price must not be negative, was -0.01");
    assertThatThrownBy(() -> card(NEGATIVE))
        .hasMessage("minimum spend must not be negative, was -0.01");
  }

  @Test
  void changesOnlyItsDiscounts() {
    var changed = new Discounts(new BigDecimal("500"), new BigDecimal("12.5"), BigDecimal.ZERO);
    var card = card(BigDecimal.TEN);
    assertThat(card.withDiscounts(changed).discounts()).isEqualTo(changed);
    assertThat(card.withDiscounts(changed).withDiscounts(Discounts.NONE)).isEqualTo(card);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  void refusesAMeterThatCountsNothing(BigDecimal factor) {
    assertThatThrownBy(() ->
            meter(Value.QUANTITY, SUM, Optional.empty(), Fraction.of(factor), Attribution.START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("factor must be positive, was " + factor);
  }

  @Test
  void refusesAMeterThatMeansNothing() {
    var dimension = Optional.of("model");
    assertThatThrownBy(() -> meter(Value.QUANTITY, SUM, dimension, Fraction.ONE, Attribution.START))
        .hasMessage("unique-count needs a dimension, and only it");
    assertThatThrownBy(() ->
            meter(Value.QUANTITY, UNIQUE_COUNT, Optional.empty(), Fraction.ONE, Attribution.END))
        .hasMessage("unique-count needs a dimension, and only it");
    assertThatThrownBy(
            () -> meter(Value.QUANTITY, SUM, Optional.empty(), Fraction.ONE, Attribution.SPLIT))
        .hasMessage("only a sum of seconds or unit-seconds can be split between service periods");
    assertThatThrownBy(
            () -> meter(Value.SECONDS, MAX, Optional.empty(), Fraction.ONE, Attribution.SPLIT))
        .hasMessage("only a sum of seconds or unit-seconds can be split between service periods");
  }

  private static Meter meter(
      Value value,
      Aggregation aggregation,
      Optional<String> dimension,
      Fraction factor,
      Attribution attribution) {
    return new Meter(
        "m", "job", Map.of(), value, aggregation, dimension, "hour", factor, attribution);
  }

  private static RateCard card(BigDecimal spendMin) {
    return RateCard.monthly(
            "node-hours", "Node-hours", new Usage("node-hours"), new PerUnit(BigDecimal.ONE))
        .withSpend(Spend.atLeast(spendMin));
  }
}
