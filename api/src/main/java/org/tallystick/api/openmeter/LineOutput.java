package org.tallystick.api.openmeter;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.money.CurrencyUnit;
import org.tallystick.api.openmeter.Simulation.Totals;
import org.tallystick.domain.catalog.PricingModel.Dynamic;
import org.tallystick.domain.catalog.PricingModel.Flat;
import org.tallystick.domain.catalog.PricingModel.Graduated;
import org.tallystick.domain.catalog.PricingModel.Packages;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.PricingModel.Volume;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.money.Rounding;
import org.tallystick.domain.rating.Portion;
import org.tallystick.domain.rating.PricedPart;
import org.tallystick.domain.rating.Rating;
import org.tallystick.domain.rating.Step;
import org.tallystick.domain.time.ServicePeriod;

/// InvoiceLine and InvoiceDetailedLine of OpenMeter's document: a part of the price is a detailed
/// line, what reduces the part is its discounts.
final class LineOutput {

  private final CurrencyUnit currency;
  private final UnaryOperator<Fraction> rounding;
  private final Instant now;
  private final String identity;

  LineOutput(CurrencyUnit currency, Instant now, String identity) {
    this.currency = currency;
    this.rounding = Rounding.to(currency);
    this.now = now;
    this.identity = identity;
  }

  Line line(int number, LineInput input) {
    var id =
        input
            .input()
            .optional("id")
            .map(given -> given.text(26))
            .orElseGet(() -> Ulid.of(identity + "/" + number));
    var parts =
        new ArrayList<>(
            Rating.rate(input.card(), Portion.WHOLE, input.before(), input.quantity(), rounding)
                .parts());
    parts.addAll(shortfall(input, parts));
    var children = new ArrayList<Map<String, Object>>();
    var totals = Totals.ZERO;
    for (int n = 0; n < parts.size(); n++) {
      var part = parts.get(n);
      if (part.step() == Step.PRICE || part.step() == Step.SHORTFALL) {
        var reductions =
            parts.subList(n + 1, parts.size()).stream()
                .takeWhile(p -> p.key().startsWith(part.key() + "/"))
                .toList();
        var child = totals(part, reductions);
        children.add(detailed(id + "/" + n, input, part, reductions, child));
        totals = totals.plus(child);
      }
    }
    var json = common(id, input.name(), input, totals);
    json.put("status", "valid");
    json.put("type", input.isFlat() ? "flat_fee" : "usage_based");
    copy(input, json, "description", "metadata", "taxConfig", "featureKey", "price", "rateCard");
    quantities(input, json);
    discounts(id, input, parts, json);
    json.put("children", children);
    return new Line(json, totals);
  }

  private List<PricedPart> shortfall(LineInput input, List<PricedPart> parts) {
    var earlier =
        input.before().signum() == 0
            ? Fraction.ZERO
            : Rating.rate(input.card(), Portion.WHOLE, Fraction.ZERO, input.before(), rounding)
                .net();
    var billed = earlier.plus(PricedPart.sum(parts));
    return Rating.shortfall(input.card(), Portion.WHOLE, Rounding.round(billed, currency), currency)
        .stream()
        .map(part ->
            new PricedPart(
                part.key(),
                part.step(),
                part.quantity(),
                Rounding.round(part.amount(), currency),
                rounding.apply(part.amount())))
        .toList();
  }

  private Totals totals(PricedPart part, List<PricedPart> reductions) {
    var amount = part.amount().stored();
    var off = PricedPart.sumStored(reductions).negate();
    return part.step() == Step.SHORTFALL
        ? new Totals(BigDecimal.ZERO, amount, off)
        : new Totals(amount, BigDecimal.ZERO, off);
  }

  private Map<String, Object> detailed(
      String key, LineInput input, PricedPart part, List<PricedPart> reductions, Totals totals) {
    var json = common(Ulid.of(key), name(input, part), input, totals);
    boolean isOne = input.card().price() instanceof Dynamic && part.step() == Step.PRICE;
    var quantity = isOne ? "1" : part.quantity().toString();
    var price = isOne ? part.amount().toString() : Simulation.plain(part.unitPrice());
    json.put("status", "valid");
    json.put("type", "flat_fee");
    json.put("category", part.step() == Step.SHORTFALL ? "commitment" : "regular");
    json.put("perUnitAmount", price);
    json.put("paymentTerm", paymentTerm(input));
    json.put("quantity", quantity);
    var flat = new LinkedHashMap<String, Object>();
    flat.put("type", "flat");
    flat.put("amount", price);
    flat.put("paymentTerm", paymentTerm(input));
    json.put("rateCard", ordered("price", flat, "quantity", quantity));
    if (!reductions.isEmpty()) {
      json.put(
          "discounts",
          Map.of(
              "amount", reductions.stream().map(off -> amountDiscount(key, input, off)).toList()));
    }
    return json;
  }

