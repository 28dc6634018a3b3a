package org.tallystick.sql;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One property of many rows as an array parameter: a statement over arrays takes as long for one
/// row as its round trip, and is one for any number.
public final class Column {

  private Column() {}

  public static <T> UUID[] ids(List<T> rows, Function<T, ? extends @Nullable UUID> id) {
    return rows.stream().map(id).toArray(UUID[]::new);
  }

  public static <T> String[] texts(List<T> rows, Function<T, ? extends @Nullable String> text) {
    return rows.stream().map(text).toArray(String[]::new);
  }

  public static <T> Long[] numbers(List<T> rows, Function<T, Long> number) {
    return rows.stream().map(number).toArray(Long[]::new);
  }

  /// As texts, for a parameter that the statement casts to `numeric[]`.
  public static <T> String[] decimals(List<T> rows, Function<T, BigDecimal> decimal) {
    return texts(rows, row -> decimal.apply(row).toPlainString());
  }
}
