package org.tallystick.domain.wallet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.tallystick.domain.wallet.WalletEntry.Kind;
import org.tallystick.domain.wallet.WalletEntry.Move;

/// A customer's wallets while requests are settled on them, one after the other, and what was
/// settled before as far as it matters to them.
public final class WalletState {

  private static final Comparator<WalletEntry> BY_EXPIRY =
      Comparator.<WalletEntry, Instant>comparing(hold -> hold.expires().orElse(Instant.MAX))
          .thenComparing(WalletEntry::key);

  private final Map<String, Wallet> wallets;
  private final List<Drawdown> repayments;
  private final Map<String, List<WalletEntry>> byKey = new HashMap<>();
  private final Map<UUID, List<WalletEntry>> byOther = new HashMap<>();
  private final PriorityQueue<WalletEntry> holds = new PriorityQueue<>(BY_EXPIRY);
  private final List<WalletEntry> settled = new ArrayList<>();

  /// `wallets` by unit; `before`, in the order in which they were settled: the entries with the
  /// requests' keys, the holds that are over, and all entries about those; what `repayments` there
  /// were, if one of those drew what was owed.
  public WalletState(
      Map<String, Wallet> wallets, List<WalletEntry> before, List<Drawdown> repayments) {
    this.wallets = new LinkedHashMap<>(wallets);
    this.repayments = new ArrayList<>(repayments);
    before.forEach(this::add);
  }

  /// One that changes apart from this.
  public WalletState copy() {
    var byUnit = new LinkedHashMap<String, Wallet>();
    wallets.forEach((unit, wallet) -> byUnit.put(unit, wallet.copy()));
    var copy = new WalletState(byUnit, List.of(), repayments);
    byKey.forEach((key, entries) -> copy.byKey.put(key, new ArrayList<>(entries)));
    byOther.forEach((other, entries) -> copy.byOther.put(other, new ArrayList<>(entries)));
    copy.holds.addAll(holds);
    copy.settled.addAll(settled);
    return copy;
  }

  /// What was settled since, in that order.
  public List<WalletEntry> settled() {
    return List.copyOf(settled);
  }

  /// Moves by the unit of their grants' wallets.
  public SortedMap<String, List<Move>> byUnit(List<Move> moves) {
    var byUnit = new TreeMap<String, List<Move>>();
    for (var move : moves) {
      wallets.forEach((unit, wallet) -> {
        if (wallet.owns(move.drawdown().grant())) {
          byUnit.computeIfAbsent(unit, _ -> new ArrayList<>()).add(move);
        }
      });
    }
    return byUnit;
  }

  Map<String, Wallet> wallets() {
    return wallets;
  }

  List<Drawdown> repayments() {
    return repayments;
  }

  /// Keeps what was just settled.
  void keep(WalletEntry entry) {
    settled.add(entry);
    add(entry);
    entry.drawn(Move.Purpose.REPAYMENT).stream()
        .filter(repayment -> repayment.grant().kind() != Grant.Kind.OVERDRAFT)
        .forEach(repayments::add);
  }

  private void add(WalletEntry entry) {
    byKey.computeIfAbsent(entry.key(), _ -> new ArrayList<>()).add(entry);
    entry.about().ifPresent(id -> byOther.computeIfAbsent(id, _ -> new ArrayList<>()).add(entry));
    if (entry.kind() == Kind.HOLD) {
      holds.add(entry);
    }
  }

  /// A hold that nothing has ended and whose time is over at `at`, the first of them.
  Optional<WalletEntry> expired(Instant at) {
    while (!holds.isEmpty() && holds.element().hasExpired(at)) {
      var hold = holds.remove();
      if (about(hold).isEmpty()) {
        return Optional.of(hold);
      }
    }
    return Optional.empty();
  }

  Optional<WalletEntry> entry(String key, Kind kind) {
    return byKey.getOrDefault(key, List.of()).stream()
        .filter(entry -> entry.kind() == kind)
        .findFirst();
  }

  List<WalletEntry> about(WalletEntry other) {
    return List.copyOf(byOther.getOrDefault(other.id(), List.of()));
  }

  /// The wallets of `units`; empty if one is not there.
  Optional<Pool> pool(List<String> units) {
    return wallets.keySet().containsAll(units)
        ? Optional.of(new Pool(units.stream().map(wallets::get).toList()))
        : Optional.empty();
  }
}
