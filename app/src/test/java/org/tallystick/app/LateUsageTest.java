package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.readers.FileReport;
import org.tallystick.readers.TraceReader;

/// Usage that comes in after its service period was closed.
class LateUsageTest {

  /// October is closed on 1 November; November goes on, and nobody has the subject z.
  @Test
  void isAcceptedFlaggedAndBilled(@TempDir Path directory) {
    try (var corrected = new CorrectedWorld(directory)) {
      var world = corrected.world();
      corrected.importLines("a.csv", "a,s,1993-10-05T10:00:00Z,10");
      world.nightly(LocalDate.of(1993, 11, 5));
      corrected.importLines(
          "b.csv",
          "b,s,1993-10-31T23:59:59Z,5",
          "c,s,1993-11-01T00:00:00Z,7",
          "d,z,1993-10-05T10:00:00Z,9");
      assertThat(late(world, "a.csv")).isZero();
      assertThat(late(world, "b.csv")).isOne();
      var trace = new TraceReader(world.jdbc());
      assertThat(trace.record("test", "b").orElseThrow()).containsEntry("is_late", true);
      assertThat(trace.record("test", "c").orElseThrow()).containsEntry("is_late", false);
      var run = world.nightly(World.DECEMBER);
      // 5 × 1.20 more for October; the greatest stays 10. 7 × 1.20 and 7 × 0.50 for November.
      assertThat(world.lines())
          .containsExactly(
              "peak 1993-10-01 5.00",
              "peak 1993-11-01 3.50",
              "units 1993-10-01 12.00",
              "units 1993-10-01 6.00",
              "units 1993-11-01 8.40");
      corrected.assertSound(run);
    }
  }

  private static long late(World world, String file) {
    var sha256 =
        world
            .jdbc()
            .sql("select sha256 from intake_file where name = :name")
            .param("name", file)
            .query(String.class)
            .single();
    return new FileReport(world.jdbc()).late(sha256);
  }
}
