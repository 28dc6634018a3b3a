package org.tallystick.domain.time;

import java.time.Instant;

/// A half-open time that something is priced or invoiced over: `starts` belongs to it, `ends` does
/// not.
public record ServicePeriod(Instant starts, Instant ends) {

  public ServicePeriod {
    if (!starts.isBefore(ends)) {
      throw new IllegalArgumentException(
          "service period must end after it starts, was " + starts + " to " + ends);
    }
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(starts) && instant.isBefore(ends);
  }

  /// What of it lies in `span`, which it must overlap.
  public ServicePeriod in(Span span) {
    return new ServicePeriod(
        starts.isBefore(span.from()) ? span.from() : starts,
        ends.isAfter(span.to()) ? span.to() : ends);
  }
}
