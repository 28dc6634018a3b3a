package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.app.WalletWorld.NOW;
import static org.tallystick.app.WalletWorld.dec;
import static org.tallystick.app.WalletWorld.hold;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.domain.wallet.WalletRequest.Capture;
import org.tallystick.domain.wallet.WalletRequest.Release;
import org.tallystick.domain.wallet.WalletRequest.Reversal;
import org.tallystick.domain.wallet.WalletRequest.Usage;

/// Many who settle requests on the same wallets at once.
class WalletsAtOnceTest {

  private static final int THREADS = 8;

  @TempDir private Path directory = Path.of("");

  @Test
  void duplicatesAreOneMovement() throws Exception {
    try (var world = new WalletWorld(directory)) {
      var c = world.customer("0", "qpu: 100");
      var usage = new Usage("U", NOW, List.of("qpu"), dec("7"));
      var tasks = Collections.<Callable<String>>nCopies(20, () -> world.settle(c, usage));
      var answers = atOnce(tasks);
      assertThat(answers).containsOnlyOnce("settled").filteredOn("repeated"::equals).hasSize(19);
      assertThat(world.balances()).containsExactly("qpu 93");
      assertThat(world.findings()).isEmpty();
    }
  }

  /// Afterwards each balance is what one comes to who counts the entries one by one, and no request
  /// went below a floor.
  @Test
  void manyAreAsIfOneAfterTheOther() throws Exception {
    int operations = Integer.getInteger("tallystick.operations", 4_000);
    try (var world = new WalletWorld(directory)) {
      var customers = world.customers(Integer.getInteger("tallystick.wallets", 40));
      var known = new ConcurrentHashMap<Integer, UUID>();
      var number = new AtomicInteger();
      var tasks = new ArrayList<Callable<String>>();
      for (int thread = 0; thread < THREADS; thread++) {
        var random = new Random(90 + thread);
        tasks.add(() -> {
          for (int n = 0; n < operations / THREADS; n++) {
            settleAny(world, customers, known, number, random);
          }
          return "done";
        });
      }
      assertThat(atOnce(tasks)).containsOnly("done");
      assertThat(world.findings()).isEmpty();
      var counted = counted(world);
      assertThat(counted.requests()).isGreaterThan(operations / 4);
      for (var customer : customers) {
        assertThat(world.balance(customer)).isEqualByComparingTo(counted.balance(customer));
      }
    }
  }

  private static CountedWallets counted(WalletWorld world) {
    var counted = new CountedWallets();
    world
        .world()
        .jdbc()
        .sql(
            """
            select e.customer_id, e.kind, e.amount, h.amount as held, w.floor
              from wallet_entry e
              left join wallet_entry h on h.id = e.about_id
              join wallet w on w.customer_id = e.customer_id
             order by e.settled_no\
            """)
        .query(row -> {
          counted.settle(
              row.getObject("customer_id", UUID.class),
              row.getString("kind"),
              row.getInt("amount"),
              row.getInt("held"),
              row.getInt("floor"));
        });
    return counted;
  }

  /// Holds, usage, what ends them and takes them back, and some of it twice.
  private static void settleAny(
      WalletWorld world,
      List<UUID> customers,
      Map<Integer, UUID> known,
      AtomicInteger number,
      Random random) {
    int before = random.nextInt(number.get() + 1);
    var customer = known.get(before);
    var amount = BigDecimal.valueOf(random.nextInt(0, 12));
    if (customer == null || random.nextInt(10) < 4) {
      int next = number.getAndIncrement();
      var owner = pick(customers, random);
      if (draw(world, owner, "K" + next, amount, random).equals("settled")) {
        known.put(next, owner);
      }
      return;
    }
    var key = "K" + before;
    switch (random.nextInt(6)) {
      case 0 -> draw(world, customer, key, amount, random);
      case 1, 2 -> world.settle(customer, new Capture(key, NOW, amount));
      case 3 -> world.settle(customer, new Release(key, NOW));
      default ->
          world.settle(
              customer,
              new Reversal("R" + random.nextInt(1 << 20), NOW, key, amount.add(BigDecimal.ONE)));
    }
  }

  private static String draw(
      WalletWorld world, UUID customer, String key, BigDecimal amount, Random random) {
    return random.nextBoolean()
        ? world.settle(customer, hold(key, amount.toString(), "VC"))
        : world.settle(customer, new Usage(key, NOW, List.of("VC"), amount));
  }

  private static UUID pick(List<UUID> customers, Random random) {
    // A tenth of the wallets get half of the requests.
    int bound = random.nextBoolean() ? Math.max(1, customers.size() / 10) : customers.size();
    return customers.get(random.nextInt(bound));
  }

  /// One number a customer, moved by one entry after the other.
  private static final class CountedWallets {

    private final Map<UUID, Integer> balances = new ConcurrentHashMap<>();
    private int requests;

    void settle(UUID customer, String kind, int amount, int held, int floor) {
      int before = balances.getOrDefault(customer, 100);
      int after =
          switch (kind) {
            case "hold", "usage" -> before - amount;
            case "capture" -> before + held - amount;
            case "release" -> before + held;
            default -> before + amount;
          };
      if (kind.equals("hold") || kind.equals("usage")) {
        requests++;
        assertThat(after >= floor || amount == 0).as("%s at %s", kind, before).isTrue();
      }
      balances.put(customer, after);
    }

    int requests() {
      return requests;
    }

    BigDecimal balance(UUID customer) {
      return BigDecimal.valueOf(balances.getOrDefault(customer, 100));
    }
  }

  private static List<String> atOnce(List<Callable<String>> tasks)
      throws InterruptedException, ExecutionException {
    try (var pool = Executors.newFixedThreadPool(THREADS)) {
      var answers = new ArrayList<String>();
      for (var answer : pool.invokeAll(tasks)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }
}
