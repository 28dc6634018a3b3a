package org.tallystick.writers.catalog;

import java.io.StringReader;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tallystick.domain.catalog.Aggregation;
import org.tallystick.domain.catalog.Meter;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge.Commitment;
import org.tallystick.domain.time.Cadence;
import org.tallystick.readers.CatalogFile.Declaration;
import org.tallystick.readers.CatalogFile.Kind;
import org.tallystick.readers.MeterReader;
import org.tallystick.readers.RateCardReader;
import org.tallystick.readers.YamlNode;
import org.tallystick.sql.Json;
import org.threeten.extra.PeriodDuration;

/// A contract resolved: which rate card is in force for which item from when, with nothing left
/// open. A plan gives its versions, the contract its own rate cards and overrides.
record ContractTerms(
    YamlNode node, String customer, ZoneId zone, LocalDate from, Instant starts, List<Term> terms) {

  /// The terms of item `key` for service periods that start at `validFrom` or later.
  record Term(String key, Instant validFrom, RateCard card, String json) {}

  static ContractTerms of(YamlNode contract, Map<String, Declaration> all) {
    contract.only(
        "key",
        "customer",
        "plan",
        "rateCards",
        "from",
        "to",
        "anchor",
        "billing",
        "rounding",
        "overrides");
    var customer = all.get("customer " + contract.text("customer"));
    if (customer == null) {
      throw contract.refuse("customer", "there is no customer '" + contract.text("customer") + "'");
    }
    var zone = ZoneId.of(customer.node().text("zone"));
    var from = contract.date("from");
    var starts = from.atStartOfDay(zone).toInstant();
    var resolved =
        new ContractTerms(contract, contract.text("customer"), zone, from, starts, List.of());
    var terms = resolved.terms(all);
    resolved.requireOverridesMatch(terms);
    resolved.requireCommitmentsMatch(terms);
    return new ContractTerms(contract, contract.text("customer"), zone, from, starts, terms);
  }

  /// What periods count from: the first day, or a local time of its own.
  LocalDateTime anchor() {
    if (!node.has("anchor")) {
      return from.atStartOfDay();
    }
    return node.value(
        "anchor",
        "a date like 1993-10-01 or a local time like 1993-10-01T15:00",
        text ->
            text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay());
  }

  /// How often the contract is invoiced, if not as each item's service periods end.
  Optional<PeriodDuration> billing() {
    if (!node.has("billing")) {
      return Optional.empty();
    }
    var billing = node.value("billing", "an ISO 8601 duration like P1M", PeriodDuration::parse);
    try {
      Cadence.requirePositive("billing", billing);
    } catch (IllegalArgumentException e) {
      throw node.refuse("billing", String.valueOf(e.getMessage()));
    }
    return Optional.of(billing);
  }

  /// Where money is rounded, as it is stored.
  String rounding() {
    return node.has("rounding")
        ? node.value(
            "rounding",
            "per-line or per-part",
            text -> {
              if (!text.equals("per-line") && !text.equals("per-part")) {
                throw new IllegalArgumentException("no such rounding");
              }
              return text.replace('-', '_');
            })
        : "per_line";
  }

  private List<Term> terms(Map<String, Declaration> all) {
    if (node.has("plan") == node.has("rateCards")) {
      throw node.refuse("expected either 'plan' or 'rateCards'");
    }
    if (node.has("rateCards")) {
      return node.mappings("rateCards").stream().map(card -> term(card, from, all)).toList();
    }
    var versions = versions(all);
    var before = versions.floorKey(from);
    if (before == null) {
      throw node.refuse(
          "plan", "plan '" + node.text("plan") + "' has no version on or before " + from);
    }
    var terms = new ArrayList<Term>();
    var items = new HashSet<String>();
    for (var version : versions.tailMap(before).entrySet()) {
      var validFrom = version.getKey().isBefore(from) ? from : version.getKey();
      var cards = version.getValue().mappings("rateCards");
      cards.forEach(card -> terms.add(term(card, validFrom, all)));
      var keys = cards.stream().map(card -> card.text("key")).toList();
      if (items.isEmpty()) {
        items.addAll(keys);
      }
      if (keys.size() != items.size() || !items.containsAll(keys)) {
        throw version
            .getValue()
            .refuse("rateCards", "expected the rate cards of the version before: " + items);
      }
    }
    return terms;
  }

  private TreeMap<LocalDate, YamlNode> versions(Map<String, Declaration> all) {
    var plan = node.text("plan");
    var versions = new TreeMap<LocalDate, YamlNode>();
    for (var declared : all.values()) {
      if (declared.kind() == Kind.PLAN && declared.node().text("key").equals(plan)) {
        versions.put(declared.node().date("from"), declared.node());
      }
    }
    if (versions.isEmpty()) {
      throw node.refuse("plan", "there is no plan '" + plan + "'");
    }
    return versions;
  }

  private Term term(YamlNode card, LocalDate validFrom, Map<String, Declaration> all) {
    var key = card.text("key");
    var what = "contract " + node.text("key") + " rate card " + key;
    var json = Json.write(content(card, key, what));
    var resolved = RateCardReader.read(json, what);
    requireMeter(card, resolved, all);
    var instant = validFrom.atStartOfDay(zone).toInstant();
    return new Term(key, instant, resolved, json);
  }

  /// The card's fields with the contract's overrides, and the one discount that its term earns.
  private Map<String, Object> content(YamlNode card, String key, String what) {
    var content = new TreeMap<>(card.content());
    if (node.has("overrides") && node.mapping("overrides").has(key)) {
      var override = node.mapping("overrides").mapping(key);
      override.only(RateCardReader.TERMS.toArray(String[]::new));
      if (override.has("percentOff")) {
        content.remove("termDiscounts");
      } else if (override.has("termDiscounts")) {
        content.remove("percentOff");
      }
      content.putAll(override.content());
    }
    if (content.containsKey("termDiscounts")) {
      var to = node.has("to") ? Optional.of(node.date("to")) : Optional.<LocalDate>empty();
      var discounts =
          RateCardReader.termDiscounts(YamlNode.read(new StringReader(Json.write(content)), what));
      content.remove("termDiscounts");
      content.put("percentOff", discounts.percentOff(from, to).toPlainString());
    }
    return content;
  }

  private static void requireMeter(YamlNode node, RateCard card, Map<String, Declaration> all) {
    if (!(card.charge() instanceof RateCard.Charge.Usage(var key))) {
      return;
    }
    var declared = all.get("meter " + key);
    if (declared == null) {
      throw node.refuse("meter", "there is no meter '" + key + "'");
    }
    var meter = MeterReader.read(declared.node());
    if (card.records().isPresent()
        && (meter.aggregation() != Aggregation.SUM
            || meter.attribution() == Meter.Attribution.SPLIT)) {
      throw node.refuse("records", "expected a meter that sums whole records, found '" + key + "'");
    }
    if (card.isContinued()
        && meter.aggregation() != Aggregation.SUM
        && meter.aggregation() != Aggregation.COUNT) {
      throw node.refuse("change", "expected restart, as meter '" + key + "' is no sum or count");
    }
  }

  /// A commitment covers rate cards of its contract, and their price is held to one minimum only.
  private void requireCommitmentsMatch(List<Term> terms) {
    var cards = terms.stream().map(Term::card).toList();
    for (var card : cards) {
      if (card.charge() instanceof Commitment(var items)) {
        items.forEach(item -> requireCovered(card, item, cards));
      }
    }
  }

  private void requireCovered(RateCard commitment, String item, List<RateCard> cards) {
    var what = "commitment " + commitment.key() + " covers '" + item + "', ";
    var covered = cards.stream().filter(card -> card.key().equals(item)).toList();
    if (covered.isEmpty()) {
      var keys = cards.stream().map(RateCard::key).distinct().toList();
      throw node.refuse(what + "which is no rate card; expected some of " + keys);
    }
    for (var card : covered) {
      if (card.charge() instanceof Commitment) {
        throw node.refuse(what + "which is a commitment itself");
      }
      if (card.credits().isPresent()) {
        throw node.refuse(what + "which is priced in credits");
      }
      if (card.spend().min().signum() > 0) {
        throw node.refuse(what + "which has a spendMin of its own: what is missing counted twice");
      }
    }
  }

  private void requireOverridesMatch(List<Term> terms) {
    if (!node.has("overrides")) {
      return;
    }
    var keys = terms.stream().map(Term::key).distinct().toList();
    for (var name : node.mapping("overrides").names()) {
      if (!keys.contains(name)) {
        throw node.refuse("overrides", "there is no rate card '" + name + "'; expected " + keys);
      }
    }
  }
}
