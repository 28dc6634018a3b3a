package org.tallystick.app;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The same lines are the same records, however they come in. [MillionLinesTest] is the long form.
@Timeout(300)
class ArrangementTest {

  private static final Map<String, String> SETTINGS = Map.of("tallystick.batch.chunk-lines", "70");

  @TempDir private Path directory = Path.of("");

  @Test
  void inFilesInAnotherOrderAndAllAgain() throws IOException, SQLException {
    var lines = new SameLines(directory, 3_000);
    try (var world = lines.world(SETTINGS)) {
      for (var file : lines.files(10)) {
        world.importFile(file, SameLines.FORMAT);
      }
      lines.requireTakenIn(world, 1, 0);
      world.importFile(lines.shuffled(), SameLines.FORMAT);
      lines.requireTakenIn(world, 2, 0);
      world.importFile(lines.withBlankLine(), SameLines.FORMAT);
      lines.requireTakenIn(world, 3, 1);
    }
  }

  @Test
  void inTwoFilesAtOnce() throws IOException, SQLException {
    var lines = new SameLines(directory, 3_000);
    try (var world = lines.world(SETTINGS)) {
      var file = lines.file();
      var other = CompletableFuture.runAsync(() -> world.importFile(file, SameLines.FORMAT));
      world.importFile(lines.shuffled(), SameLines.FORMAT);
      other.join();
      lines.requireTakenIn(world, 2, 0);
    }
  }
}
