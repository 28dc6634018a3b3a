package org.tallystick.domain.run;

import java.util.Locale;

/// What a run does.
public enum RunKind {
  /// Takes one usage file in.
  IMPORT,
  /// Meters, rates, invoices and posts what is due, then reconciles.
  NIGHTLY,
  /// Meters and rates only.
  RATE,
  /// Every check in `sql/checks`.
  RECONCILE;

  /// As it is stored and typed: `nightly`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
