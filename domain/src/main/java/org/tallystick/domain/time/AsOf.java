package org.tallystick.domain.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// The business date of a run: the start of that local day in each customer's billing zone,
/// exclusive. As-of 1993-11-01 bills October.
public record AsOf(LocalDate date) {

  public Instant in(ZoneId zone) {
    return date.atStartOfDay(zone).toInstant();
  }

  /// Whether the day has begun in `zone`: a run before that would miss usage still to come.
  public boolean isReached(ZoneId zone, Instant now) {
    return !in(zone).isAfter(now);
  }

  @Override
  public String toString() {
    return date.toString();
  }
}
