package org.tallystick.writers.wallet;

import static org.tallystick.sql.Instants.utc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.ledger.Bookkeeping;
import org.tallystick.domain.wallet.Settling;
import org.tallystick.domain.wallet.WalletEntry;
import org.tallystick.domain.wallet.WalletEntry.Move;
import org.tallystick.domain.wallet.WalletOutcome;
import org.tallystick.domain.wallet.WalletOutcome.Settled;
import org.tallystick.domain.wallet.WalletRequest;
import org.tallystick.domain.wallet.WalletRequest.Expiry;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;
import org.tallystick.writers.JournalWriter;
import org.tallystick.writers.JournalWriter.Booking;

/// Settles requests on customers' wallets, each once: with the movements of the grants, an entry
/// under the request's key, and the books.
public final class WalletRequests {

  private final JdbcClient jdbc;
  private final JournalWriter journal;

  public WalletRequests(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
    this.journal = new JournalWriter(dataSource);
  }

  /// Settles `request` on the wallets of the customer, part of the caller's transaction. Locks them
  /// all, and the head of the customer's books, until that ends: a transaction that settles for
  /// several customers takes them in the order of their ids. Holds whose time is over are free
  /// again before anything else.
  public WalletOutcome settle(UUID customer, WalletRequest request) {
    var wallets = LockedWallets.of(jdbc, customer);
    wallets.expired(request.at()).forEach(hold -> settle(wallets, new Expiry(hold, request.at())));
    return settle(wallets, request);
  }

  private WalletOutcome settle(LockedWallets wallets, WalletRequest request) {
    var customer = wallets.customer();
    var state = wallets.state(request);
    var outcome = Settling.settle(request, state, wallets::entryId);
    if (outcome instanceof Settled(var entry)) {
      var moves = net(entry.moves());
      keep(customer, entry, moves);
      Bookkeeping.settled(wallets.reference(entry), wallets.dateAt(entry.at()), state.byUnit(moves))
          .ifPresent(booked -> journal.append(List.of(Booking.of(customer, booked))));
    }
    return outcome;
  }

  private void keep(UUID customer, WalletEntry entry, List<Move> moves) {
    jdbc.sql(Query.of("settle-entry"))
        .param("id", entry.id())
        .param("customer", customer)
        .param("kind", LockedWallets.name(entry.kind()))
        .param("key", entry.key())
        .param("about", entry.about().orElse(null))
        .param("units", entry.units().toArray(String[]::new))
        .param("amount", entry.amount())
        .param("at", utc(entry.at()))
        .param("expires", entry.expires().map(Instants::utc).orElse(null))
        .param("grants", moves.stream().map(WalletRequests::grant).toArray(UUID[]::new))
        .param(
            "kinds",
            moves.stream().map(move -> LockedWallets.name(move.purpose())).toArray(String[]::new))
        .param(
            "amounts",
            moves.stream()
                .map(move -> move.drawdown().amount().negate().toPlainString())
                .toArray(String[]::new))
        .update();
  }

  /// One move for each grant and kind; none for what cancels out.
  private static List<Move> net(List<Move> moves) {
    var net = new LinkedHashMap<Map.Entry<UUID, Move.Purpose>, Move>();
    for (var move : moves) {
      net.merge(
          Map.entry(grant(move), move.purpose()),
          move,
          (a, b) -> new Move(a.purpose(), a.drawdown().plus(b.drawdown())));
    }
    return net.values().stream().filter(move -> move.drawdown().amount().signum() != 0).toList();
  }

  private static UUID grant(Move move) {
    return move.drawdown().grant().id();
  }
}
