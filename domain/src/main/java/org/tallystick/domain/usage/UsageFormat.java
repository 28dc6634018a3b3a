package org.tallystick.domain.usage;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// How the lines of a usage file become usage records: data, not code.
///
/// Columns are spoken of by name.
///
/// @param source the first half of every record's identity, `id` the second
/// @param isNegativeTaken whether a quantity may be below zero: a correction of what was counted
/// @param ahead how long after its file is taken in a record may start
/// @param dimensions dimension name → column
public record UsageFormat(
    String key,
    Layout layout,
    Notation notation,
    Text source,
    Text id,
    Text type,
    Text subject,
    Timing timing,
    Expression quantity,
    boolean isNegativeTaken,
    Duration ahead,
    SequencedMap<String, String> dimensions,
    List<Filter> filters) {

  public UsageFormat {
    filters = List.copyOf(filters);
    var known = new HashSet<String>(layout.columns());
    if (known.size() != layout.columns().size()) {
      throw new IllegalArgumentException("columns name one column twice: " + layout.columns());
    }
    if (!layout.isNamedByHeader()) {
      require(known, "source", source.columns());
      require(known, "id", id.columns());
      require(known, "type", type.columns());
      require(known, "subject", subject.columns());
      require(known, "time", timing.columns());
      require(known, "quantity", quantity.columns());
      require(known, "dimensions", List.copyOf(dimensions.values()));
      filters.forEach(filter -> require(known, "filters", filter.columns()));
    }
  }

  private static void require(HashSet<String> known, String field, List<String> columns) {
    for (var column : columns) {
      if (!known.contains(column)) {
        throw new IllegalArgumentException(field + " names the unknown column '" + column + "'");
      }
    }
  }

  /// The same for lines in another layout and encoding, without comments.
  public UsageFormat in(Layout other, Charset encoding) {
    return new UsageFormat(
        key,
        other,
        new Notation(encoding, "", notation.absent(), notation.numbers(), notation.times()),
        source,
        id,
        type,
        subject,
        timing,
        quantity,
        isNegativeTaken,
        ahead,
        dimensions,
        filters);
  }

  /// The columns that a record is made of; a file may have others.
  public SequencedSet<String> columnsUsed() {
    var used = new LinkedHashSet<String>();
    for (var text : List.of(source, id, type, subject)) {
      used.addAll(text.columns());
    }
    used.addAll(timing.columns());
    used.addAll(quantity.columns());
    used.addAll(dimensions.values());
    filters.forEach(filter -> used.addAll(filter.columns()));
    return used;
  }

  /// How a line falls into columns.
  public sealed interface Layout {

    List<String> columns();

    /// Whether only the file itself says which columns it has.
    default boolean isNamedByHeader() {
      return this instanceof Csv && columns().isEmpty();
    }

    /// Columns between runs of blanks.
    record Blanks(List<String> columns) implements Layout {
      public Blanks {
        columns = List.copyOf(columns);
      }
    }

    /// RFC 4180 columns between `delimiter`s. If the first row names the columns that are used, it
    /// is a header: they may stand in any order, beside others. Without one, the file has exactly
    /// these columns, in this order; if `columns` is empty, it must have one.
    record Csv(List<String> columns, char delimiter, char quote) implements Layout {
      public Csv {
        columns = List.copyOf(columns);
        if (delimiter == quote) {
          throw new IllegalArgumentException("delimiter and quote must differ");
        }
      }
    }

    /// Columns at fixed places of the line.
    record Fixed(SequencedMap<String, Span> spans) implements Layout {
      @Override
      public List<String> columns() {
        return List.copyOf(spans.keySet());
      }
    }

    /// A JSON object per line, or the objects of one JSON array; column → JSON pointer (RFC 6901)
    /// to a value in it.
    record Json(SequencedMap<String, String> pointers) implements Layout {
      @Override
      public List<String> columns() {
        return List.copyOf(pointers.keySet());
      }
    }
  }

  /// Characters of a line, counted from 1, the last one included.
  public record Span(int first, int last) {
    public Span {
      if (first < 1 || last < first) {
        throw new IllegalArgumentException(
            "expected first-last from 1, found " + first + "-" + last);
      }
    }
  }

  /// How the file writes things.
  ///
  /// @param comment lines that start with it hold no row; none if empty
  /// @param absent a column with this text has no value (SWF: -1); nor has an empty one
  public record Notation(
      Charset encoding,
      String comment,
      String absent,
      NumberNotation numbers,
      TimeNotation times) {}

  /// Where a record's [from, to) stands.
  public sealed interface Timing {

    List<String> columns();

    /// `from` in seconds after `epoch` (Unix seconds), and whole seconds of `duration`.
    record SecondsAfter(long epoch, String from, String duration) implements Timing {
      @Override
      public List<String> columns() {
        return List.of(from, duration);
      }
    }

    /// Two times.
    record Between(String from, String to) implements Timing {
      @Override
      public List<String> columns() {
        return List.of(from, to);
      }
    }

    /// A time and how many seconds it lasted.
    record Lasting(String from, String duration) implements Timing {
      @Override
      public List<String> columns() {
        return List.of(from, duration);
      }
    }

    /// One time: it starts and ends there.
    record At(String at) implements Timing {
      @Override
      public List<String> columns() {
        return List.of(at);
      }
    }
  }

  /// Lines that are not usage, for `reason`.
  public sealed interface Filter {

    String reason();

    List<String> columns();

    /// Lines whose `column` is exactly `equalTo`.
    record Equal(String reason, String column, String equalTo) implements Filter {
      @Override
      public List<String> columns() {
        return List.of(column);
      }
    }

    /// Lines of which `condition` holds.
    record When(String reason, Expression condition) implements Filter {
      @Override
      public List<String> columns() {
        return condition.columns();
      }
    }
  }
}
