package org.tallystick.domain.usage;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.UnaryOperator;

/// Where a text of a record comes from.
public sealed interface Text {

  /// The columns that it reads.
  default List<String> columns() {
    return List.of();
  }

  /// The text of a row; `column` gives a column's, `place` says which row of which file it is.
  String of(UnaryOperator<String> column, String place);

  /// The same for all records.
  record Constant(String text) implements Text {
    @Override
    public String of(UnaryOperator<String> column, String place) {
      return text;
    }
  }

  /// One column, or several, joined by `/`.
  record Columns(List<String> columns) implements Text {
    public Columns {
      columns = List.copyOf(columns);
    }

    public static Columns of(String column) {
      return new Columns(List.of(column));
    }

    @Override
    public String of(UnaryOperator<String> column, String place) {
      return columns.size() == 1
          ? column.apply(columns.getFirst())
          : columns.stream().map(column).collect(joining("/"));
    }
  }

  /// The SHA-256 of the file and the number of the row in it: for rows that have no identity of
  /// their own.
  record Place() implements Text {
    @Override
    public String of(UnaryOperator<String> column, String place) {
      return place;
    }
  }
}
