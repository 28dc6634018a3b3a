package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.app.ChildCommand.Result;

/// A million lines are the same records in whatever arrangement they come in, and however often
/// their import is killed. The number of lines is `tallystick.lines`, whole hundreds; of kills
/// `tallystick.kills`; the seed `tallystick.seed`. Prints what each took; asserts no time.
@Tag("prove")
class MillionLinesTest {

  private static final int LINES = Integer.getInteger("tallystick.lines", 1_000_000);
  private static final int KILLS = Integer.getInteger("tallystick.kills", 50);
  private static final long SEED = Long.getLong("tallystick.seed", 42);
  private static final int CHUNKS_PER_KILL = 20;
  private static final int START_MILLIS = 3_000;
  private static final int CHUNK_MILLIS = 50;
  private static final int FINISH_MILLIS = 1_000;
  private static final String LINES_DONE =
      "select coalesce(sum(last_line - first_line + 1), 0) from intake_batch";
  private static final String FILES =
      "select count(distinct file_id) from intake_batch where accepted > 0";

  @TempDir private Path directory = Path.of("");

  @Test
  void asOneFileAndOnceMore() throws IOException, SQLException {
    var lines = new SameLines(directory, LINES);
    try (var world = lines.world(Map.of())) {
      importAll(world, "one file", lines.file());
      lines.requireTakenIn(world, 1, 0);
      importAll(world, "once more", lines.withBlankLine());
      lines.requireTakenIn(world, 2, 1);
    }
  }

  @Test
  void asTenFiles() throws IOException, SQLException {
    var lines = new SameLines(directory, LINES);
    try (var world = lines.world(Map.of())) {
      importAll(world, "ten files", lines.files(10).toArray(Path[]::new));
      lines.requireTakenIn(world, 1, 0);
    }
  }

  @Test
  void inAnotherOrder() throws IOException, SQLException {
    var lines = new SameLines(directory, LINES);
    try (var world = lines.world(Map.of())) {
      importAll(world, "another order", lines.shuffled());
      lines.requireTakenIn(world, 1, 0);
    }
  }

  @Test
  void byTwoProcessesAtOnce() throws IOException, SQLException {
    var lines = new SameLines(directory, LINES);
    try (var world = lines.world(Map.of())) {
      long started = System.nanoTime();
      var one = begin(world, lines.file());
      var other = begin(world, lines.shuffled());
      requireDone(one.await(), "the one");
      requireDone(other.await(), "the other");
      say("two processes at once", started);
      System.out.println("records came in from " + world.count(FILES) + " of the two files");
      lines.requireTakenIn(world, 2, 0);
    }
  }

  @Test
  void killedAgainAndAgain() throws Exception {
    var lines = new SameLines(directory, LINES);
    int chunkLines = Math.max(1, LINES / (KILLS * CHUNKS_PER_KILL));
    try (var world = lines.world(Map.of())) {
      long started = System.nanoTime();
      int kills = importKilled(world, lines.file(), chunkLines);
      say(kills + " kills, chunks of " + chunkLines + " lines", started);
      assertThat(kills).isGreaterThanOrEqualTo(KILLS - 1);
      requireNoChunkTwice(world, kills, chunkLines);
      lines.requireTakenIn(world, 1, 0);
    }
  }

  /// Kills until that was often enough, then lets it come to its end; how often it did.
  private static int importKilled(World world, Path file, int chunkLines) throws Exception {
    var settings = Map.of("TALLYSTICK_BATCH_CHUNKLINES", String.valueOf(chunkLines));
    var random = new Random(SEED);
    long done = 0;
    for (int kills = 0; ; kills++) {
      var child = world.start(settings, List.of(), words(file));
      var ended =
          kills < KILLS ? kill(child, world, random, KILLS - kills) : Optional.of(child.await());
      if (ended.isPresent()) {
        requireDone(ended.get(), "after " + kills + " kills, seed " + SEED);
        return kills;
      }
      long now = world.count(LINES_DONE);
      assertThat(now)
          .as("lines after kill %d, seed %d", kills + 1, SEED)
          .isBetween(done, 0L + LINES);
      done = now;
    }
  }

  /// Kills at a random instant: while it starts, where it takes up the work of the one before, in
  /// the middle of the lines, and the last time when all lines are in and the file is being closed.
  private static Optional<Result> kill(ChildCommand child, World world, Random random, int kills)
      throws InterruptedException {
    int instant = kills == 1 ? 0 : random.nextInt(1, 11);
    switch (instant) {
      case 0 -> child.watch(() -> world.count(LINES_DONE) == LINES);
      case 1 -> {
        return child.killAfter(random.nextInt(START_MILLIS));
      }
      case 2 -> child.watch(begins(world));
      default -> child.watch(goesOn(world, random, kills));
    }
    return child.killAfter(random.nextInt(instant == 0 ? FINISH_MILLIS : CHUNK_MILLIS));
  }

  private static BooleanSupplier begins(World world) {
    var executions = "select count(*) from batch_job_execution";
    long before = world.count(executions);
    return () -> world.count(executions) > before;
  }

  /// Leaves enough for the kills to come.
  private static BooleanSupplier goesOn(World world, Random random, int kills) {
    long done = world.count(LINES_DONE);
    long goal = done + random.nextLong((LINES - done) / (kills + 1) + 1);
    return () -> world.count(LINES_DONE) > goal;
  }

  /// A batch takes its number before its lines are written, and a number is never given twice: the
  /// numbers that are missing are the chunks that were begun in vain.
  private static void requireNoChunkTwice(World world, int kills, int chunkLines) {
    long redone = world.count("select max(id) - count(*) from intake_batch");
    System.out.println(redone + " chunks redone after " + kills + " kills");
    assertThat(redone).isBetween(0L, (long) kills);
    assertThat(world.count("select max(last_line - first_line + 1) from intake_batch"))
        .isEqualTo(chunkLines);
  }

  private static void importAll(World world, String what, Path... files) {
    long started = System.nanoTime();
    requireDone(begin(world, files).await(), what);
    say(what, started);
  }

  private static ChildCommand begin(World world, Path... files) {
    return world.start(Map.of(), List.of("-XX:TieredStopAtLevel=4"), words(files));
  }

  private static String[] words(Path... files) {
    return Stream.concat(
            Stream.of("usage", "import", "--format", SameLines.FORMAT),
            Stream.of(files).map(Path::toString))
        .toArray(String[]::new);
  }

  /// A file whose import was killed after its last commit is refused: it is there.
  private static void requireDone(Result result, String which) {
    if (!result.output().contains("was imported before")) {
      assertThat(result.exitCode()).as(which + ": " + result.output()).isZero();
    }
  }

  private static void say(String what, long started) {
    var took = Duration.ofNanos(System.nanoTime() - started);
    System.out.println("%,d lines, %s: %,d ms".formatted(LINES, what, took.toMillis()));
  }
}
