package org.tallystick.domain.catalog;

import org.tallystick.domain.money.Fraction;

/// How usage records add up to a quantity: the sum over records of one type, times a factor.
///
/// Records hold exact base units (node-seconds); `factor` turns their sum into the `unit` that is
/// priced (1/3600: node-hours), after summing, so that nothing is lost on the way.
public record Meter(
    String key, String recordType, String unit, Fraction factor, Attribution attribution) {

  public Meter {
    if (factor.signum() <= 0) {
      throw new IllegalArgumentException("factor must be positive, was " + factor);
    }
  }

  /// Which instant of a record's [from, to) decides the service period that it belongs to.
  public enum Attribution {
    START,
    /// The last instant of the record: an end exactly on a bound belongs to the period before.
    END
  }
}
