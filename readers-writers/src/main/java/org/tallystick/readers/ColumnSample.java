package org.tallystick.readers;

import java.time.DateTimeException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.tallystick.domain.usage.NumberNotation;
import org.tallystick.domain.usage.TimeNotation;

/// A column of a file whose format is not known: its name, and its texts in the first rows.
record ColumnSample(String name, List<String> texts) {

  private static final Set<String> MARKS_OF_NOTHING =
      Set.of("-", "NULL", "null", "N/A", "n/a", "NaN", "\\N", "(none)");

  ColumnSample {
    texts = texts.stream().map(String::strip).toList();
  }

  /// The words that its name is made of, in lower case: `ChargePeriodStart` has three.
  List<String> words() {
    var spaced = name.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2").replaceAll("[^\\p{L}\\p{N}]+", " ");
    return List.of(spaced.toLowerCase(Locale.ROOT).strip().split(" "));
  }

  boolean hasWord(Set<String> words) {
    return words().stream().anyMatch(words::contains);
  }

  List<String> present() {
    return texts.stream()
        .filter(text -> !text.isEmpty() && !MARKS_OF_NOTHING.contains(text))
        .toList();
  }

  /// What stands where there is nothing, if something does.
  Optional<String> absent() {
    return texts.stream().filter(MARKS_OF_NOTHING::contains).findFirst();
  }

  boolean isNumber(NumberNotation notation) {
    return isMostly(text -> notation.read(text).isPresent());
  }

  boolean isTime(TimeNotation notation) {
    return isMostly(text -> isTime(notation, text));
  }

  /// Whether two of three texts are what `rule` says: a file may have bad rows at its beginning.
  boolean isMostly(Predicate<String> rule) {
    var present = present();
    return !present.isEmpty() && present.stream().filter(rule).count() * 3 >= present.size() * 2L;
  }

  private static boolean isTime(TimeNotation notation, String text) {
    try {
      return notation.read(text).getEpochSecond() >= 0;
    } catch (DateTimeException | ArithmeticException e) {
      return false;
    }
  }

  int different() {
    return new HashSet<>(present()).size();
  }

  /// Whether every row has a text, and none the same as another.
  boolean isUnique() {
    return different() == texts.size();
  }
}
