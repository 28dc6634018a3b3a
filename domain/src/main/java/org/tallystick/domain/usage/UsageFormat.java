package org.tallystick.domain.usage;

import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;

/// How the lines of a usage file become usage records: data, not code.
///
/// Columns are spoken of by name. A column whose text is `absent` (SWF: -1) has no value.
///
/// @param source the first half of every record's identity
/// @param id the column that is the second half
/// @param isNegativeTaken whether a quantity may be below zero: a correction of what was counted
/// @param dimensions dimension name → column
public record UsageFormat(
    String key,
    Layout layout,
    String commentPrefix,
    String absent,
    String source,
    String id,
    String type,
    String subject,
    Timing timing,
    Expression quantity,
    boolean isNegativeTaken,
    SequencedMap<String, String> dimensions,
    List<Filter> filters) {

  public UsageFormat {
    filters = List.copyOf(filters);
    var known = new HashSet<String>(layout.columns());
    if (known.size() != layout.columns().size()) {
      throw new IllegalArgumentException("columns name one column twice: " + layout.columns());
    }
    require(known, "id", id);
    require(known, "subject", subject);
    require(known, "time", timing.from());
    require(known, "time", timing.column());
    quantity.columns().forEach(column -> require(known, "quantity", column));
    dimensions.values().forEach(column -> require(known, "dimensions", column));
    filters.forEach(filter -> require(known, "filters", filter.column()));
  }

  private static void require(HashSet<String> known, String field, String column) {
    if (!known.contains(column)) {
      throw new IllegalArgumentException(field + " names the unknown column '" + column + "'");
    }
  }

  /// How a line falls into columns.
  public sealed interface Layout {

    List<String> columns();

    /// Columns between runs of blanks.
    record Blanks(List<String> columns) implements Layout {
      public Blanks {
        columns = List.copyOf(columns);
      }
    }

    /// RFC 4180 columns between `delimiter`s; the first line of the file is a header and names
    /// exactly these columns, in this order.
    record Csv(List<String> columns, char delimiter) implements Layout {
      public Csv {
        columns = List.copyOf(columns);
      }
    }
  }

  /// Where a record's [from, to) stands.
  public sealed interface Timing {

    /// The column with the start.
    String from();

    /// The column with the end or the duration.
    String column();

    /// `from` in seconds after `epoch` (Unix seconds), and whole seconds of `duration`.
    record SecondsAfter(long epoch, String from, String duration) implements Timing {
      @Override
      public String column() {
        return duration;
      }
    }

    /// Two ISO 8601 instants: `1993-10-01T07:00:03Z`.
    record Instants(String from, String to) implements Timing {
      @Override
      public String column() {
        return to;
      }
    }
  }

  /// Lines whose `column` is `equalTo` are not usage, for `reason`.
  public record Filter(String reason, String column, String equalTo) {}
}
