package org.tallystick.domain.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.threeten.extra.PeriodDuration;

/// The rhythm of service periods, or of billing periods, in the customer's billing zone.
///
/// The n-th period starts at anchor + n × interval, added once to the anchor, so a month end does
/// not wander: January 31, February 28, March 31. Months and days count on the local calendar, so a
/// day has as many hours as the clocks give it; hours and minutes count as they pass.
public record Cadence(LocalDateTime anchor, PeriodDuration interval, ZoneId zone) {

  /// A twelfth of the Gregorian calendar's average year of 365.2425 days.
  private static final long SECONDS_PER_MONTH = 2_629_746;

  private static final long SECONDS_PER_DAY = 86_400;
  private static final long MONTHS_MAX = 1_200;
  private static final long DAYS_MAX = 36_525;

  public Cadence {
    requirePositive("interval", interval);
  }

  /// Neither zero nor negative, of whole seconds, and at most 100 years.
  public static void requirePositive(String what, PeriodDuration interval) {
    if (interval.isZero()
        || interval.getPeriod().isNegative()
        || interval.getDuration().isNegative()) {
      throw new IllegalArgumentException(what + " must be positive, was " + interval);
    }
    if (!interval.getDuration().truncatedTo(ChronoUnit.SECONDS).equals(interval.getDuration())) {
      throw new IllegalArgumentException(what + " must be whole seconds, was " + interval);
    }
    if (interval.getPeriod().toTotalMonths() > MONTHS_MAX
        || interval.getPeriod().get(ChronoUnit.DAYS) > DAYS_MAX
        || interval.getDuration().toDays() > DAYS_MAX) {
      throw new IllegalArgumentException(what + " must be at most 100 years, was " + interval);
    }
  }

  /// The start of period `n`, counted from 0 at the anchor; negative before it.
  public Instant start(int n) {
    return anchor
        .plus(interval.getPeriod().multipliedBy(n))
        .atZone(zone)
        .toInstant()
        .plus(interval.getDuration().multipliedBy(n));
  }

  public ServicePeriod period(int n) {
    return new ServicePeriod(start(n), start(n + 1));
  }

  /// The number of the period that contains `instant`; a bound belongs to the period that it
  /// starts. By estimate and a few steps of correction, however far away: an interval of months is
  /// a little longer or shorter than its average.
  public int numberAt(Instant instant) {
    var period = interval.getPeriod();
    long seconds =
        period.toTotalMonths() * SECONDS_PER_MONTH
            + period.get(ChronoUnit.DAYS) * SECONDS_PER_DAY
            + interval.getDuration().toSeconds();
    long distance = Duration.between(start(0), instant).toSeconds();
    int n = Math.toIntExact(Math.floorDiv(distance, seconds));
    while (start(n).isAfter(instant)) {
      n--;
    }
    while (!start(n + 1).isAfter(instant)) {
      n++;
    }
    return n;
  }

  /// The period that contains `instant`.
  public ServicePeriod periodAt(Instant instant) {
    return period(numberAt(instant));
  }
}
