package org.tallystick.readers;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tallystick.domain.catalog.Match;
import org.tallystick.domain.catalog.PriceList;
import org.tallystick.domain.catalog.PriceList.Price;
import org.tallystick.domain.catalog.RecordRule;
import org.tallystick.domain.catalog.RecordRule.Increments;
import org.tallystick.domain.catalog.RecordRule.RecordPrice;
import org.tallystick.domain.catalog.TimeBand;

/// The rule for single records of a rate card, as it is written.
final class RecordRuleReader {

  /// What makes a record cost something.
  private static final String[] CHARGES = {"price", "percent", "prices", "fee", "min"};

  private static final String HOLIDAY = "holiday";
  private static final int WHOLE_NUMBER_DIGITS_MAX = 6;

  private RecordRuleReader() {}

  static RecordRule read(YamlNode rule) {
    rule.only(
        "increments",
        "price",
        "percent",
        "prices",
        "dimensions",
        "holidays",
        "fee",
        "min",
        "max",
        "free",
        "decimals");
    var increments = rule.has("increments") ? increments(rule) : Increments.NONE;
    boolean isCharged = Stream.of(CHARGES).anyMatch(rule::has);
    for (var name : rule.names()) {
      boolean needsPrices = name.equals("dimensions") || name.equals("holidays");
      if ((needsPrices && !rule.has("prices")) || (!isCharged && !name.equals("increments"))) {
        throw rule.refuse(
            name,
            "is for records with "
                + (needsPrices ? "'prices'" : "one of " + String.join(", ", CHARGES)));
      }
    }
    try {
      return new RecordRule(
          increments, isCharged ? Optional.of(recordPrice(rule)) : Optional.empty());
    } catch (IllegalArgumentException e) {
      throw rule.refuse(String.valueOf(e.getMessage()));
    }
  }

  private static Increments increments(YamlNode rule) {
    var increments = rule.mapping("increments").only("first", "then");
    return new Increments(increments.decimal("first", BigDecimal.ZERO), increments.decimal("then"));
  }

  private static RecordPrice recordPrice(YamlNode rule) {
    return new RecordPrice(
        prices(rule),
        rule.decimal("fee", BigDecimal.ZERO),
        rule.decimal("min", BigDecimal.ZERO),
        RateCardReader.optional(rule, "max"),
        rule.has("free") ? wholeNumber(rule, "free") : 0,
        rule.has("decimals") ? Optional.of(wholeNumber(rule, "decimals")) : Optional.empty());
  }

  private static int wholeNumber(YamlNode rule, String field) {
    return rule.value(
        field,
        "a whole number",
        text -> {
          if (text.length() > WHOLE_NUMBER_DIGITS_MAX) {
            throw new IllegalArgumentException("too long");
          }
          return Integer.parseInt(text);
        });
  }

  private static PriceList prices(YamlNode rule) {
    if (!rule.has("prices")) {
      boolean isPriced = rule.has("price") || rule.has("percent");
      return PriceList.of(isPriced ? unit(rule, "price") : BigDecimal.ZERO);
    }
    if (rule.has("price") || rule.has("percent")) {
      throw rule.refuse("expected one of 'price', 'percent' and 'prices'");
    }
    var prices = rule.mappings("prices").stream().map(RecordRuleReader::price).toList();
    var named =
        prices.stream().flatMap(price -> price.where().keySet().stream()).distinct().toList();
    if (named.size() > 1 && !rule.has("dimensions")) {
      throw rule.refuse("expected 'dimensions', the most significant first: one of " + named);
    }
    return new PriceList(
        rule.has("dimensions") ? rule.texts("dimensions") : named, prices, holidays(rule));
  }

  private static Set<LocalDate> holidays(YamlNode rule) {
    return rule.texts("holidays").stream()
        .map(day -> {
          try {
            return LocalDate.parse(day);
          } catch (DateTimeException e) {
            throw rule.refuse("holidays", "expected dates like 1993-12-25, found '" + day + "'");
          }
        })
        .collect(Collectors.toSet());
  }

  private static Price price(YamlNode price) {
    price.only("where", "unit", "percent", "from", "to", "days", "hours");
    var where = new TreeMap<String, Match>();
    if (price.has("where")) {
      var dimensions = price.mapping("where");
      for (var name : dimensions.names()) {
        where.put(
            name, dimensions.value(name, "a value, a prefix like 43*, >=17 or *", Match::parse));
      }
    }
    try {
      return new Price(
          where,
          price.has("from") ? Optional.of(price.date("from")) : Optional.empty(),
          price.has("to") ? Optional.of(price.date("to")) : Optional.empty(),
          band(price),
          unit(price, "unit"));
    } catch (IllegalArgumentException e) {
      throw price.refuse(String.valueOf(e.getMessage()));
    }
  }

  private static BigDecimal unit(YamlNode node, String field) {
    if (node.has(field) == node.has("percent")) {
      throw node.refuse("expected either '" + field + "' or 'percent'");
    }
    return node.has(field) ? node.decimal(field) : node.decimal("percent").movePointLeft(2);
  }

  private static Optional<TimeBand> band(YamlNode price) {
    if (!price.has("days") && !price.has("hours")) {
      return Optional.empty();
    }
    var hours =
        price.has("hours")
            ? price.value("hours", "hours like 22:00-06:00", RecordRuleReader::hours)
            : List.of(LocalTime.MIN, LocalTime.MIN);
    var named = price.texts("days");
    var days = price.has("days") ? EnumSet.noneOf(DayOfWeek.class) : EnumSet.allOf(DayOfWeek.class);
    for (var name : named) {
      if (!name.equals(HOLIDAY)) {
        days.add(day(price, name));
      }
    }
    return Optional.of(
        new TimeBand(
            days,
            !price.has("days") || named.contains(HOLIDAY),
            hours.getFirst(),
            hours.getLast()));
  }

  private static List<LocalTime> hours(String text) {
    var bounds = text.split("-", -1);
    if (bounds.length != 2) {
      throw new IllegalArgumentException("no hours");
    }
    return Stream.of(bounds).map(String::strip).map(LocalTime::parse).toList();
  }

  private static DayOfWeek day(YamlNode price, String name) {
    return Stream.of(DayOfWeek.values())
        .filter(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() ->
            price.refuse(
                "days",
                "expected mon, tue, wed, thu, fri, sat, sun or holiday, found '" + name + "'"));
  }
}
