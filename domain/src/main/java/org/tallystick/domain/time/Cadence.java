package org.tallystick.domain.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// The rhythm of an item's service periods: local days counted from an anchor, in the customer's
/// billing zone.
///
/// The n-th period starts at anchor + n × interval, added once to the anchor, so a month end does
/// not wander: January 31, February 28, March 31. A period starts with its local day, so it has as
/// many hours as the clocks give it.
public record Cadence(LocalDate anchor, Period interval, ZoneId zone) {

  public Cadence {
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException("interval must be positive, was " + interval);
    }
  }

  /// The start of period `n`, counted from 0 at the anchor.
  public Instant start(int n) {
    return anchor.plus(interval.multipliedBy(n)).atStartOfDay(zone).toInstant();
  }

  public ServicePeriod period(int n) {
    return new ServicePeriod(start(n), start(n + 1));
  }

  /// The periods that start at or after `from` and not after `through`, in order; only those that
  /// start before `end`. A day that the zone skips (Samoa, 30 December 2011) has no period.
  public List<ServicePeriod> periodsStarting(Instant from, Instant through, Instant end) {
    var periods = new ArrayList<ServicePeriod>();
    for (int n = 0; !start(n).isAfter(through) && start(n).isBefore(end); n++) {
      if (!start(n).isBefore(from) && start(n).isBefore(start(n + 1))) {
        periods.add(period(n));
      }
    }
    return periods;
  }

  /// Whether `instant` is the start of a period.
  public boolean isBound(Instant instant) {
    int n = 0;
    while (start(n).isBefore(instant)) {
      n++;
    }
    return start(n).equals(instant);
  }
}
