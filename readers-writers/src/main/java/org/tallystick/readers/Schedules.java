package org.tallystick.readers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.domain.time.Cadence;
import org.tallystick.domain.time.Schedule;
import org.tallystick.domain.time.Span;
import org.tallystick.sql.Instants;
import org.threeten.extra.PeriodDuration;

/// When a contract item is charged and invoiced.
public final class Schedules {

  /// For what is charged once in a contract that has no billing cadence.
  private static final PeriodDuration MONTHLY = PeriodDuration.of(Period.ofMonths(1));

  private Schedules() {}

  /// From the columns cadence, billing_cadence, anchor, zone, contract_starts, contract_ends and
  /// is_in_advance.
  public static Schedule get(ResultSet row) throws SQLException {
    var anchor = row.getObject("anchor", LocalDateTime.class);
    var zone = ZoneId.of(row.getString("zone"));
    var cadence = interval(row.getString("cadence"));
    var billing = interval(row.getString("billing_cadence")).or(() -> cadence).orElse(MONTHLY);
    var starts = Instants.get(row, "contract_starts");
    var ends = Instants.getOrNull(row, "contract_ends");
    var contract = ends == null ? Span.from(starts) : new Span(starts, ends);
    return new Schedule(
        cadence.map(interval -> new Cadence(anchor, interval, zone)),
        new Cadence(anchor, billing, zone),
        contract,
        contract,
        row.getBoolean("is_in_advance"));
  }

  private static Optional<PeriodDuration> interval(@Nullable String cadence) {
    return cadence == null || cadence.equals(RateCardReader.ONCE)
        ? Optional.empty()
        : Optional.of(PeriodDuration.parse(cadence));
  }
}
