package org.tallystick.readers;

import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Period;
import java.util.ArrayList;
import org.tallystick.domain.catalog.PricingModel;
import org.tallystick.domain.catalog.PricingModel.Flat;
import org.tallystick.domain.catalog.PricingModel.Graduated;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge;
import org.tallystick.domain.catalog.RateCard.Discounts;
import org.tallystick.domain.catalog.Tiers;
import org.tallystick.domain.catalog.Tiers.Tier;

/// Rate cards as they are written in a catalog file, and as they are stored: the same fields.
public final class RateCardReader {

  private RateCardReader() {}

  /// Reads a stored rate card; `what` is how a message calls it.
  public static RateCard read(String json, String what) {
    return read(YamlNode.read(new StringReader(json), what));
  }

  public static RateCard read(YamlNode card) {
    card.only(
        "key", "name", "meter", "fee", "cadence", "price", "unitsFree", "percentOff", "spendMin");
    var zero = BigDecimal.ZERO;
    try {
      return new RateCard(
          card.text("key"),
          card.text("name"),
          charge(card),
          card.value("cadence", "an ISO 8601 period like P1M", Period::parse),
          price(card),
          new Discounts(card.decimal("unitsFree", zero), card.decimal("percentOff", zero)),
          card.decimal("spendMin", zero));
    } catch (IllegalArgumentException e) {
      throw card.refuse(e.getMessage() == null ? "not a rate card" : e.getMessage());
    }
  }

  private static Charge charge(YamlNode card) {
    if (card.has("meter") == card.has("fee")) {
      throw card.refuse("expected either 'meter' (usage) or 'fee' (in-advance or in-arrears)");
    }
    if (card.has("meter")) {
      return new Charge.Usage(card.text("meter"));
    }
    return switch (card.text("fee")) {
      case "in-advance" -> new Charge.Fee(true);
      case "in-arrears" -> new Charge.Fee(false);
      default ->
          throw card.refuse(
              "fee", "expected in-advance or in-arrears, found '" + card.text("fee") + "'");
    };
  }

  private static PricingModel price(YamlNode card) {
    var price = card.mapping("price").only("flat", "unit", "graduated");
    if (price.names().size() != 1) {
      throw price.refuse("expected one of flat, unit, graduated");
    }
    if (price.has("flat")) {
      return new Flat(price.decimal("flat"));
    }
    if (price.has("unit")) {
      return new PerUnit(price.decimal("unit"));
    }
    return new Graduated(tiers(price));
  }

  private static Tiers tiers(YamlNode price) {
    var tiers = new ArrayList<>(price.mappings("graduated"));
    if (tiers.isEmpty() || tiers.getLast().only("upTo", "unitPrice").has("upTo")) {
      throw price.refuse(
          "graduated", "expected tiers of upTo and unitPrice, the last one without upTo");
    }
    var beyond = tiers.removeLast().decimal("unitPrice");
    var bounded = new ArrayList<Tier>();
    for (var tier : tiers) {
      tier.only("upTo", "unitPrice");
      bounded.add(new Tier(tier.decimal("upTo"), tier.decimal("unitPrice")));
    }
    return new Tiers(bounded, beyond);
  }
}
