package org.tallystick.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.tallystick.writers.DryRunReport;

/// What an import would do, for people and for programs.
final class DryRunText {

  private DryRunText() {}

  /// The lines to print: a table like that of the import, then what each file holds.
  static List<String> of(List<DryRunReport> reports) {
    var lines = new ArrayList<String>();
    lines.add("dry run, nothing was taken in");
    lines.addAll(Table.of(reports.stream().map(DryRunText::counts).toList()));
    for (var report : reports) {
      lines.add("");
      lines.add(report.file());
      lines.addAll(details(report).stream().map(line -> "  " + line).toList());
    }
    return lines;
  }

  private static Map<String, @Nullable Object> counts(DryRunReport report) {
    var counts = new LinkedHashMap<String, @Nullable Object>();
    counts.put("file", report.file());
    counts.put("lines", report.lines());
    counts.put("read", report.read());
    counts.put("accepted", report.records().accepted());
    counts.put("duplicate", report.records().duplicates());
    counts.put("filtered", report.filteredTotal());
    counts.put("suspended", report.suspendedTotal());
    return counts;
  }

  private static List<String> details(DryRunReport report) {
    var lines = new ArrayList<String>();
    var records = report.records();
    if (records.starts().isPresent() && records.ends().isPresent()) {
      lines.add(
          "accepted: quantity %s, %s to %s"
              .formatted(
                  Table.grouped(records.quantity()), records.starts().get(), records.ends().get()));
    }
    if (records.unattributed() > 0) {
      lines.add(
          "no customer has the subjects of %s of them: %s%s"
              .formatted(
                  Table.grouped(records.unattributed()),
                  String.join(", ", report.subjects()),
                  report.isEverySubjectShown() ? "" : ", ..."));
    }
    lines.addAll(reasons("filtered", report.filtered()));
    lines.addAll(reasons("suspended", report.suspended()));
    if (!report.first().isEmpty()) {
      Table.of(report.first().stream().map(DryRunText::line).toList())
          .forEach(line -> lines.add("  " + line));
    }
    return lines;
  }

  private static List<String> reasons(String disposition, SortedMap<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> disposition + ": " + Table.grouped(entry.getValue()) + " " + entry.getKey())
        .toList();
  }

  private static Map<String, @Nullable Object> line(DryRunReport.Line line) {
    var row = new LinkedHashMap<String, @Nullable Object>();
    row.put("line", line.line());
    row.put("reason", line.reason());
    row.put("field", line.field());
    row.put("message", line.message());
    return row;
  }

  /// The same, whole, under the names of the import's report.
  static Map<String, @Nullable Object> json(DryRunReport report) {
    var json = counts(report);
    var records = report.records();
    json.put("quantity", records.quantity());
    json.put("starts", records.starts().map(String::valueOf).orElse(null));
    json.put("ends", records.ends().map(String::valueOf).orElse(null));
    json.put("unattributed", records.unattributed());
    json.put("unattributed_subjects", report.subjects());
    json.put("filtered_by_reason", report.filtered());
    json.put("suspended_by_reason", report.suspended());
    json.put("suspended_lines", report.first().stream().map(DryRunText::line).toList());
    return json;
  }
}
