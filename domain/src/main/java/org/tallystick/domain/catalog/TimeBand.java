package org.tallystick.domain.catalog;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Set;

/// Hours of days that a price is for, in the customer's billing zone: from `from`, to `to`
/// exclusive; 22:00 to 06:00 are a day's last hours and its first. Equal bounds are the whole day.
/// A holiday is no weekday: `days` without `isOnHolidays` leaves holidays out.
public record TimeBand(Set<DayOfWeek> days, boolean isOnHolidays, LocalTime from, LocalTime to) {

  public TimeBand {
    days = Set.copyOf(days);
    if (days.isEmpty() && !isOnHolidays) {
      throw new IllegalArgumentException("a time band needs a day");
    }
  }

  boolean contains(LocalDateTime at, Set<LocalDate> holidays) {
    boolean isDay =
        holidays.contains(at.toLocalDate()) ? isOnHolidays : days.contains(at.getDayOfWeek());
    boolean isFrom = !at.toLocalTime().isBefore(from);
    boolean isBefore = at.toLocalTime().isBefore(to);
    return isDay && (from.isBefore(to) ? isFrom && isBefore : isFrom || isBefore);
  }
}
