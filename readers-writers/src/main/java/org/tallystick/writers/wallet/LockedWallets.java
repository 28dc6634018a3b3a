package org.tallystick.writers.wallet;

import static org.tallystick.sql.Instants.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.wallet.WalletEntry;
import org.tallystick.domain.wallet.WalletRequest.Reversal;
import org.tallystick.domain.wallet.WalletState;
import org.tallystick.sql.Column;
import org.tallystick.sql.Queries;
import org.tallystick.sql.Query;
import org.tallystick.writers.Ids;
import org.tallystick.writers.wallet.RecurringGrants.Due;

/// Customers' wallets, which nobody else moves until the transaction ends, with all that some
/// requests on them have to do with. It is read after they are locked.
final class LockedWallets {

  private static final int MORE_IDS = 100;

  private final NamedParameterJdbcOperations jdbc;
  private final Map<UUID, Owner> owners = new LinkedHashMap<>();
  private final Map<UUID, WalletRows> rows = new LinkedHashMap<>();
  private final Map<UUID, WalletState> states = new LinkedHashMap<>();
  private final Deque<UUID> ids = new ArrayDeque<>();

  private LockedWallets(NamedParameterJdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The wallets of `customers`, for `requests` of theirs and for holds whose time is over at `at`.
  /// What recurs until then is given first.
  static LockedWallets of(
      NamedParameterJdbcOperations jdbc,
      RecurringGrants recurring,
      SequencedSet<UUID> customers,
      List<CustomerRequest> requests,
      Instant at) {
    var keys = requests.stream().flatMap(LockedWallets::keys).toList();
    var locked = new LockedWallets(jdbc);
    var due = new ArrayList<Due>();
    new Queries()
        .add(Query.of("plan-by-keys"), _ -> {})
        .add(Query.of("lock-wallets"), locked::addWallet)
        .add(Query.of("recurring-due"), row -> due.add(Due.get(row)))
        .add(Query.of("wallet-credits"), row -> locked.rows(row).addCredit(row))
        .add(Query.of("wallet-entries"), row -> locked.rows(row).addEntry(row))
        .add(Ids.QUERY, row -> locked.ids.add(Ids.get(row, "id")))
        .run(
            jdbc,
            Map.of(
                "customers", customers.toArray(UUID[]::new),
                "owners", Column.ids(keys, Map.Entry::getKey),
                "keys", Column.texts(keys, Map.Entry::getValue),
                "at", utc(at),
                "count", requests.size()));
    if (!due.isEmpty()) {
      recurring.give(due, customers, at);
      return of(jdbc, recurring, customers, requests, at);
    }
    locked.addRepayments();
    customers.forEach(customer ->
        locked.states.put(customer, locked.rows.getOrDefault(customer, new WalletRows()).state()));
    return locked;
  }

  /// The states of the customers, in their order.
  Map<UUID, WalletState> states() {
    return states;
  }

  WalletState state(UUID customer) {
    return Objects.requireNonNull(states.get(customer));
  }

  void replace(UUID customer, WalletState state) {
    states.put(customer, state);
  }

  /// A fresh key.
  UUID id() {
    if (ids.isEmpty()) {
      ids.addAll(Ids.next(JdbcClient.create(jdbc), MORE_IDS));
    }
    return ids.remove();
  }

  /// The local day of `at` in the customer's zone.
  LocalDate dateAt(UUID customer, Instant at) {
    return LocalDate.ofInstant(at, owner(customer).zone);
  }

  /// What the books call `entry`.
  String reference(UUID customer, WalletEntry entry) {
    return String.join("/", "wallet", owner(customer).key, name(entry.kind()), entry.key());
  }

  /// What repaid a debt matters to requests that may take the debt back.
  private void addRepayments() {
    var indebted =
        rows.entrySet().stream()
            .filter(wallets -> wallets.getValue().hasOwed())
            .map(Map.Entry::getKey)
            .toList();
    if (!indebted.isEmpty()) {
      JdbcClient.create(jdbc)
          .sql(Query.of("wallet-repayments"))
          .param("customers", indebted.toArray(UUID[]::new))
          .query(row -> {
            rows(row).addRepayment(row);
          });
    }
  }

  private static Stream<Map.Entry<UUID, String>> keys(CustomerRequest asked) {
    var key = Map.entry(asked.customer(), asked.request().key());
    return asked.request() instanceof Reversal reversal
        ? Stream.of(key, Map.entry(asked.customer(), reversal.usage()))
        : Stream.of(key);
  }

  private void addWallet(ResultSet row) throws SQLException {
    var owner = new Owner(row.getString("customer_key"), ZoneId.of(row.getString("zone")));
    owners.put(Ids.get(row, "customer_id"), owner);
    rows(row).addWallet(row);
  }

  private WalletRows rows(ResultSet row) throws SQLException {
    return rows.computeIfAbsent(Ids.get(row, "customer_id"), _ -> new WalletRows());
  }

  private Owner owner(UUID customer) {
    return Objects.requireNonNull(owners.get(customer));
  }

  /// As the tables write it.
  static String name(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private record Owner(String key, ZoneId zone) {}
}
