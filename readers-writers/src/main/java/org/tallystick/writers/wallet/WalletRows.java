package org.tallystick.writers.wallet;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tallystick.domain.wallet.Credit;
import org.tallystick.domain.wallet.Drawdown;
import org.tallystick.domain.wallet.Grant;
import org.tallystick.domain.wallet.Wallet;
import org.tallystick.domain.wallet.WalletEntry;
import org.tallystick.domain.wallet.WalletEntry.Move;
import org.tallystick.domain.wallet.WalletState;
import org.tallystick.readers.GrantRow;
import org.tallystick.sql.Instants;
import org.tallystick.writers.Ids;

/// The rows of one customer's wallets, as they come.
final class WalletRows {

  private final Map<String, Owned> wallets = new LinkedHashMap<>();
  private final Map<String, Map<UUID, Credit>> credits = new HashMap<>();
  private final Map<UUID, WalletEntry> entries = new LinkedHashMap<>();
  private final Map<UUID, List<Move>> moves = new HashMap<>();
  private final List<Drawdown> repayments = new ArrayList<>();

  void addWallet(ResultSet row) throws SQLException {
    wallets.put(row.getString("unit"), new Owned(Ids.get(row, "id"), row.getBigDecimal("floor")));
  }

  /// A row with a grant, the unit of its wallet and its balance.
  Grant addCredit(ResultSet row) throws SQLException {
    var grant = GrantRow.get(row);
    credits
        .computeIfAbsent(row.getString("unit"), _ -> new HashMap<>())
        .put(grant.id(), grant.withBalance(row.getBigDecimal("balance")));
    return grant;
  }

  void addRepayment(ResultSet row) throws SQLException {
    repayments.add(drawdown(row));
  }

  /// A row with an entry, and a move of it unless it moved nothing.
  void addEntry(ResultSet row) throws SQLException {
    var entry = entry(row);
    entries.putIfAbsent(entry.id(), entry);
    if (row.getString("move") != null) {
      var purpose = Move.Purpose.valueOf(row.getString("move").toUpperCase(Locale.ROOT));
      moves
          .computeIfAbsent(entry.id(), _ -> new ArrayList<>())
          .add(new Move(purpose, drawdown(row)));
    }
  }

  /// Whether an entry drew what was owed.
  boolean hasOwed() {
    return moves.values().stream()
        .flatMap(List::stream)
        .anyMatch(move -> move.drawdown().grant().kind() == Grant.Kind.OVERDRAFT);
  }

  WalletState state() {
    var byUnit = new LinkedHashMap<String, Wallet>();
    wallets.forEach((unit, owned) -> {
      var held = credits.getOrDefault(unit, Map.of()).values();
      byUnit.put(unit, new Wallet(owned.id, owned.floor, List.copyOf(held)));
    });
    var settled =
        entries.values().stream()
            .map(entry -> entry.withMoves(moves.getOrDefault(entry.id(), List.of())))
            .toList();
    return new WalletState(byUnit, settled, repayments);
  }

  private static WalletEntry entry(ResultSet row) throws SQLException {
    return new WalletEntry(
        Ids.get(row, "entry_id"),
        WalletEntry.Kind.valueOf(row.getString("entry").toUpperCase(Locale.ROOT)),
        row.getString("entry_key"),
        Optional.ofNullable(row.getObject("about_id", UUID.class)),
        List.of((String[]) row.getArray("units").getArray()),
        row.getBigDecimal("entry_amount"),
        Instants.get(row, "at"),
        Optional.ofNullable(Instants.getOrNull(row, "entry_expires")),
        overage(row),
        List.of());
  }

  private static Map<String, String> overage(ResultSet row) throws SQLException {
    var overage = row.getString("overage");
    return overage == null ? Map.of() : Map.of(WalletEntry.OVERAGE, overage);
  }

  private Drawdown drawdown(ResultSet row) throws SQLException {
    return new Drawdown(addCredit(row), row.getBigDecimal("moved").negate());
  }

  private record Owned(UUID id, BigDecimal floor) {}
}
