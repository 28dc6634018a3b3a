package org.tallystick.domain.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.domain.catalog.PricingModel;
import org.tallystick.domain.catalog.PricingModel.Flat;
import org.tallystick.domain.catalog.PricingModel.Graduated;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.Rate;
import org.tallystick.domain.catalog.Tiers;
import org.tallystick.domain.catalog.Tiers.Tier;
import org.tallystick.domain.money.Fraction;

class PricingTest {

  /// The demo's: 1.20 up to 100, 0.95 up to 1,000, 0.80 up to 5,000, then 0.65.
  private static final Graduated DEMO =
      new Graduated(
          new Tiers(
              List.of(tier("100", "1.20"), tier("1000", "0.95"), tier("5000", "0.80")),
              Rate.perUnit(dec("0.65"))));

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # quantity | divisor | graduated | 0.60 a unit | flat 25.00
          0        | 1    | 0           | 0          | 25
          0.5      | 1    | 0.6         | 0.3        | 25
          1        | 3600 | 0.000333333333333333333333333333 | 0.000166666666666666666666666667 | 25
          99.99    | 1    | 119.988     | 59.994     | 25
          359999 | 3600 | 119.999666666666666666666666666667|59.999833333333333333333333333333|25
          100      | 1    | 120         | 60         | 25
          100.01   | 1    | 120.0095    | 60.006     | 25
          301      | 3    | 120.316666666666666666666666666667 | 60.2 | 25
          999.99   | 1    | 974.9905    | 599.994    | 25
          1000     | 1    | 975         | 600        | 25
          1000.01  | 1    | 975.008     | 600.006    | 25
          4999.99  | 1    | 4174.992    | 2999.994   | 25
          5000     | 1    | 4175        | 3000       | 25
          5000.01  | 1    | 4175.0065   | 3000.006   | 25
          1000000  | 1    | 650925      | 600000     | 25
          1e30     | 1    | 650000000000000000000000000925 | 6e29 | 25
          """,
      delimiter = '|')
  void pricesAtAndAroundTierBounds(
      String quantity, String divisor, BigDecimal graduated, BigDecimal unit, BigDecimal flat) {
    var q = Fraction.of(dec(quantity), dec(divisor));
    assertThat(price(DEMO, q).stored()).isEqualByComparingTo(graduated);
    assertThat(price(new PerUnit(dec("0.60")), q).stored()).isEqualByComparingTo(unit);
    assertThat(price(new Flat(dec("25.00")), q).stored()).isEqualByComparingTo(flat);
  }

  @Test
  void chargesTheUnitAtABoundToTheLowerTier() {
    assertThat(Pricing.price(DEMO, whole("100"))).containsExactly(part("tier-1", "100", "1.20"));
    assertThat(Pricing.price(DEMO, whole("1000")))
        .containsExactly(part("tier-1", "100", "1.20"), part("tier-2", "900", "0.95"));
    assertThat(Pricing.price(DEMO, whole("5000.01")))
        .containsExactly(
            part("tier-1", "100", "1.20"),
            part("tier-2", "900", "0.95"),
            part("tier-3", "4000", "0.80"),
            part("tier-4", "0.01", "0.65"));
  }

  @Test
  void leavesOutPartsThatNoUnitFellInto() {
    assertThat(Pricing.price(DEMO, Fraction.ZERO)).isEmpty();
    assertThat(Pricing.price(new PerUnit(BigDecimal.ONE), Fraction.ZERO)).isEmpty();
  }

  @Test
  void explainsFlatAndUnitPrices() {
    assertThat(Pricing.price(new Flat(dec("25.00")), whole("7")))
        .containsExactly(part("flat", "1", "25.00"));
    assertThat(Pricing.price(new PerUnit(dec("0.60")), whole("7")))
        .containsExactly(part("unit", "7", "0.60"));
  }

  @Test
  void pricesEverythingBeyondWhenThereIsNoBoundedTier() {
    var model = new Graduated(new Tiers(List.of(), Rate.perUnit(dec("2"))));
    assertThat(Pricing.price(model, whole("7"))).containsExactly(part("tier-1", "7", "2"));
  }

  @Test
  void refusesANegativeQuantity() {
    assertThatThrownBy(() -> Pricing.price(DEMO, whole("-0.01")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("quantity must not be negative, was -0.01");
  }

  @Test
  void chargesEachUnitAtThePriceOfItsTier() {
    var random = random(20);
    for (int i = 0; i < 20_000; i++) {
      int first = random.nextInt(1, 20);
      int second = random.nextInt(first + 1, 40);
      int[] cents = {random.nextInt(200), random.nextInt(200), random.nextInt(200)};
      int units = random.nextInt(0, 60);
      int expected = 0;
      for (int unit = 1; unit <= units; unit++) {
        expected += unit <= first ? cents[0] : unit <= second ? cents[1] : cents[2];
      }
      var bounded =
          List.of(
              new Tier(BigDecimal.valueOf(first), Rate.perUnit(BigDecimal.valueOf(cents[0], 2))),
              new Tier(BigDecimal.valueOf(second), Rate.perUnit(BigDecimal.valueOf(cents[1], 2))));
      var model = new Graduated(new Tiers(bounded, Rate.perUnit(BigDecimal.valueOf(cents[2], 2))));
      assertThat(price(model, Fraction.of(BigDecimal.valueOf(units))))
          .isEqualTo(Fraction.of(BigDecimal.valueOf(expected, 2)));
    }
  }

  @Test
  void graduatedPriceNeverFallsAndPartsCoverTheQuantity() {
    var random = random(21);
    for (int i = 0; i < 20_000; i++) {
      var model = new Graduated(tiers(random));
      var less = Fraction.of(decimal(random), BigDecimal.valueOf(random.nextInt(1, 3_601)));
      var more = less.plus(Fraction.of(decimal(random), BigDecimal.valueOf(7)));
      assertThat(price(model, more)).isGreaterThanOrEqualTo(price(model, less));
      var parts = Pricing.price(model, more);
      assertThat(parts.stream().map(PricedPart::quantity).reduce(Fraction.ZERO, Fraction::plus))
          .isEqualTo(more);
      assertThat(parts).allMatch(part -> part.quantity().signum() > 0);
      assertThat(parts.stream().map(PricedPart::amount).reduce(Fraction.ZERO, Fraction::plus))
          .isEqualTo(PricedPart.sum(parts));
    }
  }

  private static Fraction price(PricingModel model, Fraction quantity) {
    return PricedPart.sum(Pricing.price(model, quantity));
  }

  private static Tiers tiers(RandomGenerator random) {
    var bounded = new ArrayList<Tier>();
    var upTo = BigDecimal.ZERO;
    for (int n = random.nextInt(0, 5); n > 0; n--) {
      upTo = upTo.add(decimal(random)).add(dec("0.001"));
      bounded.add(new Tier(upTo, Rate.perUnit(decimal(random))));
    }
    return new Tiers(bounded, Rate.perUnit(decimal(random)));
  }

  private static BigDecimal decimal(RandomGenerator random) {
    return BigDecimal.valueOf(random.nextLong(0, 1_000_000), random.nextInt(0, 6));
  }

  private static PricedPart part(String key, String quantity, String unitPrice) {
    return PricedPart.of(key, whole(quantity), dec(unitPrice));
  }

  private static Tier tier(String upTo, String unitPrice) {
    return new Tier(dec(upTo), Rate.perUnit(dec(unitPrice)));
  }

  private static Fraction whole(String quantity) {
    return Fraction.of(dec(quantity));
  }

  private static BigDecimal dec(String value) {
    return new BigDecimal(value);
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
