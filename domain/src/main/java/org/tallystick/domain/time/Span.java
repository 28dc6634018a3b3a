package org.tallystick.domain.time;

import java.time.Instant;

/// The half-open time that something is in force: a contract, a phase of it, an item. `to` is
/// [Instant#MAX] for one without an end.
public record Span(Instant from, Instant to) {

  public Span {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "span must end after it starts, was " + from + " to " + to);
    }
  }

  public static Span from(Instant from) {
    return new Span(from, Instant.MAX);
  }

  public boolean isOpen() {
    return to.equals(Instant.MAX);
  }
}
