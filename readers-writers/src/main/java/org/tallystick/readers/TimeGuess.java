package org.tallystick.readers;

import static java.time.ZoneOffset.UTC;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tallystick.domain.usage.TimeNotation;

/// How a file whose format is not known writes its times, and which columns hold some: the notation
/// that reads the most columns.
///
/// @param text as `times` of a format says it
record TimeGuess(String text, List<ColumnSample> columns) {

  private static final List<String> PATTERNS =
      List.of(
          "yyyy-MM-dd'T'HH:mm:ss",
          "yyyy-MM-dd'T'HH:mm:ssX",
          "yyyy-MM-dd'T'HH:mmX",
          "yyyy-MM-dd'T'HH:mm:ss.SSS",
          "yyyy-MM-dd HH:mm:ss",
          "yyyy-MM-dd HH:mm:ss.SSS",
          "yyyy-MM-dd HH:mm:ss.SSSSSS",
          "yyyy-MM-dd HH:mm:ssX",
          "yyyy-MM-dd HH:mm:ss 'UTC'",
          "yyyy-MM-dd HH:mm",
          "yyyy-MM-dd",
          "dd.MM.yyyy HH:mm:ss",
          "dd.MM.yyyy HH:mm",
          "dd.MM.yyyy",
          "d.M.yyyy H:mm",
          "dd/MM/yyyy HH:mm:ss",
          "dd/MM/yyyy HH:mm",
          "dd/MM/yyyy",
          "MM/dd/yyyy HH:mm:ss",
          "MM/dd/yyyy HH:mm",
          "MM/dd/yyyy",
          "M/d/yyyy H:mm",
          "yyyy/MM/dd HH:mm:ss",
          "yyyy/MM/dd HH:mm",
          "yyyy/MM/dd",
          "dd-MM-yyyy HH:mm:ss",
          "dd-MMM-yyyy HH:mm:ss",
          "dd MMM yyyy HH:mm:ss",
          "yyyyMMdd'T'HHmmssX",
          "yyyyMMddHHmmss",
          "yyyyMMdd",
          "yyyy-MM-dd['T'][' ']HH:mm[:ss][.SSSSSSSSS][.SSSSSS][.SSS][X][' UTC']");

  private static final Set<String> WORDS =
      Set.of(
          "time",
          "timestamp",
          "ts",
          "date",
          "datum",
          "zeit",
          "zeitpunkt",
          "at",
          "when",
          "day",
          "tag",
          "hour",
          "start",
          "started",
          "begin",
          "beginn",
          "from",
          "von",
          "end",
          "ended",
          "ende",
          "stop",
          "until",
          "to",
          "bis",
          "created",
          "period",
          "utc",
          "epoch");

  static TimeGuess of(List<ColumnSample> columns) {
    var best = new TimeGuess("iso", read(columns, new TimeNotation.Iso()));
    best = best.or(new TimeGuess("epoch-seconds", epochs(columns, 10, 0)));
    best = best.or(new TimeGuess("epoch-milliseconds", epochs(columns, 13, 3)));
    best = best.or(new TimeGuess("epoch-microseconds", epochs(columns, 16, 6)));
    for (var pattern : PATTERNS) {
      var notation = TimeNotation.Pattern.of(pattern, UTC);
      boolean isOfDigits = pattern.matches("[a-zA-Z]+");
      var read = read(isOfDigits ? named(columns) : columns, notation);
      best = best.or(new TimeGuess(pattern, read));
    }
    if (best.columns.isEmpty()) {
      throw new UnreadableFile(
          "no column holds times that are known: expected one in "
              + columns.stream().map(ColumnSample::name).toList()
              + "; declare the format with a pattern of times");
    }
    return best;
  }

  private TimeGuess or(TimeGuess other) {
    return other.columns.size() > columns.size() ? other : this;
  }

  private static List<ColumnSample> read(List<ColumnSample> columns, TimeNotation notation) {
    return columns.stream().filter(column -> column.isTime(notation)).toList();
  }

  /// A number is a time only where the column is called so, or has no name.
  private static List<ColumnSample> named(List<ColumnSample> columns) {
    return columns.stream()
        .filter(column -> column.hasWord(WORDS) || column.name().matches("column\\d+"))
        .toList();
  }

  private static List<ColumnSample> epochs(List<ColumnSample> columns, int digits, int decimals) {
    var found = new ArrayList<>(read(named(columns), new TimeNotation.Epoch(decimals)));
    found.removeIf(
        column -> !column.isMostly(text -> text.matches("[12]\\d{" + (digits - 1) + "}(\\..*)?")));
    return found;
  }

  /// Whether the zone has to be declared.
  boolean isPattern() {
    return !text.equals("iso") && !text.startsWith("epoch-");
  }

  /// Whether the file leaves open by whose clocks its times are.
  boolean isLocal() {
    return isPattern() && !text.contains("X") && !text.contains("UTC");
  }

  boolean isDayOrMonthFirst() {
    return text.contains("dd/MM") || text.contains("MM/dd") || text.contains("M/d");
  }
}
