package org.tallystick.domain.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.tallystick.domain.wallet.WalletEntry.Move;

/// What of a customer a request has to do with: the wallets by unit, the earlier entries with its
/// key or about those, in the order in which they were settled, and the wallets' repayments.
///
/// The wallets change as requests are settled; the entries don't, so a state is good for one.
public record WalletState(
    Map<String, Wallet> wallets, List<WalletEntry> entries, List<Drawdown> repayments) {

  Optional<WalletEntry> entry(Predicate<WalletEntry> which) {
    return entries.stream().filter(which).findFirst();
  }

  Optional<WalletEntry> entry(String key, WalletEntry.Kind kind) {
    return entry(entry -> entry.kind() == kind && entry.key().equals(key));
  }

  List<WalletEntry> about(WalletEntry other) {
    return entries.stream().filter(entry -> entry.isAbout(other)).toList();
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

  /// The wallets of `units`; empty if one is not there.
  Optional<Pool> pool(List<String> units) {
    return wallets.keySet().containsAll(units)
        ? Optional.of(new Pool(units.stream().map(wallets::get).toList()))
        : Optional.empty();
  }
}
