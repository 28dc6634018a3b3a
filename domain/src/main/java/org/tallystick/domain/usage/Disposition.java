package org.tallystick.domain.usage;

/// What became of one line of a usage file. Every line has exactly one. That a record is a
/// duplicate or a conflict shows only against the records that are there, when it is stored.
public sealed interface Disposition {

  /// The line is a usage record.
  record Accepted(UsageRecord record) implements Disposition {}

  /// The format says that such lines are not usage, for `reason`.
  record Filtered(String reason) implements Disposition {}

  /// The line waits for somebody: `field` is the column at fault, empty when it is the whole line.
  record Suspended(SuspenseReason reason, String field, String message) implements Disposition {}
}
