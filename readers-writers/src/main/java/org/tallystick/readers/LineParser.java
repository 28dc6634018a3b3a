package org.tallystick.readers;

import static org.tallystick.domain.usage.SuspenseReason.IN_FUTURE;
import static org.tallystick.domain.usage.SuspenseReason.LINE_TOO_LONG;
import static org.tallystick.domain.usage.SuspenseReason.TRUNCATED;
import static org.tallystick.domain.usage.SuspenseReason.UNPARSEABLE_LINE;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.tallystick.domain.usage.Disposition;
import org.tallystick.domain.usage.Disposition.Accepted;
import org.tallystick.domain.usage.Disposition.Suspended;
import org.tallystick.domain.usage.SuspenseReason;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.domain.usage.UsageFormat.Layout;
import org.tallystick.domain.usage.UsageParser;
import org.tallystick.readers.RawLine.Ending;

/// Reads one physical line of a file by a declared format: line → columns → disposition.
///
/// CSV is parsed a line at a time, so a quote that is never closed spoils its own line and no
/// other. A quoted line break is therefore not read: both halves are suspended.
public final class LineParser {

  private final UsageFormat format;
  private final UsageParser parser;
  private final Columns columns;
  private final String file;
  private final long headerLine;
  private final List<String> names;
  private final boolean isReject;
  private final Optional<Header> header;
  private final Instant latest;

  private LineParser(UsageFormat format, String file, Optional<Header> header, Instant latest) {
    this.header = header;
    this.latest = latest;
    this.format = format;
    this.file = file;
    this.columns = Columns.of(format.layout());
    this.headerLine = header.map(Header::number).orElse(0L);
    this.names = header.map(Header::names).orElse(format.layout().columns());
    this.isReject = RejectFile.isHeader(names);
    this.parser = new UsageParser(format, names);
  }

  /// For the lines of `file`. Throws [UnreadableFile] if its header is missing or names a column
  /// twice.
  static LineParser of(InputFile file, UsageFormat format) throws IOException {
    try (var lines = LineSource.open(file, format)) {
      var line = lines.next();
      while (line != null && line.ending() == Ending.COMPLETE && !isRow(format, line.text())) {
        line = lines.next();
      }
      return of(file.name(), file.sha256(), format, Optional.ofNullable(line));
    }
  }

  /// For a file that is known by `sha256` and whose first line that is no comment is `first`.
  static LineParser of(String name, String sha256, UsageFormat format, Optional<RawLine> first) {
    var header = first.flatMap(line -> Header.of(name, format, line));
    if (header.isEmpty() && first.isPresent() && format.layout().isNamedByHeader()) {
      throw new UnreadableFile(
          name
              + " needs a header that names the columns "
              + format.columnsUsed()
              + ", found '"
              + first.get().beginning()
              + "'");
    }
    return new LineParser(format, sha256, header, Instant.MAX);
  }

  /// The same for a file that is taken in at `instant`: no record starts longer after that than the
  /// format says.
  LineParser takenIn(Instant instant) {
    return new LineParser(format, file, header, instant.plus(format.ahead()));
  }

  /// The columns that a line falls into, by name.
  List<String> names() {
    return names;
  }

  public ParsedLine parse(RawLine line) {
    return switch (line.ending()) {
      case TRUNCATED -> suspended(line, TRUNCATED, "the file breaks off in or before this line");
      case TOO_LONG ->
          suspended(
              line, LINE_TOO_LONG, "expected at most " + LineSource.LINE_BYTES_MAX + " bytes");
      case COMPLETE -> complete(line);
    };
  }

  private static ParsedLine suspended(RawLine line, SuspenseReason reason, String message) {
    return new ParsedLine(line, new Suspended(reason, "", message), null);
  }

  private ParsedLine complete(RawLine line) {
    var text = line.text();
    if (line.number() == headerLine || !isRow(format, text)) {
      return new ParsedLine(line, null, null);
    }
    if (text.indexOf('\uFFFD') >= 0 || text.indexOf('\0') >= 0) {
      return suspended(
          line, UNPARSEABLE_LINE, "expected " + format.notation().encoding() + " text without NUL");
    }
    var cells = columns.split(text);
    if (cells.isEmpty()) {
      return suspended(line, UNPARSEABLE_LINE, "expected " + columns.expected());
    }
    var plain = isReject ? RejectFile.plain(cells) : cells;
    return new ParsedLine(
        line,
        inTime(parser.parse(plain, file + "/" + line.number())),
        isReject ? RejectFile.origin(names, plain) : null);
  }

  private Disposition inTime(Disposition disposition) {
    return disposition instanceof Accepted(var record) && record.starts().isAfter(latest)
        ? new Suspended(
            IN_FUTURE,
            format.timing().columns().getFirst(),
            "expected a start at most "
                + format.ahead()
                + " after the file was taken in, found "
                + record.starts())
        : disposition;
  }

  private static boolean isRow(UsageFormat format, String text) {
    var comment = format.notation().comment();
    return !text.isBlank() && (comment.isEmpty() || !text.startsWith(comment));
  }

  /// The line that names the columns of a CSV file.
  private record Header(long number, List<String> names) {

    /// `line` as a header if it names all columns that `format` uses.
    static Optional<Header> of(String file, UsageFormat format, RawLine line) {
      if (!(format.layout() instanceof Layout.Csv csv)) {
        return Optional.empty();
      }
      var names = Columns.of(csv).split(line.text()).stream().map(String::strip).toList();
      var used = format.columnsUsed();
      if (!new HashSet<>(names).containsAll(used)) {
        return Optional.empty();
      }
      for (var column : used) {
        if (names.indexOf(column) != names.lastIndexOf(column)) {
          throw new UnreadableFile(file + ": the header names the column '" + column + "' twice");
        }
      }
      return Optional.of(new Header(line.number(), names));
    }
  }
}
