package org.tallystick.readers;

import static java.util.Comparator.comparingInt;

import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tallystick.domain.usage.Disposition.Accepted;
import org.tallystick.domain.usage.Disposition.Filtered;
import org.tallystick.domain.usage.Disposition.Suspended;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.domain.usage.UsageFormat.Layout;
import org.tallystick.sql.Query;

/// Which format a usage file is of: one that is known, or a proposal to be checked by somebody who
/// knows the file. Only the first rows are looked at.
public final class FormatDetection {

  /// How many of the first rows a format reads; a filtered row is one that is read.
  public record Fit(String key, int rows, int read) {}

  /// A catalog file with one format, every guess with a comment, and what it reads of the file.
  public record Proposal(String yaml, Fit fit) {}

  private static final String UNIX_START = "; UnixStartTime:";

  private FormatDetection() {}

  /// The formats, by key, that read at least half of the first rows, the best ones first.
  public static List<Fit> fits(InputFile file, Map<String, UsageFormat> formats) {
    var fits = new ArrayList<Fit>();
    formats.forEach((key, format) -> fit(file, key, format).ifPresent(fits::add));
    fits.removeIf(fit -> fit.read * 2 < fit.rows);
    fits.sort(
        comparingInt(Fit::read).reversed().thenComparing(Fit::key, Comparator.reverseOrder()));
    return fits;
  }

  /// None if it accepts no row.
  private static Optional<Fit> fit(InputFile file, String key, UsageFormat format) {
    int rows = 0;
    int read = 0;
    boolean isAccepted = false;
    try (var lines = LineSource.open(file, format)) {
      var parser = LineParser.of(file, format);
      for (var line = lines.next();
          line != null && rows < FileSample.ROWS_MAX;
          line = lines.next()) {
        switch (parser.parse(line).disposition()) {
          case Accepted _ -> {
            isAccepted = true;
            rows++;
            read++;
          }
          case Filtered _ -> {
            rows++;
            read++;
          }
          case Suspended _ -> rows++;
          case null -> {}
        }
      }
    } catch (IOException | UnreadableFile e) {
      return Optional.empty();
    }
    return isAccepted ? Optional.of(new Fit(key, rows, read)) : Optional.empty();
  }

  /// Proposes a format; throws [UnreadableFile], saying what is missing, if there is none.
  public static Proposal propose(InputFile file) {
    var sample = FileSample.of(file);
    var key = key(file.name());
    var yaml =
        workloadStart(sample)
            .map(start -> workload(key, start))
            .orElseGet(() -> yaml(file.name(), key, sample));
    var catalog = YamlNode.read(new StringReader(yaml), "the proposal");
    var format = UsageFormatReader.read(catalog.mappings("formats").getFirst());
    return new Proposal(yaml, fit(file, key, format).orElse(new Fit(key, 0, 0)));
  }

  private static String yaml(String name, String key, FileSample sample) {
    if (sample.isJson()) {
      var pointers = JsonColumns.of(sample.lines());
      var layout = new Layout.Json(JsonColumns.pointers(pointers));
      var columns = columns(List.copyOf(pointers.keySet()), rows(layout, sample.lines()));
      return new FormatProposal(key, sample.encoding(), new FormatProposal.Json(pointers), columns)
          .yaml();
    }
    var comment = comment(sample.lines());
    var lines =
        sample.lines().stream()
            .filter(line -> comment.isEmpty() || !line.startsWith(comment))
            .limit(FileSample.ROWS_MAX + 1)
            .toList();
    var layout = Separated.of(name, lines);
    var rows = rows(layout.layout(), lines);
    rows.removeIf(row -> row.size() != layout.count());
    boolean isHeader = layout.isCsv() && Separated.isHeader(rows);
    var names =
        isHeader
            ? rows.removeFirst().stream().map(String::strip).toList()
            : IntStream.rangeClosed(1, layout.count()).mapToObj(n -> "column" + n).toList();
    var shape = new FormatProposal.Lines(layout, isHeader, comment);
    return new FormatProposal(key, sample.encoding(), shape, columns(names, rows)).yaml();
  }

  private static List<List<String>> rows(Layout layout, List<String> lines) {
    var columns = Columns.of(layout);
    var rows = new ArrayList<List<String>>();
    for (var line : lines) {
      var row = columns.split(line);
      if (!row.isEmpty()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<ColumnSample> columns(List<String> names, List<List<String>> rows) {
    return IntStream.range(0, names.size())
        .mapToObj(
            n -> new ColumnSample(names.get(n), rows.stream().map(row -> row.get(n)).toList()))
        .toList();
  }

  private static String comment(List<String> lines) {
    var first = lines.isEmpty() ? "" : lines.getFirst();
    return first.startsWith("#") ? "#" : first.startsWith("; ") ? ";" : "";
  }

  /// When the log of a Standard Workload Format begins, in Unix seconds.
  private static Optional<Long> workloadStart(FileSample sample) {
    return sample.lines().stream()
        .filter(line -> line.startsWith(UNIX_START))
        .map(line -> line.substring(UNIX_START.length()).strip())
        .filter(number -> number.matches("\\d{1,11}"))
        .map(Long::valueOf)
        .findFirst();
  }

  private static String workload(String key, long start) {
    return Query.read("/formats/standard-workload.yaml")
        .replace("KEY", key)
        .replace("START", Instant.ofEpochSecond(start).toString());
  }

  /// A key out of the name of a file, without its date: `Usage 2026-11.csv.gz` makes `usage`.
  private static String key(String name) {
    var stem = name.replaceAll("(\\.\\p{Alpha}{2,6})+$", "");
    var key = stem.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    var plain = key.replaceAll("(-?\\d{4}(-?\\d{2}){0,2})?-*$", "").replaceAll("^-+|-+$", "");
    return plain.isEmpty() || plain.equals("all") ? "usage" : plain;
  }
}
