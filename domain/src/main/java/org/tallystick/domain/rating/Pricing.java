package org.tallystick.domain.rating;

import java.util.ArrayList;
import java.util.List;
import org.tallystick.domain.catalog.PricingModel;
import org.tallystick.domain.catalog.PricingModel.Flat;
import org.tallystick.domain.catalog.PricingModel.Graduated;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.Tiers;
import org.tallystick.domain.money.Fraction;

/// Prices a quantity under a pricing model. Exact: nothing is rounded here.
public final class Pricing {

  private Pricing() {}

  /// The parts of the price of `quantity`, which must not be negative; their amounts sum to the
  /// price. A part that no unit fell into is not there.
  public static List<PricedPart> price(PricingModel model, Fraction quantity) {
    if (quantity.signum() < 0) {
      throw new IllegalArgumentException("quantity must not be negative, was " + quantity);
    }
    return switch (model) {
      case Flat(var amount) -> List.of(new PricedPart("flat", Fraction.ONE, amount));
      case PerUnit(var unitPrice) ->
          quantity.signum() == 0 ? List.of() : List.of(new PricedPart("unit", quantity, unitPrice));
      case Graduated(var tiers) -> graduated(tiers, quantity);
    };
  }

  /// 150 units over tiers up to 100 at 1.20 and beyond at 0.95: 100 × 1.20, then 50 × 0.95.
  private static List<PricedPart> graduated(Tiers tiers, Fraction quantity) {
    var parts = new ArrayList<PricedPart>();
    var from = Fraction.ZERO;
    for (var tier : tiers.bounded()) {
      if (quantity.compareTo(from) <= 0) {
        return parts;
      }
      var upTo = Fraction.of(tier.upTo());
      var inTier = quantity.min(upTo).minus(from);
      parts.add(new PricedPart("tier-" + (parts.size() + 1), inTier, tier.unitPrice()));
      from = upTo;
    }
    if (quantity.compareTo(from) > 0) {
      var beyond = quantity.minus(from);
      parts.add(new PricedPart("tier-" + (parts.size() + 1), beyond, tiers.unitPriceBeyond()));
    }
    return parts;
  }
}
