package org.tallystick.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Instants as PostgreSQL's driver takes and gives them, without the machine's zone in between.
public final class Instants {

  private Instants() {}

  public static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /// As texts, for a parameter that the statement casts to `timestamptz[]`: the driver takes no
  /// array of times.
  public static String[] texts(List<Instant> instants) {
    return instants.stream().map(Instant::toString).toArray(String[]::new);
  }

  /// The instant in `column`, which must not be null.
  public static Instant get(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /// The instants of an array.
  public static List<Instant> list(ResultSet row, String column) throws SQLException {
    return Stream.of((Timestamp[]) row.getArray(column).getArray())
        .map(Timestamp::toInstant)
        .toList();
  }

  /// The instant in `column`, or null.
  public static @Nullable Instant getOrNull(ResultSet row, String column) throws SQLException {
    var value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
