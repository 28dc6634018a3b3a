package org.tallystick.domain.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.tallystick.domain.catalog.Match;
import org.tallystick.domain.catalog.PriceList;
import org.tallystick.domain.catalog.PriceList.Price;
import org.tallystick.domain.catalog.Proration;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge.Commitment;
import org.tallystick.domain.catalog.RateCard.Charge.Fee;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.catalog.RateCard.Discounts;
import org.tallystick.domain.catalog.RecordRule;
import org.tallystick.domain.catalog.RecordRule.Increments;
import org.tallystick.domain.catalog.RecordRule.RecordPrice;
import org.tallystick.domain.catalog.Spend;
import org.tallystick.domain.catalog.TimeBand;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.money.Rounding;
import org.tallystick.domain.rating.Measuring.Measured;
import org.tallystick.domain.rating.Measuring.Use;
import org.tallystick.domain.time.ServicePeriod;
import org.threeten.extra.PeriodDuration;

/// One month of random contracts, from single records to the amount that is invoiced, with every
/// feature mixed: the engine agrees with a clerk who goes record by record, unit by unit, and day
/// by day ([NaiveRater]).
class ContractOracleTest {

  private static final CurrencyUnit USD = Monetary.getCurrency("USD");
  private static final LocalDate APRIL = LocalDate.of(2025, 4, 1);
  private static final List<String> PREFIXES = List.of("", "4", "43", "436", "4366");

