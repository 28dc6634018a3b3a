package org.tallystick.readers;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallystick.domain.run.RunKind;
import org.tallystick.domain.run.RunState;

/// A row of business_run: one execution of a job by business date and scope.
///
/// `runNo` is what people call it; `number` counts the runs of the same kind, as-of and scope.
/// `scope` is `all`, customer keys separated by commas, or the SHA-256 of an import's file.
public record BusinessRun(
    UUID id,
    long runNo,
    RunKind kind,
    @Nullable LocalDate asOf,
    String scope,
    int number,
    String reason,
    RunState state,
    String message,
    Instant requestedAt,
    @Nullable Instant finishedAt,
    @Nullable Long cutoff,
    @Nullable String outputHash,
    @Nullable String manifest) {

  /// The business date; every run but an import has one.
  public LocalDate date() {
    if (asOf == null) {
      throw new IllegalStateException("run " + runNo + " has no as-of date");
    }
    return asOf;
  }

  /// The cut-off; every run has one once its first step is done.
  public long cutoffTaken() {
    if (cutoff == null) {
      throw new IllegalStateException("run " + runNo + " has taken no cut-off yet");
    }
    return cutoff;
  }
}
