package org.tallystick.readers;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.rating.Measuring;
import org.tallystick.domain.rating.Measuring.Measured;
import org.tallystick.domain.rating.Measuring.Use;
import org.tallystick.domain.rating.Portion;
import org.tallystick.domain.rating.RatedCharge;
import org.tallystick.domain.rating.Rating;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Json;
import org.tallystick.sql.Query;

/// Prices service periods, the same way for a run, its invoices and its proof. Where a rate card
/// has a rule for single records, reads the records too: one statement for all such periods.
public final class PeriodRater {

  private final JdbcClient jdbc;
  private final TermsReader terms;

  public PeriodRater(JdbcClient jdbc, TermsReader terms) {
    this.jdbc = jdbc;
    this.terms = terms;
  }

  /// What came of a period: its price, or why it has none.
  public sealed interface Outcome {

    /// Priced with `card`, as `portion` of its full period.
    record Rated(RateCard card, Portion portion, RatedCharge charge) implements Outcome {}

    /// Its customer's bill waits until somebody has looked.
    record Unbillable(String reason) implements Outcome {}
  }

  /// The outcomes of `periods`, in their order.
  public List<Outcome> rate(List<PeriodInput> periods) {
    terms.prepare(periods.stream().map(PeriodInput::terms).toList());
    var byRule = periods.stream().filter(p -> terms.get(p.terms()).records().isPresent()).toList();
    var uses = byRule.isEmpty() ? Map.<Key, List<Use>>of() : uses(byRule);
    var outcomes = new ArrayList<Outcome>();
    for (var period : periods) {
      outcomes.add(rate(period, uses.getOrDefault(Key.of(period), List.of())));
    }
    return outcomes;
  }

  /// The records of a period as the rule of its rate card counts them; none without such a rule.
  List<Measured> measure(PeriodInput period) {
    terms.prepare(List.of(period.terms()));
    return terms
        .get(period.terms())
        .records()
        .map(rule ->
            Measuring.measure(
                rule,
                period.factor(),
                uses(List.of(period)).getOrDefault(Key.of(period), List.of())))
        .orElse(List.of());
  }

  /// The price of one period that was rated before.
  RatedCharge rateAgain(PeriodInput period) {
    return switch (rate(List.of(period)).getFirst()) {
      case Outcome.Rated(_, _, var charge) -> charge;
      case Outcome.Unbillable(var reason) -> throw new IllegalStateException(reason);
    };
  }

  private Outcome rate(PeriodInput period, List<Use> uses) {
    var card = terms.get(period.terms());
    if (card.records().isEmpty()) {
      return rate(period, card, period.quantity());
    }
    var measured = Measuring.measure(card.records().get(), period.factor(), uses);
    boolean isPriced = card.records().get().price().isPresent();
    for (var each : measured) {
      if (isPriced && each.price().isEmpty()) {
        return new Outcome.Unbillable(
            "rate card "
                + card.key()
                + " has no price for record "
                + each.use().name()
                + (each.use().value().signum() < 0 ? ", which is below zero," : "")
                + " at "
                + each.use().at()
                + " with "
                + each.use().dimensions());
      }
    }
    var sum = measured.stream().map(Measured::amount).reduce(Fraction.ZERO, Fraction::plus);
    return rate(period, card, sum);
  }

  private static Outcome rate(PeriodInput period, RateCard card, Fraction quantity) {
    var lowest = period.before().map(quantity::min).orElse(quantity);
    if (lowest.signum() < 0) {
      return new Outcome.Unbillable(
          "quantity from "
              + (lowest.equals(quantity) ? period.starts() : period.cut().full().starts())
              + " is below zero: "
              + lowest);
    }
    var portion = period.cut().of(card);
    var rounding = period.rounding();
    var charge =
        period
            .before()
            .map(before -> Rating.continued(card, portion, before, quantity, rounding))
            .orElseGet(() -> Rating.rate(card, portion, quantity, rounding));
    return new Outcome.Rated(card, portion, charge);
  }

  private Map<Key, List<Use>> uses(List<PeriodInput> periods) {
    var zones = new HashMap<Key, ZoneId>();
    periods.forEach(period -> zones.put(Key.of(period), period.cut().zone()));
    var uses = new HashMap<Key, List<Use>>();
    jdbc.sql(Query.of("uses-of-periods"))
        .param("items", periods.stream().map(PeriodInput::item).toArray(UUID[]::new))
        .param("starts", Instants.texts(periods.stream().map(PeriodInput::starts).toList()))
        .param("through", Instants.texts(periods.stream().map(PeriodInput::through).toList()))
        .param("cutoffs", periods.stream().map(PeriodInput::cutoff).toArray(Long[]::new))
        .query(row -> {
          var key = new Key(row.getObject("item_id", UUID.class), Instants.get(row, "starts"));
          var zone = zones.getOrDefault(key, ZoneId.of("UTC"));
          var use =
              new Use(
                  row.getString("source") + "/" + row.getString("id"),
                  Instants.get(row, "used_at").atZone(zone).toLocalDateTime(),
                  row.getBigDecimal("value"),
                  dimensions(row.getString("dimensions")));
          uses.computeIfAbsent(key, _ -> new ArrayList<>()).add(use);
        });
    return uses;
  }

  private static Map<String, String> dimensions(@Nullable String json) {
    var dimensions = new TreeMap<String, String>();
    if (json != null) {
      Json.read(json).forEach((name, value) -> dimensions.put(name, value.toString()));
    }
    return dimensions;
  }

  private record Key(UUID item, Instant starts) {
    private static Key of(PeriodInput period) {
      return new Key(period.item(), period.starts());
    }
  }
}
