package org.tallystick.readers;

import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tallystick.domain.catalog.Counting;
import org.tallystick.domain.catalog.CreditTerms;
import org.tallystick.domain.catalog.CreditTerms.Lacking.Converted;
import org.tallystick.domain.catalog.CreditTerms.Lacking.Owed;
import org.tallystick.domain.catalog.CreditTerms.Lacking.Refused;
import org.tallystick.domain.catalog.Proration;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge;
import org.tallystick.domain.catalog.RateCard.Discounts;
import org.tallystick.domain.catalog.Spend;
import org.tallystick.domain.catalog.TermDiscounts;
import org.threeten.extra.PeriodDuration;

/// Rate cards as they are written in a catalog file, and as they are stored: the same fields.
public final class RateCardReader {

  /// The fields that a contract may set in place of its plan's.
  public static final List<String> TERMS =
      List.of(
          "quantity",
          "proration",
          "records",
          "count",
          "price",
          "unitsFree",
          "percentOff",
          "termDiscounts",
          "amountOff",
          "spendMin",
          "spendMax",
          "credits");

  /// The cadence of a fee that is charged once.
  public static final String ONCE = "once";

  private RateCardReader() {}

  /// Reads a stored rate card; `what` is how a message calls it.
  public static RateCard read(String json, String what) {
    return read(YamlNode.read(new StringReader(json), what));
  }

  public static RateCard read(YamlNode card) {
    if (card.has("commitment")) {
      return commitment(card);
    }
    card.only(
        Stream.concat(
                Stream.of("key", "name", "meter", "fee", "owed", "cadence", "change"),
                TERMS.stream())
            .toArray(String[]::new));
    if (card.has("termDiscounts")) {
      termDiscounts(card);
    }
    var zero = BigDecimal.ZERO;
    try {
      return new RateCard(
          card.text("key"),
          card.text("name"),
          charge(card),
          cadence(card),
          isContinued(card),
          proration(card),
          card.has("records")
              ? Optional.of(RecordRuleReader.read(card.mapping("records")))
              : Optional.empty(),
          card.has("count") ? counting(card.mapping("count")) : Counting.AS_METERED,
          PriceReader.read(card.mapping("price")),
          new Discounts(
              card.decimal("unitsFree", zero),
              card.decimal("percentOff", zero),
              card.decimal("amountOff", zero)),
          spend(card),
          card.has("credits") ? Optional.of(credits(card.mapping("credits"))) : Optional.empty());
    } catch (IllegalArgumentException e) {
      throw card.refuse(String.valueOf(e.getMessage()));
    }
  }

  /// A minimum or a maximum spend over several rate cards.
  private static RateCard commitment(YamlNode card) {
    card.only("key", "name", "commitment", "cadence", "proration", "spendMin", "spendMax");
    try {
      return RateCard.commitment(
          card.text("key"),
          card.text("name"),
          new Charge.Commitment(card.texts("commitment")),
          cadence(card),
          proration(card),
          spend(card));
    } catch (IllegalArgumentException e) {
      throw card.refuse(String.valueOf(e.getMessage()));
    }
  }

  private static CreditTerms credits(YamlNode credits) {
    credits.only("unit", "lacking", "at");
    var lacking = credits.has("lacking") ? credits.text("lacking") : "refused";
    if (credits.has("at") != lacking.equals("converted")) {
      throw credits.refuse("expected 'at' (the price of a credit) with 'lacking: converted' only");
    }
    var terms =
        switch (lacking) {
          case "refused" -> new Refused();
          case "owed" -> new Owed();
          case "converted" -> new Converted(credits.decimal("at"));
          default ->
              throw credits.refuse(
                  "lacking", "expected refused, owed or converted, found '" + lacking + "'");
        };
    return new CreditTerms(credits.text("unit"), terms);
  }

