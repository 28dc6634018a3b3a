package org.tallystick.domain.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.tallystick.domain.catalog.PricingModel;
import org.tallystick.domain.catalog.PricingModel.Dynamic;
import org.tallystick.domain.catalog.PricingModel.Flat;
import org.tallystick.domain.catalog.PricingModel.Graduated;
import org.tallystick.domain.catalog.PricingModel.Packages;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.PricingModel.Volume;
import org.tallystick.domain.catalog.Rate;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge.Fee;
import org.tallystick.domain.catalog.Spend;
import org.tallystick.domain.catalog.Tiers;

/// A bill as somebody would work it out with a pencil: whole units, one after the other, in tenths
/// of a thousandth of a cent. Slow, and in another style than the engine on purpose.
final class NaiveRater {

  private final RateCard card;
  private final int days;
  private final boolean isRoundedByPart;

  NaiveRater(RateCard card) {
    this(card, 30, false);
  }

  /// For `days` of a period of 30.
  NaiveRater(RateCard card, int days, boolean isRoundedByPart) {
    this.card = card;
    this.days = days;
    this.isRoundedByPart = isRoundedByPart;
  }

  /// What is missing to the minimum once `net` is rounded.
  BigDecimal shortfall(BigDecimal net) {
    return share(card.spend().min()).subtract(cents(net)).max(BigDecimal.ZERO);
  }

  /// What a commitment adds to what was `spent` in `days` of 30, or takes off.
  static BigDecimal commitment(Spend spend, int days, BigDecimal spent) {
    var least = share(spend.min(), days);
    var most = spend.max().map(max -> share(max, days)).orElse(spent);
    return spent.compareTo(least) < 0
        ? least.subtract(spent)
        : most.subtract(spent).min(BigDecimal.ZERO);
  }

  private static BigDecimal cents(BigDecimal money) {
    return money.setScale(2, RoundingMode.HALF_UP);
  }

  private BigDecimal share(BigDecimal money) {
    return share(money, days);
  }

  private static BigDecimal share(BigDecimal money, int days) {
    return days == 30
        ? money
        : cents(money)
            .multiply(BigDecimal.valueOf(days))
            .divide(BigDecimal.valueOf(30), 2, RoundingMode.HALF_UP);
  }

  private BigDecimal rounded(BigDecimal money) {
    return isRoundedByPart ? cents(money) : money;
  }

  /// What `units` whole units of a service period cost, exactly.
  BigDecimal net(int units) {
    int counted = counted(units);
    int free = Math.min(counted, card.discounts().unitsFree().intValueExact() * days / 30);
    boolean isFee = card.charge() instanceof Fee || card.price() instanceof Flat;
    var left = share(card.discounts().amount());
    var net = BigDecimal.ZERO;
    for (var exact : rows(counted - free)) {
      var row = rounded(isFee ? share(exact) : exact);
      var percent = row.multiply(card.discounts().percent()).movePointLeft(2);
      var discounted = row.subtract(rounded(percent));
      var off = discounted.min(left);
      left = left.subtract(off);
      net = net.add(discounted).subtract(off);
    }
    return card.spend().max().isPresent() ? net.min(share(card.spend().max().get())) : net;
  }

  private int counted(int units) {
    int step = card.counting().step().intValueExact();
    int counted = units;
    if (step > 0) {
      int below = units / step * step;
      int rest = units - below;
      boolean goesUp =
          switch (card.counting().mode()) {
            case UP -> rest > 0;
            case HALF_UP -> 2 * rest >= step;
            default -> false;
          };
      counted = goesUp ? below + step : below;
    }
    return Math.max(counted, card.counting().minimum().intValueExact());
  }

  /// The gross amounts, in the order that discounts take them.
  private List<BigDecimal> rows(int units) {
    var rows = new ArrayList<BigDecimal>();
    switch (card.price()) {
      case Flat flat -> rows.add(flat.amount());
      case PerUnit each -> rows.add(oneByOne(units, each.unitPrice()));
      case Dynamic times -> rows.add(oneByOne(units, times.multiplier()));
      case Packages packages -> {
        int opened = 0;
        for (int used = 0; used < units; used += packages.size().intValueExact()) {
          opened++;
        }
        rows.add(oneByOne(opened, packages.amount()));
      }
      case Volume volume -> {
        var rate = rate(volume.tiers(), tierOf(volume.tiers(), units));
        rate.unit().ifPresent(price -> rows.add(oneByOne(units, price)));
        rate.flat().ifPresent(rows::add);
      }
      case Graduated graduated -> {
        int lastTier = tierOf(graduated.tiers(), units);
        for (int tier = 0; tier <= lastTier; tier++) {
          var rate = rate(graduated.tiers(), tier);
          int inTier = 0;
          for (int unit = 1; unit <= units; unit++) {
            inTier += tierOf(graduated.tiers(), unit) == tier ? 1 : 0;
          }
          int number = inTier;
          rate.unit().ifPresent(price -> rows.add(oneByOne(number, price)));
          rate.flat().ifPresent(rows::add);
        }
      }
    }
    return rows;
  }

  private static BigDecimal oneByOne(int units, BigDecimal price) {
    var sum = BigDecimal.ZERO;
    for (int unit = 0; unit < units; unit++) {
      sum = sum.add(price);
    }
    return sum;
  }

  private static int tierOf(Tiers tiers, int unit) {
    int tier = 0;
    while (tier < tiers.bounded().size()
        && BigDecimal.valueOf(unit).compareTo(tiers.bounded().get(tier).upTo()) > 0) {
      tier++;
    }
    return tier;
  }

  private static Rate rate(Tiers tiers, int tier) {
    return tier < tiers.bounded().size() ? tiers.bounded().get(tier).rate() : tiers.beyond();
  }

  /// Any of the pricing models, with up to four tiers.
  static PricingModel randomModel(RandomGenerator random, boolean isSplittable) {
    return switch (random.nextInt(isSplittable ? 5 : 6)) {
      case 0 -> new Flat(price(random));
      case 1 -> new PerUnit(price(random));
      case 2 -> new Graduated(tiers(random));
      case 3 -> new Packages(price(random), BigDecimal.valueOf(random.nextInt(1, 20)));
      case 4 -> new Dynamic(price(random));
      default -> new Volume(tiers(random));
    };
  }

  private static Tiers tiers(RandomGenerator random) {
    var bounded = new ArrayList<Tiers.Tier>();
    int upTo = 0;
    for (int n = random.nextInt(0, 4); n > 0; n--) {
      upTo += random.nextInt(1, 30);
      bounded.add(new Tiers.Tier(BigDecimal.valueOf(upTo), rate(random)));
    }
    return new Tiers(bounded, rate(random));
  }

  private static Rate rate(RandomGenerator random) {
    var flat = Optional.of(price(random)).filter(_ -> random.nextBoolean());
    var unit = Optional.of(price(random));
    return new Rate(flat, unit.filter(_ -> flat.isEmpty() || random.nextBoolean()));
  }

  static BigDecimal price(RandomGenerator random) {
    return BigDecimal.valueOf(random.nextInt(0, 50_000), random.nextInt(2, 5));
  }
}
