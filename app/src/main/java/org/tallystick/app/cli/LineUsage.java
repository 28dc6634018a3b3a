package org.tallystick.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.domain.catalog.PriceList.Price;
import org.tallystick.domain.catalog.RecordRule;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.rating.Measuring.Measured;
import org.tallystick.readers.BilledUsage;
import org.tallystick.readers.WindowReader.Row;

/// How the quantity of a usage line came about, as it is printed: by windows, if asked for, and by
/// single records if the rate card has a rule for them.
///
/// @param limit how many records are shown
record LineUsage(
    BilledUsage line,
    Optional<List<Row>> windows,
    Optional<RecordRule> rule,
    List<Measured> records,
    long limit) {

  /// Lines to stand under that of the invoice.
  List<String> text() {
    var text = new ArrayList<String>();
    if (windows.isPresent()) {
      text.add(
          "    usage in %s, by windows in %s".formatted(line.unit(), line.input().cut().zone()));
      indented(text, Table.of(windows.get().stream().map(this::cells).toList()));
      text.add("      " + windowsText(windows.get()));
    }
    if (rule.isPresent()) {
      text.add("    records, each " + RecordText.of(rule.get()));
      indented(text, Table.of(shown().stream().map(LineUsage::cells).toList()));
      if (records.size() > limit) {
        text.add("      and " + (records.size() - limit) + " more; --limit says how many to show");
      }
      text.add("      sum of records: " + compared(recordsSum()));
    }
    return text;
  }

  Map<String, @Nullable Object> json() {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("line_no", line.lineNo());
    json.put("aggregation", line.aggregation());
    json.put("unit", line.unit());
    json.put("zone", line.input().cut().zone().getId());
    json.put("windows", windows.map(rows -> rows.stream().map(this::cells).toList()).orElse(null));
    json.put(
        "windows_sum",
        windows.filter(_ -> isSum()).map(rows -> windowsSum(rows).stored()).orElse(null));
    json.put("rule", rule.map(RecordText::of).orElse(null));
    json.put("records", shown().stream().map(LineUsage::cells).toList());
    json.put("records_more", Math.max(0, records.size() - limit));
    json.put("records_sum", rule.map(_ -> recordsSum().stored()).orElse(null));
    return json;
  }

  private static void indented(List<String> text, List<String> table) {
    table.forEach(row -> text.add("      " + row));
  }

  private boolean isSum() {
    return line.aggregation().equals("sum") || line.aggregation().equals("count");
  }

  private String windowsText(List<Row> rows) {
    if (!isSum()) {
      return "not added up: the line's quantity is the %s of the whole period"
          .formatted(line.aggregation());
    }
    return rule.isPresent()
        ? "sum of windows: " + windowsSum(rows) + ", before the rule for single records"
        : "sum of windows: " + compared(windowsSum(rows));
  }

  private String compared(Fraction sum) {
    boolean isBilled = sum.stored().compareTo(line.billed()) == 0;
    return isBilled
        ? sum + ", the line's quantity"
        : sum + "; the line bills " + PostedInvoice.plain(line.billed());
  }

  private static Fraction windowsSum(List<Row> rows) {
    return rows.stream().map(Row::quantity).reduce(Fraction.ZERO, Fraction::plus);
  }

  private Fraction recordsSum() {
    return records.stream().map(Measured::amount).reduce(Fraction.ZERO, Fraction::plus);
  }

  private List<Measured> shown() {
    return records.stream().limit(limit).toList();
  }

  private Map<String, @Nullable Object> cells(Row row) {
    var cells = UsageQueryCommand.span(row, line.input().cut().zone());
    cells.put("quantity", row.quantity().stored());
    cells.put("records", row.records());
    return cells;
  }

  private static Map<String, @Nullable Object> cells(Measured measured) {
    var cells = new LinkedHashMap<String, @Nullable Object>();
    cells.put("record", measured.use().name());
    cells.put("at", measured.use().at().toString());
    cells.put("value", measured.use().value());
    cells.put("units", measured.units().stored());
    cells.put("price", measured.price().map(Price::unit).orElse(null));
    cells.put("matched", measured.price().map(RecordText::of).orElse(null));
    cells.put("amount", measured.amount().stored());
    return cells;
  }
}