  @Test
  void agreesWithAClerkOnTenThousandContracts() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(70);
    for (int i = 0; i < 10_000; i++) {
      int days = random.nextInt(3) == 0 ? 30 : random.nextInt(1, 30);
      boolean isRoundedByPart = random.nextBoolean();
      var spent = BigDecimal.ZERO;
      for (int item = 0; item < 1 + i % 3; item++) {
        spent = spent.add(agreed("case " + i, random, days, isRoundedByPart));
      }
      var spend = spend(random, spent.intValue() + 1);
      var commitment =
          RateCard.commitment(
              "all",
              "All",
              new Commitment(List.of("several")),
              Optional.of(PeriodDuration.of(Period.ofMonths(1))),
              Proration.ACTUAL,
              spend);
      var charge =
          Rating.rate(commitment, portion(days), Fraction.of(spent), UnaryOperator.identity());
      assertThat(charge.netStored())
          .as("case %s: %s days, %s of %s", i, days, spent, spend)
          .isEqualByComparingTo(NaiveRater.commitment(spend, days, spent));
    }
  }

  private static Spend spend(RandomGenerator random, int about) {
    var amount = BigDecimal.valueOf(random.nextInt(1, 2 * about + 1));
    return random.nextBoolean()
        ? Spend.atLeast(amount)
        : new Spend(BigDecimal.ZERO, Optional.of(amount));
  }

  /// What a random item costs, its shortfall aside.
  private static BigDecimal agreed(
      String what, RandomGenerator random, int days, boolean isRoundedByPart) {
    var rule = random.nextInt(3) == 0 ? Optional.<RecordRule>empty() : Optional.of(rule(random));
    var card = card(random, rule);
    var uses = uses(random);

    int seats = card.charge() instanceof Fee(_, var quantity) ? quantity.intValueExact() : 1;
    int units = card.charge() instanceof Fee ? seats : clerk(rule, uses);
    var clerk = new NaiveRater(card, days, isRoundedByPart);
    var net = clerk.net(units);

    var portion = portion(days);
    var rounding = isRoundedByPart ? Rounding.to(USD) : UnaryOperator.<Fraction>identity();
    var quantity = card.charge() instanceof Fee ? Fraction.ONE : engine(rule, uses);
    var charge = Rating.rate(card, portion, quantity, rounding);
    var billed = Rounding.round(charge.net(), USD);
    var shortfall = PricedPart.sumStored(Rating.shortfall(card, portion, billed, USD));

    var context = "%s: %s days, %s, %s".formatted(what, days, card, uses);
    assertThat(charge.netStored()).as(context).isEqualByComparingTo(net);
    assertThat(shortfall).as(context).isEqualByComparingTo(clerk.shortfall(net));
    if (card.charge() instanceof Usage && card.price().isSplittable()) {
      int more = random.nextInt(0, 60);
      var rest =
          Rating.continued(
              card, portion, quantity, Fraction.of(BigDecimal.valueOf(more)), rounding);
      assertThat(rest.netStored())
          .as("%s, then %s", context, more)
          .isEqualByComparingTo(clerk.net(units + more).subtract(net));
    }
    return billed;
  }

  private static Portion portion(int days) {
    var vienna = ZoneId.of("Europe/Vienna");
    var full = new ServicePeriod(start(APRIL, vienna), start(APRIL.plusMonths(1), vienna));
    var part = new ServicePeriod(full.starts(), start(APRIL.plusDays(days), vienna));
    return Portion.of(Proration.ACTUAL.shares(full, List.of(part), vienna), 0, USD);
  }

  private static Instant start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  private static Fraction engine(Optional<RecordRule> rule, List<Use> uses) {
    return rule.map(each ->
            Measuring.measure(each, Fraction.ONE, uses).stream()
                .map(Measured::amount)
                .reduce(Fraction.ZERO, Fraction::plus))
        .orElseGet(() ->
            Fraction.of(uses.stream().map(Use::value).reduce(BigDecimal.ZERO, BigDecimal::add)));
  }

  /// Record after record, second after second, the price with the longest prefix by trying all.
  private static int clerk(Optional<RecordRule> rule, List<Use> uses) {
    int total = 0;
    int number = 0;
    for (var use : uses) {
      int value = use.value().intValueExact();
      int counted = value;
      if (rule.isPresent() && value > 0) {
        int first = rule.get().increments().first().intValueExact();
        int then = rule.get().increments().then().intValueExact();
        counted = Math.max(first, then == 0 ? value : first);
        while (counted < value) {
          counted += then;
        }
      }
      var charge = rule.flatMap(RecordRule::price);
      total += charge.isEmpty() ? counted : cost(charge.get(), use, counted, number);
      number++;
    }
    return total;
  }

  private static int cost(RecordPrice charge, Use use, int counted, int number) {
    if (number < charge.free()) {
      return 0;
    }
    boolean isNight = use.at().getHour() >= 20 || use.at().getHour() < 8;
    var destination = use.dimensions().getOrDefault("destination", "");
    Price best = null;
    for (var prefix : PREFIXES) {
      for (var price : charge.prices().prices()) {
        boolean isItsPrefix = price.where().equals(where(prefix));
        boolean isItsTime = price.band().isEmpty() || isNight;
        boolean isBetter =
            best == null || price.band().isPresent() || !best.where().equals(price.where());
        if (isItsPrefix && isItsTime && isBetter && destination.startsWith(prefix)) {
          best = price;
        }
      }
    }
    int unit = best == null ? 0 : best.unit().intValueExact();
    int cost = counted * unit + charge.fee().intValueExact();
    cost = Math.max(cost, charge.min().intValueExact());
    return charge.max().isPresent() ? Math.min(cost, charge.max().get().intValueExact()) : cost;
  }

  private static Map<String, Match> where(String prefix) {
    return prefix.isEmpty()
        ? Map.of("destination", new Match.Any())
        : Map.of("destination", new Match.Prefix(prefix));
  }

  private static List<Use> uses(RandomGenerator random) {
    return IntStream.range(0, random.nextInt(0, 8))
        .mapToObj(n ->
            new Use(
                "use " + n,
                LocalDateTime.of(2025, 4, 1 + n, random.nextInt(24), 0),
                BigDecimal.valueOf(random.nextInt(0, 40)),
                Map.of("destination", "4366".substring(0, random.nextInt(5)) + "9")))
        .toList();
  }

  private static RecordRule rule(RandomGenerator random) {
    var increments = new Increments(whole(random, 10), whole(random, 7));
    if (random.nextInt(3) == 0) {
      return new RecordRule(increments, Optional.empty());
    }
    var prices = new ArrayList<Price>();
    for (var prefix : PREFIXES) {
      if (prefix.isEmpty() || random.nextBoolean()) {
        prices.add(price(prefix, Optional.empty(), random));
        if (random.nextBoolean()) {
          var night =
              new TimeBand(
                  Set.of(DayOfWeek.values()), true, LocalTime.of(20, 0), LocalTime.of(8, 0));
          prices.add(price(prefix, Optional.of(night), random));
        }
      }
    }
    var min = whole(random, 20);
    return new RecordRule(
        increments,
        Optional.of(
            new RecordPrice(
                new PriceList(List.of("destination"), shuffled(prices, random), Set.of()),
                whole(random, 5),
                min,
                Optional.of(min.add(whole(random, 60))).filter(_ -> random.nextBoolean()),
                random.nextInt(0, 3),
                Optional.of(2).filter(_ -> random.nextBoolean()))));
  }

  private static List<Price> shuffled(List<Price> prices, RandomGenerator random) {
    var shuffled = new ArrayList<Price>();
    prices.forEach(price -> shuffled.add(random.nextInt(shuffled.size() + 1), price));
    return shuffled;
  }

  private static Price price(String prefix, Optional<TimeBand> band, RandomGenerator random) {
    return new Price(where(prefix), Optional.empty(), Optional.empty(), band, whole(random, 4));
  }

  private static BigDecimal whole(RandomGenerator random, int below) {
    return BigDecimal.valueOf(random.nextInt(0, below));
  }

  private static RateCard card(RandomGenerator random, Optional<RecordRule> rule) {
    var card = RatingPropertiesTest.card(random, false);
    var free = BigDecimal.valueOf(random.nextBoolean() ? 0 : 30 * random.nextInt(1, 3));
    card =
        card.withDiscounts(
            new Discounts(free, card.discounts().percent(), card.discounts().amount()));
    if (rule.isPresent()) {
      return card.withRecords(rule.get());
    }
    return random.nextBoolean()
        ? card
        : RateCard.monthly(
                "fee", "Fee", new Fee(random.nextBoolean(), whole(random, 9)), card.price())
            .withDiscounts(card.discounts())
            .withSpend(card.spend());
  }
}
