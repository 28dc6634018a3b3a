package org.tallystick.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.tallystick.domain.wallet.WalletOutcome.Settled;
import org.tallystick.domain.wallet.WalletRequest;
import org.tallystick.domain.wallet.WalletRequest.Capture;
import org.tallystick.domain.wallet.WalletRequest.Hold;
import org.tallystick.writers.wallet.SettlementQueue;

/// Holds and captures on one hot wallet and on many, from eight clients, each waiting for one
/// answer after the other; beside `pgbench` on the same server with as many, and a transaction that
/// writes the rows of a hold into tables of that kind, one after the other, without rules, triggers
/// and foreign keys (`wallet-transaction.sql`).
///
/// System property: `wallets.seconds` for each measurement; the warm-up takes as long.
public final class WalletBenchmark {

  private static final int CLIENTS = 8;
  private static final int WALLETS = 10_000;
  private static final int SECONDS = Integer.getInteger("wallets.seconds", 20);
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without initial");

  private final BenchServer server;
  private final SettlementQueue requests;

  private WalletBenchmark(BenchServer server, SettlementQueue requests) {
    this.server = server;
    this.requests = requests;
  }

  public static void main(String[] arguments) throws Exception {
    var directory = Files.createTempDirectory("tallystick-wallets");
    try (var server = BenchServer.start(directory);
        var pool = new HikariDataSource()) {
      System.out.println(server.description());
      server.createDatabase("wallets");
      var catalog = writeCatalog(directory.resolve("catalog.yaml"));
      server.run("wallets", "catalog", "apply", catalog.toString());
      pool.setDataSource(server.dataSource("wallets"));
      pool.setMaximumPoolSize(CLIENTS);
      var customers =
          JdbcClient.create(pool)
              .sql("select id from customer order by key")
              .query((row, _) -> row.getObject("id", UUID.class))
              .list();
      try (var queue = new SettlementQueue(pool, new JdbcTransactionManager(pool))) {
        new WalletBenchmark(server, queue).measure(customers);
      }
      Files.delete(catalog);
    }
    Files.delete(directory);
  }

  private void measure(List<UUID> customers) throws Exception {
    settle("warm", customers, Duration.ofSeconds(SECONDS));
    server.analyze("wallets");
    server.checkpoint();
    var hot = settle("hot", customers.subList(0, 1), Duration.ofSeconds(SECONDS));
    server.checkpoint();
    var spread = settle("spread", customers, Duration.ofSeconds(SECONDS));
    server.checkpoint();
    pgbench(List.of("-n", "-t", "1", "-f", script("wallet-tables.sql")));
    server.checkpoint();
    var hotReference = pgbench(1);
    server.checkpoint();
    var spreadReference = pgbench(WALLETS);
    System.out.printf("%n| | transactions/s | times `pgbench` |%n|---|---|---|%n");
    print("holds and captures on one wallet", hot, hotReference);
    print("`pgbench` on one", hotReference, hotReference);
    print("holds and captures on %,d wallets".formatted(WALLETS), spread, spreadReference);
    print("`pgbench` on as many", spreadReference, spreadReference);
  }

  /// Transactions a second: a hold is one, its capture another.
  private BigDecimal settle(String name, List<UUID> customers, Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    var clients = new ArrayList<Callable<Long>>();
    for (int client = 0; client < CLIENTS; client++) {
      int number = client;
      var random = new SplittableRandom(number);
      clients.add(() -> {
        long count = 0;
        while (System.nanoTime() < end) {
          var customer = customers.get(random.nextInt(customers.size()));
          var key = name + "-" + number + "-" + count;
          settle(
              customer,
              new Hold(key, NOW, List.of("VC"), new BigDecimal("0.05"), NOW.plusSeconds(60)));
          settle(customer, new Capture(key, NOW, new BigDecimal("0.04")));
          count += 2;
        }
        return count;
      });
    }
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      long count = 0;
      for (var client : threads.invokeAll(clients)) {
        count += client.get();
      }
      return BigDecimal.valueOf(count)
          .divide(BigDecimal.valueOf(time.toSeconds()), 0, RoundingMode.HALF_UP);
    }
  }

  private void settle(UUID customer, WalletRequest request) {
    var outcome = requests.settle(customer, request);
    if (!(outcome instanceof Settled)) {
      throw new IllegalStateException(request + " was not settled: " + outcome);
    }
  }

  private BigDecimal pgbench(int wallets) throws IOException, InterruptedException {
    var printed =
        pgbench(
            List.of(
                "-n",
                "-M",
                "prepared",
                "-c",
                "" + CLIENTS,
                "-j",
                "2",
                "-T",
                "" + SECONDS,
                "-D",
                "wallets=" + wallets,
                "-f",
                script("wallet-transaction.sql")));
    var tps = TPS.matcher(printed);
    if (!tps.find()) {
      throw new IllegalStateException("pgbench printed no rate: " + printed);
    }
    return new BigDecimal(tps.group(1)).setScale(0, RoundingMode.HALF_UP);
  }

  private static String script(String name) {
    return Path.of("src/main/resources", name).toString();
  }

  private String pgbench(List<String> options) throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of("pgbench"));
    command.addAll(options);
    command.addAll(
        List.of("-h", "127.0.0.1", "-p", "" + server.port(), "-U", "postgres", "postgres"));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", "postgres");
    var process = builder.start();
    var printed = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + " failed: " + printed);
    }
    return printed;
  }

  private static void print(String what, BigDecimal rate, BigDecimal reference) {
    System.out.printf(
        "| %s | %,d | %s |%n",
        what, rate.longValue(), rate.divide(reference, 2, RoundingMode.HALF_UP));
  }

  private static Path writeCatalog(Path file) throws IOException {
    var catalog = new StringBuilder("customers:\n");
    for (int n = 0; n < WALLETS; n++) {
      catalog.append("  - {key: c%d, name: C, currency: EUR, zone: UTC}\n".formatted(n));
    }
    catalog.append("wallets:\n");
    for (int n = 0; n < WALLETS; n++) {
      catalog.append(
          """
            - {customer: c%d, unit: VC, grants:
                [{key: g, kind: paid, amount: 1000000, from: 2026-01-01}]}
          """
              .formatted(n));
    }
    return Files.writeString(file, catalog);
  }
}
