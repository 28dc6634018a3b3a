package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.app.WalletWorld.NOW;
import static org.tallystick.app.WalletWorld.dec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.tallystick.domain.wallet.WalletRequest.Usage;

/// Many who settle requests on the same wallets at once, and some who are killed meanwhile.
///
/// System properties for the long form: `tallystick.operations`, `tallystick.wallets`,
/// `tallystick.kills`.
class WalletsAtOnceTest {

  private static final int KILLS = Integer.getInteger("tallystick.kills", 2);
  private static final int UNTIL_KILLED = 1_000_000_000;

  @TempDir private Path directory = Path.of("");

  @Test
  void duplicatesAreOneMovement() throws Exception {
    try (var world = new WalletWorld(directory)) {
      var c = world.customer("0", "qpu: 100");
      var usage = new Usage("U", NOW, List.of("qpu"), dec("7"));
      var tasks = new ArrayList<Callable<String>>();
      for (int n = 0; n < 10; n++) {
        tasks.add(() -> world.settle(c, usage));
        tasks.add(() -> world.settleQueued(c, usage));
      }
      var answers = WalletStorm.atOnce(tasks);
      assertThat(answers).containsOnlyOnce("settled").filteredOn("repeated"::equals).hasSize(19);
      assertThat(world.balances()).containsExactly("qpu 93");
      assertThat(world.findings()).isEmpty();
    }
  }

  /// PostgreSQL takes no NUL in a text, so half of the requests fail, with those that they share a
  /// transaction with.
  @Test
  void aRequestFailsAlone() throws Exception {
    try (var world = new WalletWorld(directory)) {
      var c = world.customer("0", "qpu: 100");
      var tasks = new ArrayList<Callable<String>>();
      for (int n = 0; n < 8; n++) {
        var key = n % 2 == 0 ? "U" + n : "U\0" + n;
        tasks.add(() -> settled(world, c, new Usage(key, NOW, List.of("qpu"), dec("1"))));
      }
      assertThat(WalletStorm.atOnce(tasks)).filteredOn("settled"::equals).hasSize(4);
      assertThat(world.balances()).containsExactly("qpu 96");
      assertThat(world.findings()).isEmpty();
    }
  }

  private static String settled(WalletWorld world, UUID customer, Usage usage) {
    try {
      return world.settleQueued(customer, usage);
    } catch (DataAccessException e) {
      return "failed";
    }
  }

  @Test
  void manyAreAsIfOneAfterTheOther() throws Exception {
    int operations = Integer.getInteger("tallystick.operations", 4_000);
    try (var world = new WalletWorld(directory)) {
      var customers = world.customers(Integer.getInteger("tallystick.wallets", 40));
      new WalletStorm(world, customers, "K").settle(operations, 90);
      int drawn = world.requireCounted(customers);
      assertThat(drawn).as("requests that were not refused").isGreaterThan(operations / 8);
      assertThat(world.findings()).isEmpty();
    }
  }

  /// Whatever a process was doing when it was killed is done as a whole or not at all.
  @Test
  void killedAtAnyInstant() throws Exception {
    var random = new Random(91);
    try (var world = new WalletWorld(directory)) {
      var customers = world.customers(40);
      int settled = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        var child =
            world.world().startMain(WalletsAtOnceTest.class, directory.toString(), "K" + kill);
        child.line("settling");
        child.killAfter(random.nextInt(500, 4_000));
        int after = world.requireCounted(customers);
        assertThat(after).isGreaterThan(settled);
        settled = after;
        assertThat(world.findings()).isEmpty();
      }
    }
  }

  /// Settles until it is killed: DIRECTORY PREFIX.
  public static void main(String[] arguments) throws Exception {
    try (var world = WalletWorld.attached(Path.of(arguments[0]), Map.copyOf(System.getenv()))) {
      System.out.println("settling");
      new WalletStorm(world, world.customers(), arguments[1]).settle(UNTIL_KILLED, 92);
    }
  }
}
