package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.tallystick.app.session.DatabaseAddress;
import org.tallystick.domain.wallet.Grant;
import org.tallystick.domain.wallet.WalletOutcome;
import org.tallystick.domain.wallet.WalletOutcome.Refused;
import org.tallystick.domain.wallet.WalletOutcome.Repeated;
import org.tallystick.domain.wallet.WalletOutcome.Settled;
import org.tallystick.domain.wallet.WalletRequest;
import org.tallystick.domain.wallet.WalletRequest.Hold;
import org.tallystick.readers.Checks;
import org.tallystick.writers.wallet.CustomerRequest;
import org.tallystick.writers.wallet.GrantWriter;
import org.tallystick.writers.wallet.GrantWriter.Terms;
import org.tallystick.writers.wallet.SettlementQueue;
import org.tallystick.writers.wallet.WalletRequests;

/// A world with wallets in it.
final class WalletWorld implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  /// What each of several customers begins with.
  static final int GIVEN = 300;

  static final Instant LATER = Instant.parse("2026-04-01T00:00:00Z");

  private final Path directory;
  private final World world;
  private final WalletRequests requests;
  private final SettlementQueue queue;
  private final TransactionTemplate transaction;

  /// `directory` is for the catalogs.
  WalletWorld(Path directory) {
    this(directory, World.empty(Map.of()));
  }

  private WalletWorld(Path directory, World world) {
    this.directory = directory;
    this.world = world;
    this.requests = new WalletRequests(world.get(DataSource.class));
    var transactions = world.get(PlatformTransactionManager.class);
    this.queue = new SettlementQueue(world.get(DataSource.class), transactions);
    this.transaction = new TransactionTemplate(transactions);
  }

  /// The world of another process, by the variables that this one was started with.
  static WalletWorld attached(Path directory, Map<String, String> environment) {
    var address =
        new DatabaseAddress(
            environment.getOrDefault("TALLYSTICK_DB_URL", ""),
            environment.getOrDefault("TALLYSTICK_DB_USER", ""),
            environment.getOrDefault("TALLYSTICK_DB_PASSWORD", ""));
    return new WalletWorld(directory, new World(address, Map.of()));
  }

  @Override
  public void close() {
    queue.close();
    world.close();
  }

  World world() {
    return world;
  }

  /// Gives customer c a paid grant that never expires.
  void give(String unit, String key, String amount) {
    var grants = new GrantWriter(world.get(DataSource.class));
    var terms =
        new Terms(
            Grant.Kind.PAID,
            dec(amount),
            0,
            Instant.EPOCH,
            Optional.empty(),
            List.of(),
            Optional.empty());
    transaction.executeWithoutResult(
        _ -> grants.give(grants.lock("c", unit).orElseThrow(), key, terms, "test"));
  }

  /// That each balance is what the entries come to one by one; how many requests there were.
  int requireCounted(List<UUID> customers) {
    var snapshot = new TransactionTemplate(world.get(PlatformTransactionManager.class));
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    return snapshot.execute(_ -> {
      var counted = CountedWallets.of(world.jdbc());
      for (var customer : customers) {
        assertThat(balance(customer)).isEqualByComparingTo(counted.balance(customer));
      }
      return counted.requests();
    });
  }

  List<String> findings() {
    return new Checks(world.jdbc()).run().stream().map(String::valueOf).toList();
  }

  /// "settled", "repeated" or why not.
  String settle(UUID customer, WalletRequest request) {
    return shown(transaction.execute(_ -> requests.settle(customer, request)));
  }

  /// The same, together with whoever asks at the same time.
  String settleQueued(UUID customer, WalletRequest request) {
    return shown(queue.settle(customer, request));
  }

  /// The same for each of several requests, in one transaction.
  List<String> settleEach(List<CustomerRequest> asked) {
    return shownAll(transaction.execute(_ -> requests.settleEach(asked)));
  }

  /// The same, but if one is refused, none is settled.
  List<String> settleAll(List<CustomerRequest> asked) {
    return shownAll(transaction.execute(_ -> requests.settleAll(asked)));
  }

  /// For how many customers holds ended whose time is over.
  int expireHolds(Instant at, int limit) {
    return transaction.execute(_ -> requests.expireHolds(at, limit));
  }

  private static List<String> shownAll(List<WalletOutcome> outcomes) {
    return outcomes.stream().map(WalletWorld::shown).toList();
  }

  private static String shown(WalletOutcome outcome) {
    return switch (outcome) {
      case Settled _ -> "settled";
      case Repeated _ -> "repeated";
      case Refused(_, var message) -> message;
    };
  }

  BigDecimal balance(UUID customer) {
    return world
        .jdbc()
        .sql(
            """
            select sum(b.balance) as balance
              from credit_balance b join wallet w on w.id = b.wallet_id
             where w.customer_id = :customer\
            """)
        .param("customer", customer)
        .query(BigDecimal.class)
        .single();
  }

  List<String> balances() {
    return world
        .jdbc()
        .sql(
            """
            select w.unit || ' ' || trim_scale(sum(b.balance))
              from credit_balance b join wallet w on w.id = b.wallet_id
             group by w.unit order by 1\
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /// What is left of each grant.
  List<String> grants() {
    return world
        .jdbc()
        .sql(
            """
            select g.key || ' ' || trim_scale(b.balance)
              from credit_balance b join wallet_grant g on g.id = b.grant_id
             where g.kind <> 'overdraft'
             order by 1\
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /// Accounts with what they were debited, less what they were credited.
  List<String> booked() {
    return world
        .jdbc()
        .sql(
            """
            select account || ' ' || unit || ' '
                     || trim_scale(sum(case side when 'debit' then amount else -amount end))
              from posting
             group by account, unit
            having sum(case side when 'debit' then amount else -amount end) <> 0
             order by 1\
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /// A customer with a paid grant in each of `wallets` ("qpu: 100").
  UUID customer(String floor, String... wallets) throws IOException {
    var yaml =
        new StringBuilder(
            "customers:\n  - {key: c, name: C, currency: EUR, zone: UTC}\nwallets:\n");
    for (var wallet : wallets) {
      var parts = wallet.split(": ", -1);
      yaml.append(grant("c", parts[0], floor, parts[1]));
    }
    world.apply(Files.writeString(directory.resolve("wallets.yaml"), yaml));
    return world.jdbc().sql("select id from customer").query(UUID.class).single();
  }

  /// Each with [#GIVEN], a third of them with a credit limit of 50, a third with 20 that must stay.
  List<UUID> customers(int count) throws IOException {
    var customers = new StringBuilder("customers:\n");
    var wallets = new StringBuilder("wallets:\n");
    for (int n = 0; n < count; n++) {
      var key = "c" + n;
      customers.append("  - {key: %s, name: C, currency: EUR, zone: UTC}\n".formatted(key));
      wallets.append(grant(key, "VC", List.of("0", "-50", "20").get(n % 3), "" + GIVEN));
    }
    world.apply(
        Files.writeString(directory.resolve("wallets.yaml"), customers.toString() + wallets));
    return customers();
  }

  List<UUID> customers() {
    return world
        .jdbc()
        .sql("select id from customer order by id")
        .query((row, _) -> row.getObject("id", UUID.class))
        .list();
  }

  private static String grant(String customer, String unit, String floor, String amount) {
    return """
      - customer: %s
        unit: %s
        floor: %s
        grants: [{key: first, kind: paid, amount: %s, from: 2026-01-01}]
    """
        .formatted(customer, unit, floor, amount);
  }

  static Hold hold(String key, String amount, String... units) {
    return new Hold(key, NOW, List.of(units), dec(amount), LATER);
  }

  static BigDecimal dec(String value) {
    return new BigDecimal(value);
  }
}
