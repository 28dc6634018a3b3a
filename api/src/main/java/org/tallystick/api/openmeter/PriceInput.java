package org.tallystick.api.openmeter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tallystick.domain.catalog.PricingModel;
import org.tallystick.domain.catalog.PricingModel.Dynamic;
import org.tallystick.domain.catalog.PricingModel.Flat;
import org.tallystick.domain.catalog.PricingModel.Graduated;
import org.tallystick.domain.catalog.PricingModel.Packages;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.PricingModel.Volume;
import org.tallystick.domain.catalog.Rate;
import org.tallystick.domain.catalog.Spend;
import org.tallystick.domain.catalog.Tiers;
import org.tallystick.domain.catalog.Tiers.Tier;

/// RateCardUsageBasedPrice of OpenMeter's document: `{type: flat | unit | tiered | dynamic |
/// package, …}`.
final class PriceInput {

  private PriceInput() {}

  static PricingModel model(Field price) {
    var type = price.required("type");
    return switch (type.text(64)) {
      case "flat" -> {
        paymentTerm(price);
        yield new Flat(price.required("amount").notNegative());
      }
      case "unit" -> new PerUnit(price.required("amount").notNegative());
      case "tiered" -> tiered(price);
      case "dynamic" ->
          new Dynamic(price.optional("multiplier").map(Field::notNegative).orElse(BigDecimal.ONE));
      case "package" ->
          new Packages(
              price.required("amount").notNegative(),
              positive(price.required("quantityPerPackage")));
      default -> throw type.refuse("flat, unit, tiered, dynamic or package");
    };
  }

  /// `in_advance` or `in_arrears` of a flat price.
  static String paymentTerm(Field price) {
    var term = price.optional("paymentTerm");
    if (term.isEmpty()) {
      return "in_advance";
    }
    return switch (term.get().text(64)) {
      case "in_advance" -> "in_advance";
      case "in_arrears" -> "in_arrears";
      default -> throw term.get().refuse("in_advance or in_arrears");
    };
  }

  static Spend spend(Field price) {
    var min = price.optional("minimumAmount").map(Field::notNegative).orElse(BigDecimal.ZERO);
    var max = price.optional("maximumAmount");
    if (max.isPresent() && max.get().notNegative().compareTo(min) < 0) {
      throw max.get().refuse("at least the minimumAmount of " + min.toPlainString());
    }
    return new Spend(min, max.map(Field::notNegative));
  }

  private static PricingModel tiered(Field price) {
    var mode = price.required("mode");
    var tiers = tiers(price.required("tiers"));
    return switch (mode.text(64)) {
      case "graduated" -> new Graduated(tiers);
      case "volume" -> new Volume(tiers);
      default -> throw mode.refuse("volume or graduated");
    };
  }

  /// In any order; exactly one tier is open-ended.
  private static Tiers tiers(Field list) {
    var bounded = new ArrayList<Tier>();
    Optional<Rate> beyond = Optional.empty();
    for (var tier : list.list()) {
      var upTo = tier.optional("upToAmount");
      if (upTo.isPresent()) {
        bounded.add(new Tier(positive(upTo.get()), rate(tier)));
      } else if (beyond.isPresent()) {
        throw tier.refuse("an upToAmount: one tier without is there already");
      } else {
        beyond = Optional.of(rate(tier));
      }
    }
    bounded.sort(Comparator.comparing(Tier::upTo));
    requireDifferent(list, bounded);
    return new Tiers(bounded, beyond.orElseThrow(() -> list.refuse("one tier without upToAmount")));
  }

  private static void requireDifferent(Field list, List<Tier> sorted) {
    for (int n = 1; n < sorted.size(); n++) {
      if (sorted.get(n).upTo().compareTo(sorted.get(n - 1).upTo()) == 0) {
        throw list.refuse(
            "different upToAmounts, " + sorted.get(n).upTo().toPlainString() + " is there twice");
      }
    }
  }

  private static Rate rate(Field tier) {
    var flat = tier.optional("flatPrice").map(p -> p.required("amount").notNegative());
    var unit = tier.optional("unitPrice").map(p -> p.required("amount").notNegative());
    if (flat.isEmpty() && unit.isEmpty()) {
      throw tier.refuse("a flatPrice or a unitPrice");
    }
    return new Rate(flat, unit);
  }

  private static BigDecimal positive(Field field) {
    var number = field.numeric();
    if (number.signum() <= 0) {
      throw field.refuse("a number above zero");
    }
    return number;
  }
}
