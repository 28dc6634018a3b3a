package org.tallystick.domain.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// The rhythm of an item's service periods: local days counted from an anchor, in the customer's
/// billing zone.
///
/// The n-th period starts at anchor + n × interval, added once to the anchor, so a month end does
/// not wander: January 31, February 28, March 31. A period starts with its local day, so it has as
/// many hours as the clocks give it.
public record Cadence(LocalDate anchor, Period interval, ZoneId zone) {

  /// 146,097 days in 4,800 months of the Gregorian calendar.
  private static final long DAYS_PER_MONTH_TEN_THOUSANDTHS = 304_369;

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

  /// The number of the period that contains `instant`; a bound belongs to the period that it
  /// starts. Negative before the anchor. By estimate and a few steps of correction, however far
  /// away: an interval of months is a little longer or shorter than its average.
  public int numberAt(Instant instant) {
    var day = instant.atZone(zone).toLocalDate();
    long months = interval.toTotalMonths();
    long tenThousandths =
        months * DAYS_PER_MONTH_TEN_THOUSANDTHS + interval.get(ChronoUnit.DAYS) * 10_000L;
    int n =
        Math.toIntExact(
            Math.floorDiv(ChronoUnit.DAYS.between(anchor, day) * 10_000L, tenThousandths));
    while (start(n).isAfter(instant)) {
      n--;
    }
    while (!start(n + 1).isAfter(instant)) {
      n++;
    }
    return n;
  }

  /// The periods that start at or after `from` and not after `through`, in order; only those that
  /// start before `end`. A day that the zone skips (Samoa, 30 December 2011) has no period.
  public List<ServicePeriod> periodsStarting(Instant from, Instant through, Instant end) {
    var periods = new ArrayList<ServicePeriod>();
    int first = Math.max(0, numberAt(from));
    for (int n = first; !start(n).isAfter(through) && start(n).isBefore(end); n++) {
      if (!start(n).isBefore(from) && start(n).isBefore(start(n + 1))) {
        periods.add(period(n));
      }
    }
    return periods;
  }

  /// Whether `instant` is the start of a period.
  public boolean isBound(Instant instant) {
    int n = numberAt(instant);
    return n >= 0 && start(n).equals(instant);
  }
}
