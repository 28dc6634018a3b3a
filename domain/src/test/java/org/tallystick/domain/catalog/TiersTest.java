package org.tallystick.domain.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.domain.catalog.Tiers.Tier;

class TiersTest {

  @ParameterizedTest
  @CsvSource({
    "0, tier up to 0 must end after 0",
    "-1, tier up to -1 must end after 0",
    "100 100, tier up to 100 must end after 100",
    "100 100.00, tier up to 100.00 must end after 100",
    "200 100, tier up to 100 must end after 200",
    "100 200 199.99, tier up to 199.99 must end after 200"
  })
  void refusesTiersThatDoNotRise(String bounds, String message) {
    assertThatThrownBy(() -> tiers(bounds))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.000001", "100", "100 100.01", "1 2 3", "1 99999999999999999999999999"})
  void takesTiersThatRise(String bounds) {
    assertThat(tiers(bounds).bounded()).hasSize(bounds.split(" ", -1).length);
  }

  @Test
  void takesOneRateForEverything() {
    assertThat(new Tiers(List.of(), Rate.perUnit(BigDecimal.ZERO)).bounded()).isEmpty();
  }

  @Test
  void refusesNegativePrices() {
    var negative = new BigDecimal("-0.01");
    assertThatThrownBy(() -> new Tier(new BigDecimal("100"), Rate.perUnit(negative)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unit price must not be negative, was -0.01");
    assertThatThrownBy(() -> new Tiers(List.of(), Rate.perUnit(negative)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unit price must not be negative, was -0.01");
  }

  @Test
  void keepsItsTiersWhateverBecomesOfTheList() {
    var bounded = new ArrayList<>(tiers("100 200").bounded());
    var tiers = new Tiers(bounded, Rate.perUnit(BigDecimal.ONE));
    bounded.clear();
    assertThat(tiers.bounded()).hasSize(2);
  }

  private static Tiers tiers(String bounds) {
    var bounded =
        Stream.of(bounds.split(" ", -1))
            .map(upTo -> new Tier(new BigDecimal(upTo), Rate.perUnit(BigDecimal.ONE)))
            .toList();
    return new Tiers(bounded, Rate.perUnit(BigDecimal.ONE));
  }
}
