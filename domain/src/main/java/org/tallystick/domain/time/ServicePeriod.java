package org.tallystick.domain.time;

import java.time.Instant;

/// The half-open time that a contract item is priced over: `starts` belongs to it, `ends` does not.
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
}