  private Map<String, Object> amountDiscount(String key, LineInput input, PricedPart off) {
    var json = discount(key + "/" + off.key());
    if (off.step() == Step.MAXIMUM_SPEND) {
      var max = input.card().spend().max().orElseThrow();
      json.put("reason", Map.of("type", "maximum_spend"));
      json.put("description", "Maximum spend discount for charges over " + Simulation.plain(max));
    } else {
      var reason = new LinkedHashMap<String, Object>();
      reason.put("type", "ratecard_percentage");
      reason.put("percentage", input.card().discounts().percent());
      correlation(input, "percentage", reason);
      json.put("reason", reason);
    }
    json.put("amount", off.amount().negated().toString());
    return json;
  }

  private void discounts(
      String id, LineInput input, List<PricedPart> parts, Map<String, Object> json) {
    for (var part : parts) {
      if (part.step() == Step.FREE) {
        var usage = discount(id + "/usage");
        usage.put("quantity", part.quantity().toString());
        if (input.before().signum() > 0) {
          usage.put(
              "preLinePeriodQuantity",
              Rating.freeUnits(input.card(), Portion.WHOLE, input.before()).toString());
        }
        var reason = new LinkedHashMap<String, Object>();
        reason.put("type", "ratecard_usage");
        reason.put("quantity", Simulation.plain(input.card().discounts().unitsFree()));
        correlation(input, "usage", reason);
        usage.put("reason", reason);
        json.put("discounts", Map.of("usage", List.of(usage)));
      }
    }
  }

  private Map<String, Object> discount(String key) {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", Ulid.of(key));
    json.put("createdAt", now.toString());
    json.put("updatedAt", now.toString());
    return json;
  }

  /// The correlation id of a discount, as it came.
  private static void correlation(LineInput input, String kind, Map<String, Object> reason) {
    input
        .input()
        .optional("rateCard")
        .flatMap(card -> card.optional("discounts"))
        .flatMap(discounts -> discounts.optional(kind))
        .flatMap(discount -> discount.optional("correlationId"))
        .ifPresent(id -> reason.put("correlationId", id.text(26)));
  }

  private static void quantities(LineInput input, Map<String, Object> json) {
    var card = input.card();
    var freeBefore = Rating.freeUnits(card, Portion.WHOLE, input.before());
    var free = Rating.freeUnits(card, Portion.WHOLE, input.before().plus(input.quantity()));
    json.put("quantity", input.quantity().minus(free.minus(freeBefore)).toString());
    json.put("meteredQuantity", input.quantity().toString());
    json.put("preLinePeriodQuantity", input.before().minus(freeBefore).toString());
    json.put("meteredPreLinePeriodQuantity", input.before().toString());
  }

  private Map<String, Object> common(String id, String name, LineInput input, Totals totals) {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", id);
    json.put("name", name);
    json.put("createdAt", now.toString());
    json.put("updatedAt", now.toString());
    json.put("managedBy", "manual");
    json.put("currency", currency.getCurrencyCode());
    json.put("period", period(input.period()));
    json.put("invoiceAt", input.invoiceAt().toString());
    json.put("totals", totals.json());
    return json;
  }

  static Map<String, Object> period(ServicePeriod period) {
    return ordered("from", period.starts().toString(), "to", period.ends().toString());
  }

  private static Map<String, Object> ordered(
      String key, Object value, String otherKey, Object other) {
    var json = new LinkedHashMap<String, Object>();
    json.put(key, value);
    json.put(otherKey, other);
    return json;
  }

  private static void copy(LineInput input, Map<String, Object> json, String... names) {
    for (var name : names) {
      input.input().optional(name).ifPresent(field -> json.put(name, field.value()));
    }
  }

  private static String paymentTerm(LineInput input) {
    var terms = input.input().optional("rateCard").orElse(input.input());
    return input.isFlat()
        ? terms.optional("price").map(PriceInput::paymentTerm).orElse("in_advance")
        : "in_arrears";
  }

  /// Detailed lines are called as OpenMeter calls them.
  private static String name(LineInput input, PricedPart part) {
    if (part.step() == Step.SHORTFALL) {
      return input.name() + ": minimum spend";
    }
    var isFlatOfTier = part.key().endsWith("-flat");
    var tier = part.key().replaceAll("\\D", "");
    return switch (input.card().price()) {
      case Flat _ -> input.name();
      case PerUnit _, Dynamic _, Packages _ -> input.name() + ": usage in period";
      case Graduated _ ->
          input.name() + (isFlatOfTier ? ": flat price" : ": usage price") + " for tier " + tier;
      case Volume _ ->
          input.name() + (isFlatOfTier ? ": flat price" : ": unit price") + " for tier " + tier;
    };
  }

  /// A line as JSON, with the totals that are in it.
  record Line(Map<String, Object> json, Totals totals) {}
}
