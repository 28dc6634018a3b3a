package org.tallystick.domain.catalog;

import java.util.Map;
import java.util.Optional;
import org.tallystick.domain.money.Fraction;

/// How usage records add up to a quantity: records of one type, and of the dimensions that `where`
/// names, each with a value, aggregated over a service period, times a factor.
///
/// Records hold exact base units (node-seconds); `factor` turns their sum into the `unit` that is
/// priced (1/3600: node-hours), after summing, so that nothing is lost on the way.
///
/// @param dimension what [Aggregation#UNIQUE_COUNT] counts; empty for the others
public record Meter(
    String key,
    String recordType,
    Map<String, String> where,
    Value value,
    Aggregation aggregation,
    Optional<String> dimension,
    String unit,
    Fraction factor,
    Attribution attribution) {

  public Meter {
    where = Map.copyOf(where);
    if (factor.signum() <= 0) {
      throw new IllegalArgumentException("factor must be positive, was " + factor);
    }
    if (dimension.isPresent() != (aggregation == Aggregation.UNIQUE_COUNT)) {
      throw new IllegalArgumentException("unique-count needs a dimension, and only it");
    }
    if (attribution == Attribution.SPLIT
        && (value == Value.QUANTITY || aggregation != Aggregation.SUM)) {
      throw new IllegalArgumentException(
          "only a sum of seconds or unit-seconds can be split between service periods");
    }
  }

  /// What of a record is aggregated.
  public enum Value {
    QUANTITY,
    /// How long it lasts.
    SECONDS,
    /// Its quantity times the seconds it lasts: a gauge, weighted by time.
    UNIT_SECONDS
  }

  /// Which instant of a record's [from, to) decides the service period that it belongs to.
  public enum Attribution {
    START,
    /// The last instant of the record: an end exactly on a bound belongs to the period before.
    END,
    /// Every service period gets what of the record lies in it; it counts as a record where it
    /// starts.
    SPLIT
  }
}
