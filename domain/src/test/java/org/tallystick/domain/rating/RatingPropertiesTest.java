package org.tallystick.domain.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.tallystick.domain.catalog.Counting;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.catalog.RateCard.Discounts;
import org.tallystick.domain.catalog.Spend;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.money.Rounding;

/// What holds for every price, over random contracts with all features mixed.
class RatingPropertiesTest {

  private static final int CASES = 20_000;
  private static final CurrencyUnit USD = Monetary.getCurrency("USD");

  @Test
  void agreesWithTheNaiveRater() {
    var random = random(50);
    for (int i = 0; i < CASES; i++) {
      var card = card(random, false);
      int units = random.nextInt(0, 120);
      assertThat(Rating.rate(card, units(units)).netStored())
          .as("case %s: %s units of %s", i, units, card)
          .isEqualByComparingTo(new NaiveRater(card).net(units));
    }
  }

  @Test
  void splitsSumToTheWholeToTheCentPartByPart() {
    var random = random(51);
    for (int i = 0; i < CASES; i++) {
      var card = card(random, true);
      int first = random.nextInt(1, 60);
      int second = random.nextInt(0, 60);
      int third = random.nextInt(0, 60);
      var rounding = random.nextBoolean() ? Rounding.to(USD) : UnaryOperator.<Fraction>identity();
      var a = Rating.rate(card, Portion.WHOLE, Fraction.ZERO, units(first), rounding);
      var b = Rating.rate(card, Portion.WHOLE, units(first), units(second), rounding);
      var c = Rating.rate(card, Portion.WHOLE, units(first + second), units(third), rounding);
      var whole =
          Rating.rate(card, Portion.WHOLE, Fraction.ZERO, units(first + second + third), rounding);
      assertThat(a.net().plus(b.net()).plus(c.net()))
          .as("case %s: %s + %s + %s units of %s", i, first, second, third, card)
          .isEqualTo(whole.net());
      for (var part : whole.parts()) {
        if (part.step() == Step.PRICE) {
          assertThat(amount(a, part).plus(amount(b, part)).plus(amount(c, part)))
              .isEqualTo(part.amount());
        }
      }
    }
  }

  /// A split is what an independent walk over its own units comes to: of graduated prices without
  /// flat parts, the units one after the other.
  @Test
  void aSplitIsTheWalkOverItsOwnUnits() {
    var random = random(52);
    for (int i = 0; i < CASES; i++) {
      var card = card(random, true);
      int before = random.nextInt(1, 60);
      int more = random.nextInt(0, 60);
      var naive = new NaiveRater(card);
      assertThat(
              Rating.rate(card, Portion.WHOLE, units(before), units(more), UnaryOperator.identity())
                  .netStored())
          .as("case %s: %s units after %s of %s", i, more, before, card)
          .isEqualByComparingTo(naive.net(before + more).subtract(naive.net(before)));
    }
  }

  @Test
  void neitherThePriceNorAnyPartFallsWithQuantityBelowZeroOrAboveTheMaximum() {
    var random = random(53);
    for (int i = 0; i < CASES; i++) {
      var card = card(random, true);
      int less = random.nextInt(0, 60);
      var cheaper = Rating.rate(card, units(less));
      var dearer = Rating.rate(card, units(less + random.nextInt(0, 60)));
      assertThat(dearer.net()).as("case %s: %s", i, card).isGreaterThanOrEqualTo(cheaper.net());
      assertThat(cheaper.net().signum()).isNotNegative();
      card.spend()
          .max()
          .ifPresent(max -> assertThat(dearer.net()).isLessThanOrEqualTo(Fraction.of(max)));
      for (var part : dearer.parts()) {
        assertThat(part.amount().signum())
            .as(part.key())
            .isIn(part.key().contains("/") ? new Integer[] {-1} : new Integer[] {0, 1});
      }
      assertThat(PricedPart.sum(dearer.parts())).isEqualTo(dearer.net());
    }
  }

  @Test
  void theShortfallFillsUpToTheMinimumToTheCent() {
    var random = random(54);
    for (int i = 0; i < CASES; i++) {
      var card = card(random, true);
      var billed = Rounding.round(Rating.rate(card, units(random.nextInt(0, 99))).net(), USD);
      var shortfall = PricedPart.sumStored(Rating.shortfall(card, Portion.WHOLE, billed, USD));
      assertThat(billed.add(shortfall)).isEqualByComparingTo(billed.max(card.spend().min()));
    }
  }

  private static Fraction amount(RatedCharge charge, PricedPart part) {
    return charge.parts().stream()
        .filter(other -> other.key().equals(part.key()))
        .map(PricedPart::amount)
        .reduce(Fraction.ZERO, Fraction::plus);
  }

  static RateCard card(RandomGenerator random, boolean isSplittable) {
    var min = BigDecimal.valueOf(random.nextInt(0, 20_000), 2);
    var max =
        Optional.of(min.add(BigDecimal.valueOf(random.nextInt(0, 20_000), 2)))
            .filter(_ -> random.nextBoolean());
    return RateCard.monthly(
            "random", "Random", new Usage("m"), NaiveRater.randomModel(random, isSplittable))
        .withCounting(random.nextBoolean() ? Counting.AS_METERED : counting(random))
        .withDiscounts(
            new Discounts(
                BigDecimal.valueOf(random.nextBoolean() ? 0 : random.nextInt(0, 60)),
                BigDecimal.valueOf(random.nextBoolean() ? 0 : random.nextInt(0, 1_001), 1),
                BigDecimal.valueOf(random.nextBoolean() ? 0 : random.nextInt(0, 5_000), 2)))
        .withSpend(new Spend(min, max));
  }

  private static Counting counting(RandomGenerator random) {
    RoundingMode[] modes = {RoundingMode.UP, RoundingMode.DOWN, RoundingMode.HALF_UP};
    return new Counting(
        BigDecimal.valueOf(random.nextInt(1, 12)),
        modes[random.nextInt(3)],
        BigDecimal.valueOf(random.nextInt(0, 30)));
  }

  private static Fraction units(int units) {
    return Fraction.of(BigDecimal.valueOf(units));
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
