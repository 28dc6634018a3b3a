package org.tallystick.app.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows under headings, numbers to the right, as wide as what they hold.
final class Table {

  private Table() {}

  /// The lines of a table over rows with the same columns; a line that says so for no rows.
  static List<String> of(List<Map<String, @Nullable Object>> rows) {
    if (rows.isEmpty()) {
      return List.of("(none)");
    }
    var names = List.copyOf(rows.getFirst().keySet());
    var cells = new ArrayList<List<String>>();
    cells.add(names.stream().map(name -> name.replace('_', ' ')).toList());
    for (var row : rows) {
      cells.add(names.stream().map(name -> text(row.get(name))).toList());
    }
    var lines = new ArrayList<String>();
    for (var row : cells) {
      var line = new StringBuilder();
      for (int i = 0; i < names.size(); i++) {
        int column = i;
        int width = cells.stream().mapToInt(cell -> cell.get(column).length()).max().orElse(0);
        boolean isNumber =
            IntStream.range(0, rows.size())
                .allMatch(r -> rows.get(r).get(names.get(column)) instanceof Number);
        line.append(padded(row.get(i), width, isNumber)).append("  ");
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /// A whole number with commas between thousands.
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// A decimal with commas between thousands and at least two decimals.
  static String grouped(BigDecimal number) {
    var plain = number.stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(2, plain.scale()) + "f", plain);
  }

  private static String padded(String text, int width, boolean isRight) {
    var padding = " ".repeat(width - text.length());
    return isRight ? padding + text : text + padding;
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal decimal -> grouped(decimal);
      case Long whole -> grouped(whole);
      default -> value.toString();
    };
  }
}
