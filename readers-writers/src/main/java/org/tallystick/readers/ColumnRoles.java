package org.tallystick.readers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tallystick.domain.usage.NumberNotation;

/// Which column of a file is what of a record, guessed by names in English and German and by texts.
/// A column has one role; what is left of the columns with few different texts is dimensions.
record ColumnRoles(
    TimeGuess times,
    NumberNotation numbers,
    Optional<ColumnSample> to,
    Optional<ColumnSample> duration,
    ColumnSample from,
    Optional<ColumnSample> quantity,
    ColumnSample subject,
    Optional<ColumnSample> id,
    Optional<ColumnSample> type,
    Optional<ColumnSample> source,
    List<ColumnSample> dimensions) {

  private static final int DIMENSIONS_MAX = 6;
  private static final int DIFFERENT_MAX = 20;

  private static final List<NumberNotation> NOTATIONS =
      List.of(
          NumberNotation.PLAIN,
          new NumberNotation('.', ','),
          new NumberNotation(',', '.'),
          new NumberNotation(',', ' '),
          new NumberNotation('.', '\''));

  private static final List<String> FROM =
      List.of("start", "started", "starts", "begin", "beginn", "from", "von");
  private static final List<String> TO =
      List.of("end", "ended", "ends", "ende", "stop", "until", "to", "bis", "finished");
  private static final List<String> DURATION =
      List.of("duration", "dauer", "seconds", "secs", "sec", "sekunden", "elapsed");
  private static final List<String> QUANTITY =
      List.of(
          "quantity",
          "qty",
          "menge",
          "usage",
          "verbrauch",
          "consumption",
          "tokens",
          "bytes",
          "kwh",
          "units",
          "volume",
          "amount",
          "anzahl",
          "count",
          "hours",
          "stunden",
          "minutes",
          "minuten",
          "seconds",
          "sekunden",
          "duration",
          "dauer",
          "value",
          "wert",
          "n");
  private static final List<String> SUBJECT =
      List.of(
          "subject",
          "customer",
          "kundennummer",
          "kundennr",
          "kunde",
          "client",
          "tenant",
          "account",
          "konto",
          "subscriber",
          "user",
          "username",
          "benutzer",
          "organization",
          "org",
          "project",
          "projekt",
          "team",
          "owner",
          "who",
          "caller",
          "device",
          "meter",
          "zähler");
  private static final List<String> ID =
      List.of(
          "id",
          "uuid",
          "guid",
          "nr",
          "no",
          "number",
          "nummer",
          "record",
          "event",
          "job",
          "call",
          "transaction",
          "reference",
          "ref",
          "seq",
          "sequence",
          "beleg",
          "key");
  private static final List<String> PRICE =
      List.of("price", "preis", "cost", "costs", "kosten", "rate", "total", "betrag", "balance");
  private static final List<String> TYPE =
      List.of("type", "kind", "art", "service", "product", "produkt", "sku", "metric");

  static ColumnRoles of(List<ColumnSample> columns) {
    var times = TimeGuess.of(columns);
    var free = new ArrayList<>(columns);
    free.removeAll(times.columns());
    var numbers = numbers(free);
    var from = named(times.columns(), FROM, _ -> true).orElse(times.columns().getFirst());
    var to = named(times.columns(), TO, column -> !column.equals(from));
    var isNumber = (Predicate<ColumnSample>) column -> column.isNumber(numbers);
    var isFew = (Predicate<ColumnSample>) ColumnRoles::isOfFew;
    var duration =
        to.isPresent()
            ? Optional.<ColumnSample>empty()
            : named(free, DURATION, ColumnRoles::isSeconds);
    var subject = take(free, named(free, SUBJECT, column -> !isDecimal(column)));
    var id = take(free, named(free, ID, ColumnSample::isUnique));
    var quantity = take(free, quantity(free, isNumber));
    var type = take(free, named(free, TYPE, isFew.and(isNumber.negate())));
    var source = take(free, named(free, List.of("source"), isFew));
    var whose = subject.or(() -> take(free, someName(free, isNumber)));
    duration.ifPresent(free::remove);
    return new ColumnRoles(
        times,
        numbers,
        to,
        duration,
        from,
        quantity,
        whose.or(() -> id).orElse(columns.getFirst()),
        id,
        type,
        source,
        free.stream()
            .filter(isFew.and(column -> !isDecimal(column)))
            .limit(DIMENSIONS_MAX)
            .toList());
  }

  /// Whether `column` has a role.
  boolean isTaken(ColumnSample column) {
    return dimensions.contains(column)
        || column.equals(from)
        || column.equals(subject)
        || Stream.of(to, duration, quantity, id, type, source)
            .anyMatch(role -> role.filter(column::equals).isPresent());
  }

  /// By its name, or the last one that measures something.
  private static Optional<ColumnSample> quantity(
      List<ColumnSample> free, Predicate<ColumnSample> isNumber) {
    return named(free, QUANTITY, isNumber)
        .or(() ->
            free.stream()
                .filter(isNumber)
                .filter(ColumnRoles::isMeasure)
                .reduce((_, last) -> last));
  }

  /// The first column of few texts, rather than numbers.
  private static Optional<ColumnSample> someName(
      List<ColumnSample> free, Predicate<ColumnSample> isNumber) {
    var few = free.stream().filter(ColumnRoles::isOfFew).toList();
    return few.stream().filter(isNumber.negate()).findFirst().or(() -> few.stream().findFirst());
  }

  /// The notation in which the most columns are numbers.
  private static NumberNotation numbers(List<ColumnSample> columns) {
    var best = NumberNotation.PLAIN;
    long most = 0;
    for (var notation : NOTATIONS) {
      long count = columns.stream().filter(column -> column.isNumber(notation)).count();
      if (count > most) {
        most = count;
        best = notation;
      }
    }
    return best;
  }

  /// The column with the first of `words` in its name for which `rule` holds.
  private static Optional<ColumnSample> named(
      List<ColumnSample> columns, List<String> words, Predicate<ColumnSample> rule) {
    return words.stream()
        .flatMap(word -> columns.stream().filter(column -> column.hasWord(Set.of(word))))
        .filter(rule)
        .findFirst();
  }

  private static Optional<ColumnSample> take(
      List<ColumnSample> free, Optional<ColumnSample> column) {
    column.ifPresent(free::remove);
    return column;
  }

  private static boolean isSeconds(ColumnSample column) {
    return !column.hasWord(Set.of("ms", "millis", "milliseconds", "minutes", "hours"))
        && column.isMostly(text -> text.matches("\\d{1,9}"));
  }

  /// Whether its name speaks of no identity, nobody's name and no money.
  private static boolean isMeasure(ColumnSample column) {
    return Stream.of(ID, SUBJECT, PRICE).noneMatch(words -> column.hasWord(Set.copyOf(words)));
  }

  private static boolean isDecimal(ColumnSample column) {
    return column.present().stream().anyMatch(text -> text.matches("[+-]?[\\d.,' ]*[.,]\\d+"));
  }

  private static boolean isOfFew(ColumnSample column) {
    int different = column.different();
    return different > 0
        && different <= DIFFERENT_MAX
        && column.texts().stream().allMatch(text -> text.length() <= 100);
  }
}
