package org.tallystick.domain.catalog;

/// How the values of usage records become one quantity of a service period.
///
/// Worked examples: docs/reference/metering.md.
public enum Aggregation {
  SUM,
  COUNT,
  /// Their mean, kept as sum over count: a third is a third.
  AVG,
  MIN,
  MAX,
  /// The value of the record with the greatest time; of equals the greatest source, then id.
  LATEST,
  /// How many different values a dimension has.
  UNIQUE_COUNT
}
