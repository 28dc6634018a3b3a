package org.tallystick.domain.usage;

import java.util.Locale;

/// Why a line could not be read as a usage record. Closed: what to do about each is documented in
/// `docs/reference/suspense-reasons.md`.
public enum SuspenseReason {
  UNPARSEABLE_LINE,
  WRONG_COLUMN_COUNT,
  MISSING_FIELD,
  BAD_NUMBER,
  BAD_TIME,
  NEGATIVE_NOT_ALLOWED,
  LINE_TOO_LONG,
  /// The record starts too long after its file was taken in.
  IN_FUTURE,
  /// The identity is known with other content.
  CONFLICT,
  /// The file ended in the middle of this line, or of its compressed stream.
  TRUNCATED;

  /// As it is stored, shown and filtered by: `bad_number`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
