package org.tallystick.writers.wallet;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// What a reset leaves of a grant, at least and at most.
public record Rollover(BigDecimal min, BigDecimal max) {

  public Rollover {
    if (min.signum() < 0 || max.compareTo(min) < 0) {
      throw new IllegalArgumentException(
          "rollover expects a min from zero up and a max from there, found %s to %s"
              .formatted(min.toPlainString(), max.toPlainString()));
    }
  }

  /// From the columns kept_min and kept_max.
  static Optional<Rollover> get(ResultSet row) throws SQLException {
    var min = row.getBigDecimal("kept_min");
    var max = row.getBigDecimal("kept_max");
    return min == null || max == null ? Optional.empty() : Optional.of(new Rollover(min, max));
  }
}
