package org.tallystick.readers;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Optional;
import org.tallystick.domain.catalog.PricingModel;
import org.tallystick.domain.catalog.PricingModel.Dynamic;
import org.tallystick.domain.catalog.PricingModel.Flat;
import org.tallystick.domain.catalog.PricingModel.Graduated;
import org.tallystick.domain.catalog.PricingModel.Packages;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.PricingModel.Volume;
import org.tallystick.domain.catalog.Rate;
import org.tallystick.domain.catalog.Tiers;
import org.tallystick.domain.catalog.Tiers.Tier;

/// The price of a rate card, as it is written: one name, and what that model needs. `stairstep`,
/// `percentage` and `graduatedPercentage` are other ways to write volume, dynamic and graduated
/// prices.
final class PriceReader {

  private static final String[] MODELS = {
    "flat",
    "unit",
    "graduated",
    "volume",
    "stairstep",
    "package",
    "dynamic",
    "percentage",
    "graduatedPercentage"
  };

  private PriceReader() {}

  static PricingModel read(YamlNode price) {
    price.only(MODELS);
    if (price.names().size() != 1) {
      throw price.refuse("expected one of " + String.join(", ", MODELS));
    }
    var model = price.names().iterator().next();
    return switch (model) {
      case "flat" -> new Flat(price.decimal(model));
      case "unit" -> new PerUnit(price.decimal(model));
      case "graduated" -> new Graduated(tiers(price, model, "unitPrice"));
      case "volume" -> new Volume(tiers(price, model, "unitPrice"));
      case "stairstep" -> new Volume(steps(price));
      case "package" -> packages(price.mapping(model).only("amount", "size"));
      case "dynamic" -> new Dynamic(price.decimal(model));
      case "percentage" -> new Dynamic(price.decimal(model).movePointLeft(2));
      case "graduatedPercentage" -> new Graduated(tiers(price, model, "percent"));
      default -> throw new IllegalStateException("no such pricing model: " + model);
    };
  }

  private static PricingModel packages(YamlNode price) {
    return new Packages(price.decimal("amount"), price.decimal("size"));
  }

  /// Tiers of flat prices alone.
  private static Tiers steps(YamlNode price) {
    price.mappings("stairstep").forEach(step -> step.only("upTo", "flatPrice"));
    return tiers(price, "stairstep", "unitPrice");
  }

  private static Tiers tiers(YamlNode price, String model, String unit) {
    var tiers = new ArrayList<>(price.mappings(model));
    if (tiers.isEmpty() || tiers.getLast().has("upTo")) {
      throw price.refuse(
          model, "expected tiers of upTo, " + unit + " and flatPrice, the last one without upTo");
    }
    var beyond = rate(tiers.removeLast(), unit);
    var bounded = new ArrayList<Tier>();
    for (var tier : tiers) {
      bounded.add(new Tier(tier.decimal("upTo"), rate(tier, unit)));
    }
    return new Tiers(bounded, beyond);
  }

  private static Rate rate(YamlNode tier, String unit) {
    tier.only("upTo", unit, "flatPrice");
    Optional<BigDecimal> price = RateCardReader.optional(tier, unit);
    try {
      return new Rate(
          RateCardReader.optional(tier, "flatPrice"),
          unit.equals("percent") ? price.map(percent -> percent.movePointLeft(2)) : price);
    } catch (IllegalArgumentException e) {
      throw tier.refuse(String.valueOf(e.getMessage()));
    }
  }
}
