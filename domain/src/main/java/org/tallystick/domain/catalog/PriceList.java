package org.tallystick.domain.catalog;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Prices by what a record was (its dimensions) and when. Of those that match, the most specific
/// wins: by the first of `dimensions`, then the next; then a price for a time band before one for
/// any time; then the one that came into force last; then the earlier one in the list.
///
/// `prices` are kept with the most specific first.
public record PriceList(List<String> dimensions, List<Price> prices, Set<LocalDate> holidays) {

  public PriceList {
    dimensions = List.copyOf(dimensions);
    prices = prices.stream().sorted(bySpecificity(dimensions).reversed()).toList();
    holidays = Set.copyOf(holidays);
    if (prices.isEmpty()) {
      throw new IllegalArgumentException("a price list needs a price");
    }
    for (var price : prices) {
      if (!dimensions.containsAll(price.where().keySet())) {
        throw new IllegalArgumentException(
            "a price is for "
                + price.where().keySet()
                + ", the list's dimensions are "
                + dimensions);
      }
    }
  }

  /// The price of a record with `dimensions` at a local time; none if the list has none.
  public Optional<Price> find(Map<String, String> dimensions, LocalDateTime at) {
    return prices.stream().filter(price -> price.matches(dimensions, at, holidays)).findFirst();
  }

  /// Every record at one price, whatever it was.
  public static PriceList of(BigDecimal unit) {
    var price = new Price(Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), unit);
    return new PriceList(List.of(), List.of(price), Set.of());
  }

  private static Comparator<Price> bySpecificity(List<String> dimensions) {
    Comparator<Price> order = Comparator.comparingInt(_ -> 0);
    for (var name : dimensions) {
      order = order.thenComparing(price -> price.match(name));
    }
    return order
        .thenComparing(price -> price.band().isPresent())
        .thenComparing(price -> price.from().orElse(LocalDate.MIN));
  }

  /// `unit` for each unit of a record whose dimensions match `where`, in [from, to), in `band`.
  public record Price(
      Map<String, Match> where,
      Optional<LocalDate> from,
      Optional<LocalDate> to,
      Optional<TimeBand> band,
      BigDecimal unit) {

    private static final Match ANY = new Match.Any();

    public Price {
      where = Map.copyOf(where);
      Amounts.requireNotNegative("unit price", unit);
      if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
        throw new IllegalArgumentException(
            "a price must end after it starts, was " + from.get() + " to " + to.get());
      }
    }

    private Match match(String dimension) {
      return where.getOrDefault(dimension, ANY);
    }

    private boolean matches(
        Map<String, String> dimensions, LocalDateTime at, Set<LocalDate> holidays) {
      var day = at.toLocalDate();
      return from.map(first -> !day.isBefore(first)).orElse(true)
          && to.map(day::isBefore).orElse(true)
          && band.map(hours -> hours.contains(at, holidays)).orElse(true)
          && where.entrySet().stream()
              .allMatch(entry -> entry.getValue().matches(dimensions.get(entry.getKey())));
    }
  }
}
