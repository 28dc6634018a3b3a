package org.tallystick.readers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.domain.usage.UsageFormat.Layout;
import org.tallystick.readers.ParsedLine.Origin;

/// Suspended lines as a file that can be mended and imported: CSV in UTF-8, whatever the layout of
/// the file that they came from. Its header names that file's columns, and after them where each
/// line came from and what is wrong with it; `_raw` is the line itself.
///
/// A cell that a spreadsheet would take for a formula stands behind an apostrophe, which is taken
/// away when the file is read.
public final class RejectFile {

  private static final String LINE = "_line";
  private static final String FILE = "_file";
  private static final List<String> MARKS = List.of(LINE, "_reason", "_message", FILE, "_raw");

  private static final String FORMULA_BEGINS = "=@+-'\t\r";
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9][0-9.,]*");

  private RejectFile() {}

  static boolean isHeader(List<String> names) {
    return new HashSet<>(names).containsAll(MARKS);
  }

  /// `names` without those that a reject file adds.
  static List<String> columns(List<String> names) {
    return names.stream().filter(name -> !MARKS.contains(name)).toList();
  }

  /// How to read `file`, which is declared to be of `format`: as a reject file if it is one.
  static UsageFormat format(InputFile file, UsageFormat format) {
    var rejects = format.in(new Layout.Csv(List.of(), ',', '"'), UTF_8);
    try (var lines = LineSource.open(file, rejects)) {
      var first = lines.next();
      return first != null && isHeader(Columns.of(rejects.layout()).split(first.text()))
          ? rejects
          : format;
    } catch (IOException e) {
      return format;
    }
  }

  /// Which suspended line a row with these `cells` is; null if the cells do not say.
  static @Nullable Origin origin(List<String> names, List<String> cells) {
    if (cells.size() != names.size()) {
      return null;
    }
    var number = cells.get(names.indexOf(LINE));
    return number.matches("[0-9]{1,18}")
        ? new Origin(cells.get(names.indexOf(FILE)), Long.parseLong(number))
        : null;
  }

  /// The cells without the apostrophes that stand before what looks like a formula.
  static List<String> plain(List<String> cells) {
    return cells.stream()
        .map(cell ->
            cell.length() > 1 && cell.charAt(0) == '\'' && beginsFormula(cell.charAt(1))
                ? cell.substring(1)
                : cell)
        .toList();
  }

  private static String escaped(String cell) {
    return !cell.isEmpty() && beginsFormula(cell.charAt(0)) && !NUMBER.matcher(cell).matches()
        ? "'" + cell
        : cell;
  }

  private static boolean beginsFormula(char first) {
    return FORMULA_BEGINS.indexOf(first) >= 0;
  }

  /// The first line of a reject file of `file`, with its line end.
  public static String header(WaitingFile file) {
    var names = new ArrayList<>(columns(file.columns()));
    names.addAll(MARKS);
    return record(names);
  }

  /// A line of `file` as a row of its reject file, with its line end; `overrides` are what columns
  /// say instead of what they said.
  public static String row(WaitingFile file, WaitingLine line, Map<String, String> overrides) {
    var names = file.columns();
    var cells = file.cells(line.raw());
    var row = new ArrayList<String>();
    for (int n = 0; n < names.size(); n++) {
      if (!MARKS.contains(names.get(n))) {
        var cell = cells.size() == names.size() ? cells.get(n) : "";
        row.add(overrides.getOrDefault(names.get(n), cell));
      }
    }
    row.add(String.valueOf(line.number()));
    row.add(line.reason());
    row.add(line.field().isEmpty() ? line.message() : line.field() + ": " + line.message());
    row.add(file.sha256());
    row.add(line.raw());
    return record(row);
  }

  private static String record(List<String> cells) {
    return CSVFormat.RFC4180.format(cells.stream().map(RejectFile::escaped).toArray()) + "\n";
  }
}
