package org.tallystick.readers;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.tallystick.domain.usage.NumberNotation;
import org.tallystick.domain.usage.UsageFormat.Layout;

/// How the lines of a file fall into columns: the layout by which nine of ten have the same number
/// of columns, and more than by the others.
record Separated(Layout layout, int count) {

  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

  static Separated of(String name, List<String> lines) {
    var best = new Separated(new Layout.Blanks(List.of()), 1);
    for (var delimiter : DELIMITERS) {
      var layout = new Layout.Csv(List.of(), delimiter, '"');
      int count = count(layout, lines);
      if (count > best.count) {
        best = new Separated(layout, count);
      }
    }
    if (best.count == 1) {
      best = new Separated(best.layout, count(best.layout, lines));
    }
    if (best.count == 1) {
      throw new UnreadableFile(
          name
              + " falls into no columns: expected the same number of commas, semicolons, tabs, bars"
              + " or blanks in nine of ten lines; if its columns stand at fixed places, declare"
              + " them");
    }
    return best;
  }

  /// The number of columns that nine of ten lines have; 1 if there is none.
  private static int count(Layout layout, List<String> lines) {
    var columns = Columns.of(layout);
    return lines.stream()
        .collect(groupingBy(line -> columns.split(line).size(), counting()))
        .entrySet()
        .stream()
        .filter(entry -> entry.getKey() > 1 && entry.getValue() * 10 >= lines.size() * 9L)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(1);
  }

  boolean isCsv() {
    return layout instanceof Layout.Csv;
  }

  /// Whether the first row names the columns: different texts, none of them a number or a time.
  static boolean isHeader(List<List<String>> rows) {
    var first = rows.getFirst().stream().map(String::strip).toList();
    return new HashSet<>(first).size() == first.size()
        && first.stream().noneMatch(Separated::isValue);
  }

  private static boolean isValue(String text) {
    return text.isEmpty()
        || NumberNotation.PLAIN.read(text.replace(',', '.')).isPresent()
        || text.matches("\\d{1,4}[-./]\\d{1,2}[-./]\\d{1,4}.*");
  }
}
