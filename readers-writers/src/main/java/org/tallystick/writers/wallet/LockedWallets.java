package org.tallystick.writers.wallet;

import static org.tallystick.sql.Instants.utc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.wallet.Credit;
import org.tallystick.domain.wallet.Drawdown;
import org.tallystick.domain.wallet.Grant;
import org.tallystick.domain.wallet.Wallet;
import org.tallystick.domain.wallet.WalletEntry;
import org.tallystick.domain.wallet.WalletEntry.Move;
import org.tallystick.domain.wallet.WalletRequest;
import org.tallystick.domain.wallet.WalletRequest.Reversal;
import org.tallystick.domain.wallet.WalletState;
import org.tallystick.readers.GrantRow;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;

/// A customer's wallets, which nobody else moves until the transaction ends. What they hold is read
/// after they are locked: a statement sees what was there when it began, also if it had to wait.
final class LockedWallets {

  private final JdbcClient jdbc;
  private final UUID customer;
  private final List<Row> rows;

  private LockedWallets(JdbcClient jdbc, UUID customer, List<Row> rows) {
    this.jdbc = jdbc;
    this.customer = customer;
    this.rows = rows;
  }

  static LockedWallets of(JdbcClient jdbc, UUID customer) {
    var rows =
        jdbc.sql(Query.of("lock-wallets"))
            .param("customer", customer)
            .query((row, _) -> Row.get(row))
            .list();
    return new LockedWallets(jdbc, customer, rows);
  }

  UUID customer() {
    return customer;
  }

  /// A fresh key.
  UUID entryId() {
    return jdbc.sql("select uuid_v7()").query(UUID.class).single();
  }

  /// The keys of the holds whose time is over at `at`.
  List<String> expired(Instant at) {
    return jdbc.sql(
            """
            select e.key
              from open_hold h
              join wallet_entry e on e.id = h.entry_id
             where h.customer_id = :customer and h.expires <= :at
             order by h.expires, e.key\
            """)
        .param("customer", customer)
        .param("at", utc(at))
        .query((row, _) -> row.getString("key"))
        .list();
  }

  /// The local day of `at` in the customer's zone.
  LocalDate dateAt(Instant at) {
    return LocalDate.ofInstant(at, rows.getFirst().zone);
  }

  /// What the books call `entry`.
  String reference(WalletEntry entry) {
    return String.join("/", "wallet", rows.getFirst().customerKey, name(entry.kind()), entry.key());
  }

  /// All that `request` has to do with.
  WalletState state(WalletRequest request) {
    var keys =
        request instanceof Reversal reversal
            ? List.of(reversal.key(), reversal.usage())
            : List.of(request.key());
    var entries = entries(keys);
    var drawn =
        entries.stream().flatMap(entry -> entry.moves().stream()).map(Move::drawdown).toList();
    boolean hasOwed = drawn.stream().anyMatch(d -> d.grant().kind() == Grant.Kind.OVERDRAFT);
    var repayments = hasOwed ? repayments() : List.<Drawdown>of();
    var grants = Stream.of(drawn, repayments).flatMap(List::stream).map(d -> d.grant().id());
    return new WalletState(wallets(grants.distinct().toArray(UUID[]::new)), entries, repayments);
  }

  private Map<String, Wallet> wallets(UUID[] mentioned) {
    var credits = new HashMap<String, List<Credit>>();
    jdbc.sql(Query.of("wallet-credits"))
        .param("customer", customer)
        .param("grants", mentioned)
        .query(row -> {
          credits
              .computeIfAbsent(row.getString("unit"), _ -> new ArrayList<>())
              .add(GrantRow.get(row).withBalance(row.getBigDecimal("balance")));
        });
    var wallets = new LinkedHashMap<String, Wallet>();
    rows.forEach(row ->
        wallets.put(
            row.unit, new Wallet(row.id, row.floor, credits.getOrDefault(row.unit, List.of()))));
    return wallets;
  }

  private List<WalletEntry> entries(List<String> keys) {
    var rows =
        jdbc.sql(Query.of("wallet-entries"))
            .param("customer", customer)
            .param("keys", keys.toArray(String[]::new))
            .query((row, _) -> entry(row))
            .list();
    if (rows.isEmpty()) {
      return List.of();
    }
    var moves = new HashMap<UUID, List<Move>>();
    jdbc.sql(Query.of("wallet-moves"))
        .param("entries", rows.stream().map(WalletEntry::id).toArray(UUID[]::new))
        .query(row -> {
          moves
              .computeIfAbsent(row.getObject("entry_id", UUID.class), _ -> new ArrayList<>())
              .add(
                  new Move(
                      Move.Purpose.valueOf(row.getString("move").toUpperCase(Locale.ROOT)),
                      drawdown(row)));
        });
    return rows.stream()
        .map(entry -> entry.withMoves(moves.getOrDefault(entry.id(), List.of())))
        .toList();
  }

  private List<Drawdown> repayments() {
    return jdbc.sql(Query.of("wallet-repayments"))
        .param("customer", customer)
        .query((row, _) -> drawdown(row))
        .list();
  }

  /// As the tables write it.
  static String name(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static WalletEntry entry(ResultSet row) throws SQLException {
    return new WalletEntry(
        row.getObject("id", UUID.class),
        WalletEntry.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("key"),
        Optional.ofNullable(row.getObject("about_id", UUID.class)),
        List.of((String[]) row.getArray("units").getArray()),
        row.getBigDecimal("amount"),
        Instants.get(row, "at"),
        Optional.ofNullable(Instants.getOrNull(row, "expires")),
        List.of());
  }

  private static Drawdown drawdown(ResultSet row) throws SQLException {
    return new Drawdown(GrantRow.get(row), row.getBigDecimal("moved").negate());
  }

  private record Row(UUID id, String unit, BigDecimal floor, String customerKey, ZoneId zone) {

    private static Row get(ResultSet row) throws SQLException {
      return new Row(
          row.getObject("id", UUID.class),
          row.getString("unit"),
          row.getBigDecimal("floor"),
          row.getString("customer_key"),
          ZoneId.of(row.getString("zone")));
    }
  }
}
