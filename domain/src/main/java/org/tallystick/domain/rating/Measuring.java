package org.tallystick.domain.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallystick.domain.catalog.PriceList.Price;
import org.tallystick.domain.catalog.RecordRule;
import org.tallystick.domain.catalog.RecordRule.Increments;
import org.tallystick.domain.catalog.RecordRule.RecordPrice;
import org.tallystick.domain.money.Fraction;

/// Applies a record rule to the records of one service period.
public final class Measuring {

  private Measuring() {}

  /// What of a usage record a rule asks for: when it began, on the clocks of the billing zone, its
  /// value in base units, its dimensions. `name` is how messages call it.
  public record Use(
      String name, LocalDateTime at, BigDecimal value, Map<String, String> dimensions) {}

  /// A record as it counts: its units, and what goes into the sum (the units, or their cost).
  /// `price` is what it was priced at; a record to be priced without one has none in the list, or
  /// is below zero: what it takes back of fees, least and greatest amounts is nobody's guess.
  public record Measured(Use use, Fraction units, Fraction amount, Optional<Price> price) {}

  /// The records of one service period, in the order of time, source and id, each as it counts.
  /// `factor` turns base units into the unit that is priced.
  public static List<Measured> measure(RecordRule rule, Fraction factor, List<Use> uses) {
    var measured = new ArrayList<Measured>();
    for (var use : uses) {
      var units = factor.times(counted(rule.increments(), use.value()));
      measured.add(
          rule.price().isEmpty()
              ? new Measured(use, units, units, Optional.empty())
              : priced(rule.price().get(), use, units, measured.size()));
    }
    return measured;
  }

  private static BigDecimal counted(Increments increments, BigDecimal value) {
    if (value.signum() <= 0) {
      return value;
    }
    if (value.compareTo(increments.first()) <= 0) {
      return increments.first();
    }
    var beyond = value.subtract(increments.first());
    return increments.then().signum() == 0
        ? value
        : beyond
            .divide(increments.then(), 0, RoundingMode.UP)
            .multiply(increments.then())
            .add(increments.first());
  }

  private static Measured priced(RecordPrice recordPrice, Use use, Fraction units, int number) {
    var price =
        use.value().signum() < 0
            ? Optional.<Price>empty()
            : recordPrice.prices().find(use.dimensions(), use.at());
    if (number < recordPrice.free() || price.isEmpty()) {
      return new Measured(use, units, Fraction.ZERO, price);
    }
    var cost = units.times(price.get().unit()).plus(Fraction.of(recordPrice.fee()));
    var atLeast = cost.max(Fraction.of(recordPrice.min()));
    var within = recordPrice.max().map(max -> atLeast.min(Fraction.of(max))).orElse(atLeast);
    var amount =
        recordPrice
            .decimals()
            .map(decimals -> Fraction.of(within.rounded(decimals, RoundingMode.HALF_UP)))
            .orElse(within);
    return new Measured(use, units, amount, price);
  }
}
