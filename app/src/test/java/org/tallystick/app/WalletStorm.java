package org.tallystick.app;

import static org.tallystick.app.WalletWorld.NOW;
import static org.tallystick.app.WalletWorld.hold;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.tallystick.domain.wallet.WalletRequest;
import org.tallystick.domain.wallet.WalletRequest.Capture;
import org.tallystick.domain.wallet.WalletRequest.Release;
import org.tallystick.domain.wallet.WalletRequest.Reversal;
import org.tallystick.domain.wallet.WalletRequest.Usage;
import org.tallystick.writers.wallet.CustomerRequest;

/// Eight threads that settle random requests on the same wallets: holds, usage, what ends them and
/// takes them back, and some of it twice; each in a transaction of its own, in one with whoever
/// asks at the same time, or several for several customers in one.
final class WalletStorm {

  private static final int THREADS = 8;

  private final WalletWorld world;
  private final List<UUID> customers;
  private final String prefix;
  private final Map<Integer, UUID> known = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();

  /// `prefix` is of its keys.
  WalletStorm(WalletWorld world, List<UUID> customers, String prefix) {
    this.world = world;
    this.customers = customers;
    this.prefix = prefix;
  }

  /// Settles so many requests, from threads with seeds from `seed` on.
  void settle(int requests, int seed) throws InterruptedException, ExecutionException {
    var threads = new ArrayList<Callable<String>>();
    for (int thread = 0; thread < THREADS; thread++) {
      var random = new Random(seed + thread);
      threads.add(() -> {
        for (int n = 0; n < requests / THREADS; n++) {
          settleAny(random);
        }
        return "done";
      });
    }
    atOnce(threads);
  }

  /// What each of `tasks` returns, in their order; eight of them run at once.
  static List<String> atOnce(List<Callable<String>> tasks)
      throws InterruptedException, ExecutionException {
    try (var pool = Executors.newFixedThreadPool(THREADS)) {
      var answers = new ArrayList<String>();
      for (var answer : pool.invokeAll(tasks)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  private void settleAny(Random random) {
    int before = random.nextInt(number.get() + 1);
    var customer = known.get(before);
    var amount = BigDecimal.valueOf(random.nextInt(0, 12));
    if (random.nextInt(10) == 0) {
      drawSeveral(random);
      return;
    }
    if (customer == null || random.nextInt(10) < 4) {
      int next = number.getAndIncrement();
      var owner = pick(random);
      if (draw(owner, prefix + next, amount, random).equals("settled")) {
        known.put(next, owner);
      }
      return;
    }
    var key = prefix + before;
    switch (random.nextInt(6)) {
      case 0 -> draw(customer, key, amount, random);
      case 1, 2 -> settle(customer, new Capture(key, NOW, amount), random);
      case 3 -> settle(customer, new Release(key, NOW), random);
      default ->
          settle(
              customer,
              new Reversal(
                  prefix + "R" + random.nextInt(1 << 20), NOW, key, amount.add(BigDecimal.ONE)),
              random);
    }
  }

  private void drawSeveral(Random random) {
    var asked = new ArrayList<CustomerRequest>();
    for (int n = random.nextInt(2, 6); n > 0; n--) {
      var key = prefix + "S" + random.nextInt(1 << 20);
      asked.add(new CustomerRequest(pick(random), request(key, BigDecimal.TWO, random)));
    }
    if (random.nextBoolean()) {
      world.settleEach(asked);
    } else {
      world.settleAll(asked);
    }
  }

  private String draw(UUID customer, String key, BigDecimal amount, Random random) {
    return settle(customer, request(key, amount, random), random);
  }

  private static WalletRequest request(String key, BigDecimal amount, Random random) {
    return random.nextBoolean()
        ? hold(key, amount.toString(), "VC")
        : new Usage(key, NOW, List.of("VC"), amount);
  }

  private String settle(UUID customer, WalletRequest request, Random random) {
    return random.nextBoolean()
        ? world.settle(customer, request)
        : world.settleQueued(customer, request);
  }

  /// A tenth of the wallets get half of the requests.
  private UUID pick(Random random) {
    int bound = random.nextBoolean() ? Math.max(1, customers.size() / 10) : customers.size();
    return customers.get(random.nextInt(bound));
  }
}
