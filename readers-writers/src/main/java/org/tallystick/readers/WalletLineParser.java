package org.tallystick.readers;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tallystick.domain.usage.NumberNotation;
import org.tallystick.domain.usage.UsageFormat.Layout;
import org.tallystick.domain.wallet.Allowance;
import org.tallystick.readers.RawLine.Ending;
import org.tallystick.readers.WalletLine.Credits;
import org.tallystick.readers.WalletLine.Job;
import org.tallystick.readers.WalletLine.NoRequest;
import org.tallystick.readers.WalletLine.Unreadable;

/// Reads lines of CSV as requests on wallets. The header says of which kind: jobs have a column
/// `job`, used credits a column `id`; columns that it does not know are kept as details of credits,
/// and passed over of jobs.
final class WalletLineParser {

  private static final List<Character> DELIMITERS = List.of(',', ';', '\t');
  private static final List<String> OF_JOBS = List.of("project", "job", "device");
  private static final List<String> OF_CREDITS = List.of("customer", "id", "amount");
  private static final String VIRTUAL_CREDITS = "VC";
  private static final int KEY_LENGTH_MAX = 200;
  private static final BigDecimal RUNS_MAX = BigDecimal.TEN.pow(15);

  private final List<String> names;
  private final Columns columns;
  private final boolean isOfJobs;

  private WalletLineParser(List<String> names, Columns columns) {
    this.names = names;
    this.columns = columns;
    this.isOfJobs = names.containsAll(OF_JOBS);
  }

  /// By the header of a file; throws [UnreadableFile] if it names neither kind's columns.
  static WalletLineParser of(String header) {
    for (var delimiter : DELIMITERS) {
      var columns = Columns.of(new Layout.Csv(List.of(), delimiter, '"'));
      var names = columns.split(header).stream().map(String::strip).toList();
      if (names.containsAll(OF_JOBS) || names.containsAll(OF_CREDITS)) {
        requireUnique(names);
        return new WalletLineParser(names, columns);
      }
    }
    throw new UnreadableFile(
        "the first line must name the columns %s for jobs, or %s for used credits; it is '%s'"
            .formatted(
                String.join(", ", OF_JOBS),
                String.join(", ", OF_CREDITS),
                header.length() <= KEY_LENGTH_MAX ? header : header.substring(0, KEY_LENGTH_MAX)));
  }

  private static void requireUnique(List<String> names) {
    var seen = new HashSet<String>();
    for (var name : names) {
      if (name.indexOf('\0') >= 0 || (!name.isEmpty() && !seen.add(name))) {
        throw new UnreadableFile(
            "the first line must name each column once, without NUL characters; found '%s'"
                .formatted(name.replace('\0', '\uFFFD')));
      }
    }
  }

  static boolean saysNothing(String text) {
    return text.isBlank() || text.startsWith("#");
  }

  WalletLine parse(RawLine line) {
    if (line.ending() != Ending.COMPLETE) {
      return unreadable(line, "bad_line", "the line is too long, or the file breaks off in it");
    }
    if (saysNothing(line.text())) {
      return new NoRequest(line.number(), "");
    }
    if (line.text().indexOf('\0') >= 0) {
      return unreadable(line, "bad_line", "expected text, found a NUL character");
    }
    var values = columns.split(line.text());
    if (values.size() != names.size()) {
      return unreadable(
          line, "bad_line", "expected %d columns, found %d".formatted(names.size(), values.size()));
    }
    var row = new HashMap<String, String>();
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), values.get(i).strip());
    }
    row.remove("");
    try {
      return isOfJobs ? job(line, row) : credits(line, row);
    } catch (Problem problem) {
      return unreadable(line, problem.reason, String.valueOf(problem.getMessage()));
    }
  }

  private static Job job(RawLine line, Map<String, String> row) throws Problem {
    return new Job(
        line.number(),
        line.text(),
        text(row, "project"),
        text(row, "job"),
        row.getOrDefault("batch", "").isEmpty() ? "" : text(row, "batch"),
        text(row, "device"),
        runs(row),
        time(row, "start"),
        time(row, "end"),
        isTrue(row, "cancel"));
  }

  private static Credits credits(RawLine line, Map<String, String> row) throws Problem {
    if (!List.of("", "credit").contains(row.getOrDefault("type", ""))) {
      throw new Problem(
          "bad_type",
          "type: expected credit or nothing, found '%s'; usage of features is imported as usage"
              .formatted(row.get("type")));
    }
    var amount = number(row, "amount");
    if (amount.isEmpty() || amount.get().signum() <= 0 || !Allowance.isShort(amount.get())) {
      throw new Problem(
          "bad_number",
          "amount: expected more than zero, with up to 20 decimals, found '%s'"
              .formatted(row.get("amount")));
    }
    var unit = row.getOrDefault("unit", "");
    var details = new TreeMap<>(row);
    details.keySet().removeAll(List.of("customer", "id", "amount", "unit", "type"));
    details.values().removeIf(String::isEmpty);
    return new Credits(
        line.number(),
        line.text(),
        text(row, "customer"),
        text(row, "id"),
        unit.isEmpty() ? VIRTUAL_CREDITS : unit,
        amount.get(),
        details);
  }

  private static String text(Map<String, String> row, String name) throws Problem {
    var text = row.getOrDefault(name, "");
    if (text.isEmpty()) {
      throw new Problem("missing_value", name + ": expected a value, found nothing");
    }
    if (text.length() > KEY_LENGTH_MAX || text.indexOf('\uFFFD') >= 0) {
      throw new Problem(
          "bad_key", name + ": expected up to " + KEY_LENGTH_MAX + " characters in UTF-8");
    }
    return text;
  }

  private static Optional<BigDecimal> number(Map<String, String> row, String name) throws Problem {
    var text = row.getOrDefault(name, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var number = NumberNotation.PLAIN.read(text);
    if (number.isEmpty()) {
      throw new Problem("bad_number", name + ": expected a number like 12.5, found '" + text + "'");
    }
    return number;
  }

  private static Optional<Long> runs(Map<String, String> row) throws Problem {
    var runs = number(row, "runs");
    if (runs.isEmpty()) {
      return Optional.empty();
    }
    var count = runs.get().stripTrailingZeros();
    if (count.signum() < 0 || count.scale() > 0 || count.compareTo(RUNS_MAX) > 0) {
      throw new Problem(
          "bad_number",
          "runs: expected a whole number from 0 to %s, found '%s'"
              .formatted(RUNS_MAX.toPlainString(), row.get("runs")));
    }
    return Optional.of(count.longValueExact());
  }

  private static Optional<Instant> time(Map<String, String> row, String name) throws Problem {
    var text = row.getOrDefault(name, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      throw new Problem(
          "bad_time",
          "%s: expected a time with its zone, like 2026-03-01T10:00:00Z, found '%s'"
              .formatted(name, text));
    }
  }

  private static boolean isTrue(Map<String, String> row, String name) throws Problem {
    var text = row.getOrDefault(name, "");
    return switch (text) {
      case "true" -> true;
      case "false", "" -> false;
      default ->
          throw new Problem(
              "bad_value", name + ": expected true, false or nothing, found '" + text + "'");
    };
  }

  private static Unreadable unreadable(RawLine line, String reason, String message) {
    var text = line.beginning().replace('\0', '\uFFFD');
    return new Unreadable(line.number(), text, reason, message);
  }

  /// What is wrong with a line.
  private static final class Problem extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    Problem(String reason, String message) {
      super(message);
      this.reason = reason;
    }
  }
}
