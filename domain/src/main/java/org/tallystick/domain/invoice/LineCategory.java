package org.tallystick.domain.invoice;

/// What a line is for. One (item, service period) has at most one running total per category.
public enum LineCategory {
  USAGE,
  FEE,
  /// What is missing to a minimum spend.
  COMMITMENT,
  /// Credits that were lacking, converted to money.
  OVERAGE
}
