package org.tallystick.writers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.readers.Share;
import org.tallystick.sql.Query;

/// Adds up new usage into service periods: two statements for a whole share, in the database.
public final class Metering {

  private static final OffsetDateTime NEVER =
      OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private final JdbcClient jdbc;

  public Metering(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Meters `share` up to the run's as-of and `cutoff`, part of the caller's transaction:
  /// quantities and the note of how far they go change together. Returns the service periods it
  /// touched.
  public int meter(Share share, long cutoff) {
    var bounds =
        jdbc.sql(Query.of("metering-bounds")).params(share.params()).query(Bounds::of).single();
    int touched =
        jdbc.sql(Query.of("meter"))
            .params(share.params())
            .param("cutoff", cutoff)
            .param("cutoffMin", bounds.cutoffMin())
            .param("asOfMin", bounds.asOfMin())
            .param("asOfMax", bounds.asOfMax())
            .update();
    jdbc.sql(Query.of("recompute-periods")).params(share.params()).param("cutoff", cutoff).update();
    jdbc.sql(Query.of("advance-metering")).params(share.params()).param("cutoff", cutoff).update();
    return touched;
  }

  private record Bounds(long cutoffMin, OffsetDateTime asOfMin, OffsetDateTime asOfMax) {

    private static Bounds of(ResultSet row, int number) throws SQLException {
      var asOfMin = row.getObject("as_of_min", OffsetDateTime.class);
      return asOfMin == null
          ? new Bounds(Long.MAX_VALUE, NEVER, NEVER)
          : new Bounds(
              row.getLong("cutoff_min"), asOfMin, row.getObject("as_of_max", OffsetDateTime.class));
    }
  }
}