  private static Spend spend(YamlNode card) {
    return new Spend(card.decimal("spendMin", BigDecimal.ZERO), optional(card, "spendMax"));
  }

  /// A contract takes the one of them that its own length earns; its terms hold that alone.
  public static TermDiscounts termDiscounts(YamlNode card) {
    if (card.has("percentOff")) {
      throw card.refuse("expected either 'percentOff' or 'termDiscounts'");
    }
    var steps = new ArrayList<TermDiscounts.Step>();
    for (var step : card.mappings("termDiscounts")) {
      step.only("term", "percentOff");
      var term = step.value("term", "an ISO 8601 period like P1Y", Period::parse);
      try {
        steps.add(new TermDiscounts.Step(term, step.decimal("percentOff")));
      } catch (IllegalArgumentException e) {
        throw step.refuse(String.valueOf(e.getMessage()));
      }
    }
    return new TermDiscounts(steps);
  }

  private static Optional<PeriodDuration> cadence(YamlNode card) {
    return card.value(
        "cadence",
        "an ISO 8601 duration like P1M or PT1H, or once",
        text -> text.equals(ONCE) ? Optional.empty() : Optional.of(PeriodDuration.parse(text)));
  }

  private static boolean isContinued(YamlNode card) {
    if (!card.has("change")) {
      return false;
    }
    return switch (card.text("change")) {
      case "restart" -> false;
      case "continue" -> true;
      default ->
          throw card.refuse(
              "change", "expected restart or continue, found '" + card.text("change") + "'");
    };
  }

  private static Proration proration(YamlNode card) {
    return card.has("proration")
        ? card.value("proration", "actual, per-day, 30/360, full or none", Proration::of)
        : Proration.ACTUAL;
  }

  private static Counting counting(YamlNode count) {
    count.only("step", "round", "minimum");
    if (count.has("step") != count.has("round")) {
      throw count.refuse("expected 'step' with 'round' (up, down or half), or neither");
    }
    return new Counting(
        count.has("step") ? positive(count, "step") : BigDecimal.ZERO,
        count.has("round") ? roundingMode(count) : RoundingMode.UNNECESSARY,
        count.decimal("minimum", BigDecimal.ZERO));
  }

  private static BigDecimal positive(YamlNode node, String field) {
    var value = node.decimal(field);
    if (value.signum() <= 0) {
      throw node.refuse(field, "expected more than zero, found " + value);
    }
    return value;
  }

  private static RoundingMode roundingMode(YamlNode count) {
    return switch (count.text("round")) {
      case "up" -> RoundingMode.UP;
      case "down" -> RoundingMode.DOWN;
      case "half" -> RoundingMode.HALF_UP;
      default ->
          throw count.refuse(
              "round", "expected up, down or half, found '" + count.text("round") + "'");
    };
  }

  static Optional<BigDecimal> optional(YamlNode node, String field) {
    return node.has(field) ? Optional.of(node.decimal(field)) : Optional.empty();
  }

  private static Charge charge(YamlNode card) {
    if (Stream.of("meter", "fee", "owed").filter(card::has).count() != 1) {
      throw card.refuse(
          "expected either 'meter' (usage), 'fee' (in-advance or in-arrears), 'commitment' or"
              + " 'owed' (credits)");
    }
    if (card.has("owed")) {
      return new Charge.Owed(card.text("owed"));
    }
    if (card.has("meter")) {
      if (card.has("quantity")) {
        throw card.refuse("quantity", "is a fee's; usage is metered");
      }
      return new Charge.Usage(card.text("meter"));
    }
    var quantity = card.decimal("quantity", BigDecimal.ONE);
    return switch (card.text("fee")) {
      case "in-advance" -> new Charge.Fee(true, quantity);
      case "in-arrears" -> new Charge.Fee(false, quantity);
      default ->
          throw card.refuse(
              "fee", "expected in-advance or in-arrears, found '" + card.text("fee") + "'");
    };
  }
}
