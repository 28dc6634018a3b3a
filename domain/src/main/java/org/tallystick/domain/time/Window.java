package org.tallystick.domain.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/// How long the windows are that usage is looked at by, on the clocks of a zone. Windows follow one
/// another without a gap.
///
/// A day or month starts at the first instant of its date: Vienna's 30 March 2025 has 23 hours, its
/// 26 October 25. An hour or minute also starts where the clocks change, so the hour that is there
/// twice is two windows, and Lord Howe's 6 April 2025 has one of half an hour at 01:30+10:30.
public enum Window {
  MINUTE(ChronoUnit.MINUTES),
  HOUR(ChronoUnit.HOURS),
  DAY(ChronoUnit.DAYS),
  MONTH(ChronoUnit.MONTHS);

  private final ChronoUnit unit;

  Window(ChronoUnit unit) {
    this.unit = unit;
  }

  /// The bounds of the windows between `from` and a later `to`, in order: `from`, the start of each
  /// window that begins between them, `to`. The first and the last window are cut there.
  public List<Instant> bounds(Instant from, Instant to, ZoneId zone) {
    var bounds = new ArrayList<Instant>();
    for (var start = from; start.isBefore(to); start = next(start, zone)) {
      bounds.add(start);
    }
    bounds.add(to);
    return bounds;
  }

  /// How many windows go into the time between two instants, the last perhaps in part, without
  /// finding them; one that a change of the clocks cuts is one.
  public long count(Instant from, Instant to, ZoneId zone) {
    var first = from.atZone(zone);
    long whole = unit.between(first, to.atZone(zone));
    return first.plus(whole, unit).toInstant().isBefore(to) ? whole + 1 : whole;
  }

  /// The start of the window after that of `instant`.
  private Instant next(Instant instant, ZoneId zone) {
    return switch (this) {
      case MINUTE, HOUR -> {
        var rules = zone.getRules();
        var end =
            instant.atOffset(rules.getOffset(instant)).truncatedTo(unit).plus(1, unit).toInstant();
        var change = rules.nextTransition(instant);
        boolean isCut = change != null && change.getInstant().isBefore(end);
        yield isCut ? change.getInstant() : end;
      }
      case DAY, MONTH -> {
        var day = instant.atZone(zone).toLocalDate();
        var start = instant;
        while (!start.isAfter(instant)) {
          day = this == DAY ? day.plusDays(1) : day.with(TemporalAdjusters.firstDayOfNextMonth());
          start = day.atStartOfDay(zone).toInstant();
        }
        yield start;
      }
    };
  }
}
