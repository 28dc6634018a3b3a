package org.tallystick.domain.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.domain.catalog.PricingModel;
import org.tallystick.domain.catalog.PricingModel.Flat;
import org.tallystick.domain.catalog.PricingModel.Graduated;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.Rate;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.catalog.RateCard.Discounts;
import org.tallystick.domain.catalog.Spend;
import org.tallystick.domain.catalog.Tiers;
import org.tallystick.domain.catalog.Tiers.Tier;
import org.tallystick.domain.money.Fraction;

class RatingTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # quantity | free | percent | net at 1.20 a unit
          0      | 0   | 0    | 0
          0      | 500 | 12.5 | 0
          499.99 | 500 | 0    | 0
          500    | 500 | 0    | 0
          500.01 | 500 | 0    | 0.012
          600    | 500 | 0    | 120
          600    | 0   | 12.5 | 630
          600    | 500 | 12.5 | 105
          600    | 0   | 100  | 0
          600    | 0   | 99.99 | 0.072
          600.5  | 500 | 12.5 | 105.525
          1e30   | 500 | 12.5 | 1049999999999999999999999999475
          """,
      delimiter = '|')
  void takesFreeUnitsOffTheQuantityAndThePercentageOffThePrice(
      BigDecimal quantity, String free, String percent, BigDecimal net) {
    var rated = Rating.rate(card(new PerUnit(dec("1.20")), free, percent), Fraction.of(quantity));
    assertThat(rated.net()).isEqualTo(Fraction.of(net));
    assertThat(rated.netStored()).isEqualByComparingTo(net);
    assertThat(rated.quantity()).isEqualTo(Fraction.of(quantity));
  }

  @Test
  void explainsFreeUnitsThePriceAndANegativeDiscount() {
    var rated = Rating.rate(card(new PerUnit(dec("1.20")), "500", "12.5"), whole("600"));
    assertThat(rated.parts())
        .containsExactly(free("500"), part("unit", "100", "1.20"), off("unit", "120", "0.125"));
    assertThat(rated.parts().getLast().amount()).isEqualTo(whole("-15"));
  }

  @Test
  void showsOnlyWhatIsThere() {
    assertThat(Rating.rate(card(new PerUnit(dec("1")), "0", "0"), whole("2")).parts())
        .containsExactly(part("unit", "2", "1"));
    assertThat(Rating.rate(card(new PerUnit(dec("1")), "500", "10"), whole("2")).parts())
        .containsExactly(free("2"));
    assertThat(Rating.rate(card(new PerUnit(dec("1")), "500", "10"), Fraction.ZERO).parts())
        .isEmpty();
  }

  @Test
  void discountsAFlatPrice() {
    var rated = Rating.rate(card(new Flat(dec("25.00")), "0", "12.5"), Fraction.ONE);
    assertThat(rated.parts())
        .containsExactly(part("flat", "1", "25.00"), off("flat", "25", "0.125"));
    assertThat(rated.net()).isEqualTo(whole("21.875"));
  }

  @Test
  void keepsThirdsExact() {
    var rated =
        Rating.rate(card(new PerUnit(dec("0.60")), "0", "50"), Fraction.of(dec("1"), dec("7")));
    assertThat(rated.net()).isEqualTo(Fraction.of(dec("0.3"), dec("7")));
    assertThat(rated.netStored()).isEqualByComparingTo(dec("0.042857142857142857142857142857"));
  }

  @Test
  void ratesLikeWholeNumberArithmetic() {
    var random = random(30);
    for (int i = 0; i < 20_000; i++) {
      long seconds = random.nextLong(0, 10_000_000);
      long free = random.nextLong(0, 1_000);
      long cents = random.nextLong(0, 1_000);
      long permille = random.nextLong(0, 1_001);
      var rated =
          Rating.rate(
              card(
                  new PerUnit(BigDecimal.valueOf(cents, 2)),
                  Long.toString(free),
                  BigDecimal.valueOf(permille, 1).toPlainString()),
              Fraction.of(BigDecimal.valueOf(seconds), dec("3600")));
      long paid = Math.max(0, seconds - free * 3_600) * cents * (1_000 - permille);
      assertThat(rated.net()).isEqualTo(Fraction.of(BigDecimal.valueOf(paid), dec("360000000")));
    }
  }

  @Test
  void aPartWithoutAShareIsNotCappedAtNothing() {
    var card =
        card(new PerUnit(dec("1")), "0", "0").withSpend(new Spend(dec("0"), Optional.of(dec("9"))));
    var none = Portion.of(List.of(Fraction.ZERO), 0, Monetary.getCurrency("USD"));
    var rated = Rating.rate(card, none, whole("12"), UnaryOperator.identity());
    assertThat(rated.netStored()).isEqualByComparingTo("12");
  }

  /// A change of terms before anything was used: the flat price of no usage was due before it.
  @Test
  void whatContinuesNothingOwesNoFlatPriceAgain() {
    var tiers =
        new Tiers(
            List.of(new Tier(dec("5"), new Rate(Optional.of(dec("7")), Optional.of(dec("1"))))),
            Rate.perUnit(dec("2")));
    var card = card(new Graduated(tiers), "0", "0");
    var begun =
        Rating.rate(card, Portion.WHOLE, Fraction.ZERO, whole("6"), UnaryOperator.identity());
    var continued =
        Rating.continued(card, Portion.WHOLE, Fraction.ZERO, whole("6"), UnaryOperator.identity());
    assertThat(begun.netStored()).isEqualByComparingTo("14");
    assertThat(continued.netStored()).isEqualByComparingTo("7");
  }

  private static RateCard card(PricingModel price, String free, String percent) {
    return RateCard.monthly("node-hours", "Node-hours", new Usage("node-hours"), price)
        .withDiscounts(new Discounts(dec(free), dec(percent), BigDecimal.ZERO));
  }

  private static PricedPart free(String quantity) {
    return new PricedPart("free", Step.FREE, whole(quantity), BigDecimal.ZERO, Fraction.ZERO);
  }

  /// A percentage off `amount`.
  private static PricedPart off(String part, String amount, String rate) {
    return new PricedPart(
        part + "/percent-off",
        Step.PERCENT_OFF,
        whole(amount),
        dec(rate).negate(),
        whole(amount).times(dec(rate)).negated());
  }

  private static PricedPart part(String key, String quantity, String unitPrice) {
    return PricedPart.of(key, whole(quantity), dec(unitPrice));
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
