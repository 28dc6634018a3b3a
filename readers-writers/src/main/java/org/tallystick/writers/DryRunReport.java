package org.tallystick.writers;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What an import of a file would do.
///
/// @param lines physical ones
/// @param filtered how many rows for each reason
/// @param suspended how many rows for each reason, conflicts among them
/// @param first the first suspended lines
/// @param subjects the first subjects of accepted records that no customer has
public record DryRunReport(
    String file,
    long lines,
    Records records,
    SortedMap<String, Long> filtered,
    SortedMap<String, Long> suspended,
    List<Line> first,
    List<String> subjects) {

  /// So many suspended lines are shown, and so many subjects.
  static final int SHOWN_MAX = 10;

  /// Whether all subjects without a customer are there, and not only the first ones.
  public boolean isEverySubjectShown() {
    return subjects.size() < SHOWN_MAX;
  }

  /// The rows: read = accepted + duplicate + filtered + suspended.
  public long read() {
    return records.accepted + records.duplicates + total(filtered) + total(suspended);
  }

  public long filteredTotal() {
    return total(filtered);
  }

  public long suspendedTotal() {
    return total(suspended);
  }

  private static long total(SortedMap<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /// A line that would be suspended.
  public record Line(long line, String reason, String field, String message) {}

  /// The rows that are records.
  ///
  /// @param quantity of the accepted ones
  /// @param starts the first instant of the accepted ones
  /// @param ends the last one
  /// @param unattributed how many of the accepted ones have a subject that no customer has
  public record Records(
      long accepted,
      long duplicates,
      long conflicts,
      BigDecimal quantity,
      Optional<Instant> starts,
      Optional<Instant> ends,
      long unattributed) {}
}
