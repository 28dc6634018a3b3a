package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tallystick.app.ChildCommand.Result;
import org.tallystick.readers.Checks;

/// `kill -9` at random instants, again and again, until the work is done all the same. The seed is
/// `tallystick.seed`, the number of rounds `tallystick.rounds`.
@Tag("prove")
class KillAnytimeTest {

  private static final long SEED = Long.getLong("tallystick.seed", 42);
  private static final int ROUNDS = Integer.getInteger("tallystick.rounds", 10);
  private static final Map<String, String> SMALL_CHUNKS =
      Map.of(
          "TALLYSTICK_BATCH_CHUNKLINES", "500",
          "TALLYSTICK_BATCH_CHUNKCUSTOMERS", "2",
          "TALLYSTICK_BATCH_PARTITIONS", "4");

  @Test
  void theBillIsTheOneThatNobodyDisturbed() throws InterruptedException {
    String undisturbed;
    try (var world = World.withDemo(Map.of())) {
      world.nightly(World.OCTOBER);
      undisturbed = String.valueOf(world.nightly(World.NOVEMBER).outputHash());
    }
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      try (var world = World.empty(Map.of())) {
        world.apply(World.CATALOG);
        int kills = 0;
        for (var command :
            List.of(
                new String[] {"usage", "import", World.LOG.toString(), "--format", "swf"},
                new String[] {"run", "nightly", "--as-of", "1993-10-01"},
                new String[] {"run", "nightly", "--as-of", "1993-11-01"})) {
          long patience = 3_000;
          var ended = Optional.<Result>empty();
          while (ended.isEmpty()) {
            ended =
                world
                    .start(SMALL_CHUNKS, List.of(), command)
                    .killAfter(random.nextLong(2_000, 2_000 + patience));
            kills += ended.isEmpty() ? 1 : 0;
            patience += 500;
          }
          requireDone(ended.get());
        }
        var as = "seed " + SEED + " round " + round + " after " + kills + " kills";
        assertThat(world.nightly(World.NOVEMBER).outputHash()).as(as).isEqualTo(undisturbed);
        assertThat(new Checks(world.jdbc()).run()).as(as).isEmpty();
        assertThat(world.count("select max(sequence) from invoice")).as(as).isEqualTo(100);
      }
    }
  }

  /// A file whose import was killed after its last commit is refused: it is there.
  private static void requireDone(Result result) {
    if (!result.output().contains("was imported before")) {
      assertThat(result.exitCode()).as(result.output()).isZero();
    }
  }
}
