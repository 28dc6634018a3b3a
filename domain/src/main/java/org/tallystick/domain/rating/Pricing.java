package org.tallystick.domain.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.tallystick.domain.catalog.PricingModel;
import org.tallystick.domain.catalog.PricingModel.Dynamic;
import org.tallystick.domain.catalog.PricingModel.Flat;
import org.tallystick.domain.catalog.PricingModel.Graduated;
import org.tallystick.domain.catalog.PricingModel.Packages;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.PricingModel.Volume;
import org.tallystick.domain.catalog.Rate;
import org.tallystick.domain.catalog.Tiers;
import org.tallystick.domain.money.Fraction;

/// Prices a quantity under a pricing model. Exact: nothing is rounded here but packages, up.
public final class Pricing {

  private Pricing() {}

  /// The parts of the price of `quantity`, which must not be negative; their amounts sum to the
  /// price. A part that no unit fell into is not there.
  public static List<PricedPart> price(PricingModel model, Fraction quantity) {
    if (quantity.signum() < 0) {
      throw new IllegalArgumentException("quantity must not be negative, was " + quantity);
    }
    return switch (model) {
      case Flat(var amount) -> List.of(PricedPart.once("flat", amount));
      case PerUnit(var unitPrice) -> units("unit", quantity, unitPrice);
      case Graduated(var tiers) -> graduated(tiers, quantity);
      case Volume(var tiers) -> volume(tiers, quantity);
      case Packages(var amount, var size) ->
          units("package", quantity.dividedInto(size, RoundingMode.CEILING), amount);
      case Dynamic(var multiplier) -> units("dynamic", quantity, multiplier);
    };
  }

  private static List<PricedPart> units(String key, Fraction quantity, BigDecimal unitPrice) {
    return quantity.signum() == 0 ? List.of() : List.of(PricedPart.of(key, quantity, unitPrice));
  }

  /// 150 units over tiers up to 100 at 1.20 and beyond at 0.95: 100 × 1.20, then 50 × 0.95.
  private static List<PricedPart> graduated(Tiers tiers, Fraction quantity) {
    var parts = new ArrayList<PricedPart>();
    int number = 1;
    var from = BigDecimal.ZERO;
    for (var tier : tiers.bounded()) {
      if (quantity.isAtMost(tier.upTo())) {
        add(parts, number, tier.rate(), quantity.minus(Fraction.of(from)));
        return parts;
      }
      add(parts, number, tier.rate(), Fraction.of(tier.upTo().subtract(from)));
      number++;
      from = tier.upTo();
    }
    add(parts, number, tiers.beyond(), quantity.minus(Fraction.of(from)));
    return parts;
  }

  /// A tier's units, then its flat price.
  private static void add(List<PricedPart> parts, int tier, Rate rate, Fraction units) {
    var keys = TierKeys.of(tier);
    if (rate.unit().isPresent() && units.signum() > 0) {
      parts.add(PricedPart.of(keys.units(), units, rate.unit().get()));
    }
    if (rate.flat().isPresent()) {
      parts.add(PricedPart.once(keys.flat(), rate.flat().get()));
    }
  }

  /// 150 units over tiers up to 100 at 1.20 and beyond at 0.95: 150 × 0.95.
  private static List<PricedPart> volume(Tiers tiers, Fraction quantity) {
    var parts = new ArrayList<PricedPart>();
    int number = 1;
    for (var tier : tiers.bounded()) {
      if (quantity.isAtMost(tier.upTo())) {
        add(parts, number, tier.rate(), quantity);
        return parts;
      }
      number++;
    }
    add(parts, number, tiers.beyond(), quantity);
    return parts;
  }
}
