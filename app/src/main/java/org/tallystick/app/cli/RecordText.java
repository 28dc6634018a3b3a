package org.tallystick.app.cli;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.tallystick.domain.catalog.Match;
import org.tallystick.domain.catalog.PriceList.Price;
import org.tallystick.domain.catalog.RecordRule;
import org.tallystick.domain.catalog.RecordRule.Increments;
import org.tallystick.domain.catalog.RecordRule.RecordPrice;
import org.tallystick.domain.catalog.TimeBand;

/// Rules for single records and their prices, in the words of the catalog file.
final class RecordText {

  private RecordText() {}

  /// `first 60, then 30; fee 0.25, free 1, decimals 4`
  static String of(RecordRule rule) {
    var words = new ArrayList<String>();
    if (!rule.increments().equals(Increments.NONE)) {
      words.add("first " + rule.increments().first() + ", then " + rule.increments().then());
    }
    rule.price().map(RecordText::of).filter(text -> !text.isEmpty()).ifPresent(words::add);
    return words.isEmpty() ? "at its price" : String.join("; ", words);
  }

  private static String of(RecordPrice price) {
    var words = new ArrayList<String>();
    if (price.fee().signum() > 0) {
      words.add("fee " + price.fee());
    }
    if (price.min().signum() > 0) {
      words.add("min " + price.min());
    }
    price.max().ifPresent(max -> words.add("max " + max));
    if (price.free() > 0) {
      words.add("free " + price.free());
    }
    price.decimals().ifPresent(decimals -> words.add("decimals " + decimals));
    return String.join(", ", words);
  }

  /// What a price is for: `destination 43*, hours 20:00-08:00`.
  static String of(Price price) {
    var words = new ArrayList<String>();
    new TreeMap<>(price.where()).forEach((name, match) -> words.add(name + " " + of(match)));
    price.from().ifPresent(from -> words.add("from " + from));
    price.to().ifPresent(to -> words.add("to " + to));
    price.band().ifPresent(band -> words.addAll(of(band)));
    return words.isEmpty() ? "*" : String.join(", ", words);
  }

  private static String of(Match match) {
    return switch (match) {
      case Match.Exact(var text) -> text;
      case Match.Prefix(var text) -> text + "*";
      case Match.AtLeast(var bound) -> ">=" + bound;
      case Match.Any _ -> "*";
    };
  }

  private static List<String> of(TimeBand band) {
    var words = new ArrayList<String>();
    if (!band.from().equals(band.to()) || !band.from().equals(LocalTime.MIN)) {
      words.add("hours " + band.from() + "-" + band.to());
    }
    if (band.days().size() < DayOfWeek.values().length || !band.isOnHolidays()) {
      var days = new ArrayList<String>();
      band.days().stream().sorted().forEach(day -> days.add(day.name().substring(0, 3)));
      if (band.isOnHolidays()) {
        days.add("holiday");
      }
      words.add("days " + String.join(" ", days).toLowerCase(Locale.ROOT));
    }
    return words;
  }
}
