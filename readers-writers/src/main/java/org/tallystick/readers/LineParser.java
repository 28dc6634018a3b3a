package org.tallystick.readers;

import static org.tallystick.domain.usage.SuspenseReason.LINE_TOO_LONG;
import static org.tallystick.domain.usage.SuspenseReason.TRUNCATED;
import static org.tallystick.domain.usage.SuspenseReason.UNPARSEABLE_LINE;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.tallystick.domain.usage.Disposition;
import org.tallystick.domain.usage.Disposition.Suspended;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.domain.usage.UsageFormat.Layout;
import org.tallystick.domain.usage.UsageParser;

/// Reads one physical line by a declared format: line → columns → disposition.
///
/// CSV is parsed a line at a time, so a quote that is never closed spoils its own line and no
/// other. A quoted line break is therefore not read: both halves are suspended.
public final class LineParser {

  private final UsageFormat format;
  private final UsageParser parser;

  public LineParser(UsageFormat format) {
    this.format = format;
    this.parser = new UsageParser(format);
  }

  public ParsedLine parse(RawLine line) {
    return new ParsedLine(line, disposition(line));
  }

  private @Nullable Disposition disposition(RawLine line) {
    return switch (line.ending()) {
      case TRUNCATED ->
          new Suspended(TRUNCATED, "", "the compressed file breaks off in or before this line");
      case TOO_LONG ->
          new Suspended(
              LINE_TOO_LONG, "", "expected at most " + LineSource.LINE_BYTES_MAX + " bytes");
      case COMPLETE -> complete(line);
    };
  }

  private @Nullable Disposition complete(RawLine line) {
    var text = line.number() == 1 ? withoutMark(line.text()) : line.text();
    if (text.isBlank() || isComment(text) || isHeader(line.number(), text)) {
      return null;
    }
    if (text.indexOf('\uFFFD') >= 0 || text.indexOf('\0') >= 0) {
      return new Suspended(UNPARSEABLE_LINE, "", "expected UTF-8 text without NUL");
    }
    return switch (format.layout()) {
      case Layout.Blanks _ -> parser.parse(blanks(text));
      case Layout.Csv(_, var delimiter) -> csv(text, delimiter);
    };
  }

  private boolean isComment(String text) {
    return !format.commentPrefix().isEmpty() && text.startsWith(format.commentPrefix());
  }

  private boolean isHeader(long number, String text) {
    return number == 1
        && switch (format.layout()) {
          case Layout.Blanks _ -> false;
          case Layout.Csv(var columns, var delimiter) -> columns(text, delimiter).equals(columns);
        };
  }

  /// The byte order mark that some programs write before UTF-8.
  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static List<String> blanks(String text) {
    var tokens = new StringTokenizer(text, " \t");
    var columns = new ArrayList<String>(tokens.countTokens());
    while (tokens.hasMoreTokens()) {
      columns.add(tokens.nextToken());
    }
    return columns;
  }

  private Disposition csv(String text, char delimiter) {
    var columns = columns(text, delimiter);
    return columns.isEmpty()
        ? new Suspended(UNPARSEABLE_LINE, "", "expected CSV with closed quotes")
        : parser.parse(columns);
  }

  /// The columns of a line without quotes: they need no parser.
  private static List<String> split(String text, char delimiter) {
    var columns = new ArrayList<String>();
    int from = 0;
    for (int to = text.indexOf(delimiter); to >= 0; to = text.indexOf(delimiter, from)) {
      columns.add(text.substring(from, to));
      from = to + 1;
    }
    columns.add(text.substring(from));
    return columns;
  }

  /// The columns of a line of CSV; none if it is no whole record, or more than one.
  private static List<String> columns(String text, char delimiter) {
    if (text.indexOf('\r') >= 0) {
      return List.of();
    }
    if (text.indexOf('"') < 0) {
      return split(text, delimiter);
    }
    if (text.chars().filter(c -> c == '"').count() % 2 != 0) {
      return List.of();
    }
    var layout = CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
    try (var records = layout.parse(new StringReader(text))) {
      return records.stream().flatMap(CSVRecord::stream).toList();
    } catch (CSVException | UncheckedIOException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
