package org.tallystick.app.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rows of a trace as blocks of lines: a line of a file, a record, and each contract item with
/// the service periods that the record lies in.
final class TraceText {

  private TraceText() {}

  static List<String> ofLine(Map<String, @Nullable Object> line) {
    var text = new ArrayList<String>();
    text.add(line.get("file") + " line " + line.get("line") + ": " + line.get("disposition"));
    text.addAll(origin("", line));
    var why = new ArrayList<String>();
    for (var name : List.of("reason", "field", "message")) {
      var value = line.get(name);
      if (value != null && !value.equals("")) {
        why.add(value.toString());
      }
    }
    if (!why.isEmpty()) {
      text.add("  " + String.join(": ", why));
    }
    if (line.get("raw") != null) {
      text.add("  " + line.get("raw"));
    }
    if (line.get("ended") != null) {
      text.add("  " + line.get("ended") + ", " + line.get("ended_at"));
    }
    if (line.get("was") != null) {
      text.add("  was " + line.get("was"));
    }
    return text;
  }

  /// The record, then its items, each with its service periods.
  static List<List<String>> ofRecord(Map<String, @Nullable Object> record) {
    var items = new LinkedHashMap<String, List<String>>();
    for (var item : rows(record, "items")) {
      var name =
          "item %s of contract %s, meter %s"
              .formatted(item.get("item"), item.get("contract"), item.get("meter"));
      items.computeIfAbsent(name, first -> new ArrayList<>(List.of(first))).addAll(period(item));
    }
    var blocks = new ArrayList<List<String>>();
    blocks.add(head(record));
    blocks.addAll(items.values());
    return blocks;
  }

  private static List<String> head(Map<String, @Nullable Object> record) {
    var text = new ArrayList<String>();
    text.add(record.get("source") + "/" + record.get("id") + ": accepted");
    text.addAll(origin(record.get("file") + " line " + record.get("line") + ", ", record));
    text.add(
        "  %s of subject %s, %s to %s, quantity %s%s"
            .formatted(
                record.get("type"),
                record.get("subject"),
                record.get("starts"),
                record.get("ends"),
                number(record.get("quantity")),
                dimensions(record)));
    if (Objects.equals(record.get("is_late"), true)) {
      text.add("  late: a service period that it counts in was closed when it came in");
    }
    for (var line : rows(record, "again")) {
      text.add(
          "  again in %s line %s: %s, %s"
              .formatted(
                  line.get("file"), line.get("line"), line.get("disposition"), line.get("reason")));
    }
    if (record.get("withdrawn_at") != null) {
      text.add("  withdrawn " + record.get("withdrawn_at") + ": " + record.get("withdrawn_reason"));
    }
    text.add("  " + whose(record));
    return text;
  }

  private static String whose(Map<String, @Nullable Object> record) {
    var text = new ArrayList<String>();
    if (record.get("customer") != null) {
      text.add("customer " + record.get("customer") + " (" + record.get("customer_name") + ")");
      if (!record.get("customer").equals(record.get("payer"))) {
        text.add("paid by " + record.get("payer"));
      }
    }
    if (record.get("unattributed") != null) {
      text.add("unattributed: " + record.get("unattributed"));
    }
    return String.join(", ", text);
  }

  private static List<String> origin(String place, Map<String, @Nullable Object> row) {
    var position = row.get("position");
    return List.of(
        "  %sbatch %s, %s, taken in %s"
            .formatted(
                place,
                row.get("batch"),
                position == null ? "not numbered by a run yet" : "position " + position,
                row.get("taken_in")),
        "  SHA-256 " + row.get("sha256"));
  }

  private static String dimensions(Map<String, @Nullable Object> record) {
    var text = new StringBuilder();
    if (record.get("dimensions") instanceof Map<?, ?> dimensions) {
      new TreeMap<>(dimensions)
          .forEach((name, value) -> text.append(", ").append(name).append(' ').append(value));
    }
    return text.toString();
  }

  private static List<String> period(Map<String, @Nullable Object> item) {
    var text = new ArrayList<String>();
    if (item.get("starts") != null) {
      var zone = ZoneId.of(String.valueOf(item.get("zone")));
      text.add(
          "  %s to %s, due %s"
              .formatted(
                  local(item.get("starts"), zone),
                  local(item.get("ends"), zone),
                  local(item.get("due_at"), zone)));
    }
    text.add("  " + item.get("state"));
    text.addAll(amounts(item));
    var lines = rows(item, "lines");
    if (!lines.isEmpty()) {
      Table.of(lines.stream().map(TraceText::cells).toList())
          .forEach(row -> text.add("    " + row));
    }
    return text;
  }

  /// `this record 2.00 hour; the whole period 2.00, exactly 3.00 USD`
  private static List<String> amounts(Map<String, @Nullable Object> item) {
    var amounts = new ArrayList<String>();
    if (item.get("of_record") != null) {
      amounts.add("this record %s %s".formatted(cut(item.get("of_record")), item.get("unit")));
    }
    if (item.get("net") != null) {
      amounts.add(
          "the whole period %s, exactly %s %s%s"
              .formatted(
                  cut(item.get("quantity")),
                  number(item.get("net")),
                  item.get("currency"),
                  Boolean.TRUE.equals(item.get("is_rated")) ? "" : ", to be rated again"));
    }
    return amounts.isEmpty() ? List.of() : List.of("  " + String.join("; ", amounts));
  }

  private static Map<String, @Nullable Object> cells(Map<String, @Nullable Object> line) {
    var cells = new LinkedHashMap<String, @Nullable Object>(line);
    cells.replace("counts_it", Boolean.TRUE.equals(line.get("counts_it")) ? "yes" : "no");
    cells.replace("quantity", cut(line.get("quantity")));
    cells.replace("amount", number(line.get("amount")));
    return cells;
  }

  /// `1993-10-01T00:00-07:00`: with the offset, as an hour may be there twice.
  private static String local(@Nullable Object instant, ZoneId zone) {
    return Instant.parse(String.valueOf(instant)).atZone(zone).toOffsetDateTime().toString();
  }

  /// A quantity to six decimals, as `invoice show` has it.
  private static String cut(@Nullable Object quantity) {
    return quantity instanceof Number
        ? number(new BigDecimal(quantity.toString()).setScale(6, RoundingMode.HALF_UP))
        : number(quantity);
  }

  private static String number(@Nullable Object number) {
    return number instanceof Number
        ? Table.grouped(new BigDecimal(number.toString()))
        : String.valueOf(number);
  }

  private static List<Map<String, @Nullable Object>> rows(
      Map<String, @Nullable Object> row, String name) {
    var rows = new ArrayList<Map<String, @Nullable Object>>();
    if (row.get(name) instanceof List<?> list) {
      for (var each : list) {
        if (each instanceof Map<?, ?> map) {
          var copy = new LinkedHashMap<String, @Nullable Object>();
          map.forEach((key, value) -> copy.put(String.valueOf(key), value));
          rows.add(copy);
        }
      }
    }
    return rows;
  }
}
