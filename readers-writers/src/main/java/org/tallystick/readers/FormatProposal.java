package org.tallystick.readers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tallystick.domain.usage.NumberNotation;
import org.tallystick.domain.usage.UsageFormat.Layout;

/// A format as somebody would declare it who has seen no more than the first rows of a file: a
/// catalog file, with a comment at everything that has to be checked.
record FormatProposal(String key, Charset encoding, Shape shape, List<ColumnSample> columns) {

  private static final int NAMES_MAX = 20;

  /// How the file falls into columns.
  sealed interface Shape {}

  record Json(SequencedMap<String, String> paths) implements Shape {}

  record Lines(Separated separated, boolean isHeader, String comment) implements Shape {}

  String yaml() {
    var roles = ColumnRoles.of(columns);
    var fields = new ArrayList<String>();
    fields.add("key: " + key);
    fields.addAll(layout());
    if (!encoding.equals(UTF_8)) {
      fields.add("encoding: " + encoding.name() + "  # check: letters like ü and é");
    }
    columns.stream()
        .filter(column -> isUsed(roles, column))
        .flatMap(column -> column.absent().stream())
        .findFirst()
        .ifPresent(text -> fields.add("absent: " + quoted(text)));
    fields.addAll(notation(roles));
    fields.addAll(identity(roles));
    fields.add("subject: " + quoted(roles.subject().name()) + "  # check: whose usage it is");
    fields.add(time(roles));
    fields.add(quantity(roles));
    if (!roles.dimensions().isEmpty()) {
      fields.add(dimensions(roles));
    }
    fields.addAll(leftOut(roles));
    return "formats:\n  - " + String.join("\n    ", fields) + "\n";
  }

  private static boolean isUsed(ColumnRoles roles, ColumnSample column) {
    return Stream.concat(
            roles.times().columns().stream(),
            Stream.of(roles.quantity(), roles.duration()).flatMap(Optional::stream))
        .anyMatch(column::equals);
  }

  private List<String> layout() {
    var fields = new ArrayList<String>();
    switch (shape) {
      case Json(var paths) -> {
        fields.add("layout: json");
        var columns =
            paths.entrySet().stream().map(e -> quoted(e.getKey()) + ": " + quoted(e.getValue()));
        fields.add("columns: {" + String.join(",\n      ", columns.toList()) + "}");
      }
      case Lines(var separated, var isHeader, var comment) -> {
        switch (separated.layout()) {
          case Layout.Csv(_, var delimiter, _) -> {
            fields.add("layout: csv" + (isHeader ? "  # the first row names the columns" : ""));
            if (delimiter != ',') {
              fields.add("delimiter: " + quoted(String.valueOf(delimiter)));
            }
          }
          default -> fields.add("layout: blanks");
        }
        if (!comment.isEmpty()) {
          fields.add("comment: " + quoted(comment));
        }
        if (!isHeader) {
          fields.add("columns: [" + String.join(", ", names()) + "]  # check: give them names");
        }
      }
    }
    return fields;
  }

  private List<String> names() {
    return columns.stream().map(column -> quoted(column.name())).toList();
  }

  private static List<String> notation(ColumnRoles roles) {
    var fields = new ArrayList<String>();
    var numbers = roles.numbers();
    if (!numbers.equals(NumberNotation.PLAIN)) {
      fields.add(
          "numbers: {decimal: %s, group: %s}  # check: which mark is before decimals"
              .formatted(
                  quoted(String.valueOf(numbers.decimal())),
                  quoted(String.valueOf(numbers.group()))));
    }
    var times = roles.times();
    if (!times.text().equals("iso")) {
      fields.add(
          "times: "
              + quoted(times.text())
              + (times.isDayOrMonthFirst() ? "  # check: day or month first" : ""));
    }
    if (times.isPattern()) {
      fields.add(
          "zone: UTC"
              + (times.isLocal() ? "  # check: whose clocks, for example Europe/Berlin" : ""));
    }
    return fields;
  }

  private List<String> identity(ColumnRoles roles) {
    return List.of(
        roles
            .source()
            .map(column -> "source: {column: " + quoted(column.name()) + "}")
            .orElse("source: " + key + "  # check: the system that writes these files"),
        roles
            .id()
            .map(column ->
                "id: " + quoted(column.name()) + "  # check: no two records have the same")
            .orElse("# check: no id, a record is known by its file and line"),
        roles
            .type()
            .map(
                column -> "type: {column: " + quoted(column.name()) + "}  # check: meters go by it")
            .orElse("type: usage  # check: what meters call these records"));
  }

  private static String time(ColumnRoles roles) {
    var from = quoted(roles.from().name());
    if (roles.to().isPresent()) {
      return "time: {from: " + from + ", to: " + quoted(roles.to().get().name()) + "}";
    }
    return roles
        .duration()
        .map(column ->
            "time: {from: %s, duration: %s}  # check: whole seconds"
                .formatted(from, quoted(column.name())))
        .orElse("time: {at: " + from + "}");
  }

  private static String quantity(ColumnRoles roles) {
    return roles
        .quantity()
        .map(ColumnSample::name)
        .filter(name -> name.indexOf('`') < 0)
        .map(name ->
            "quantity: "
                + (name.matches("[\\p{L}_][\\p{L}\\p{Nd}_]*") ? name : quoted("`" + name + "`"))
                + "  # check: what is billed, and its unit")
        .orElse("quantity: 1  # check: no column of numbers was found, every row counts 1");
  }

  private static String dimensions(ColumnRoles roles) {
    var dimensions = new TreeMap<String, String>();
    for (var column : roles.dimensions()) {
      dimensions.putIfAbsent(String.join("_", column.words()), column.name());
    }
    var pairs = new ArrayList<String>();
    dimensions.forEach((name, column) -> pairs.add(quoted(name) + ": " + quoted(column)));
    return "dimensions: {" + String.join(", ", pairs) + "}  # check: what prices may go by";
  }

  private List<String> leftOut(ColumnRoles roles) {
    var names =
        columns.stream()
            .filter(column -> !roles.isTaken(column))
            .map(column -> quoted(column.name()).replaceAll("\\p{Cntrl}", " "))
            .toList();
    if (names.isEmpty()) {
      return List.of();
    }
    var more = names.size() > NAMES_MAX ? ", and " + (names.size() - NAMES_MAX) + " more" : "";
    return List.of("# not used: " + names.stream().limit(NAMES_MAX).collect(joining(", ")) + more);
  }

  /// `text` as YAML.
  private static String quoted(String text) {
    return text.matches("[A-Za-z_][A-Za-z0-9_.-]*")
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + "\"";
  }
}
