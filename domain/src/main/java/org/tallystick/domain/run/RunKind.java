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
  RECONCILE,
  /// Settles the requests on wallets of one file.
  SETTLE;

  /// Whether it takes a file in: it has no as-of, and the file's SHA-256 for a scope.
  public boolean isOfFile() {
    return this == IMPORT || this == SETTLE;
  }

  /// As it is stored and typed: `nightly`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
