package org.tallystick.domain.wallet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tallystick.domain.wallet.WalletEntry.Move;
import org.tallystick.domain.wallet.WalletOutcome.Refused;
import org.tallystick.domain.wallet.WalletOutcome.Repeated;
import org.tallystick.domain.wallet.WalletOutcome.Settled;
import org.tallystick.domain.wallet.WalletRequest.Hold;

/// A customer's wallets, and what was settled on them so far, in memory.
abstract class SettlingStory {

  static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  static final Instant LATER = Instant.parse("2026-04-01T00:00:00Z");

  final Map<String, Wallet> wallets = new LinkedHashMap<>();
  private final List<WalletEntry> entries = new ArrayList<>();
  private final List<Drawdown> repayments = new ArrayList<>();

  String settle(WalletRequest request) {
    var state = state();
    var outcome = Settling.settle(request, state, UUID::randomUUID);
    keep(state);
    return switch (outcome) {
      case Settled(var entry) -> shown(entry);
      case Repeated(var entry) -> "again " + entry.kind();
      case Refused(var reason, var message) -> reason + " " + message;
    };
  }

  String expire(Instant at) {
    var state = state();
    Settling.expire(at, state, UUID::randomUUID);
    keep(state);
    return state.settled().stream().map(SettlingStory::shown).collect(Collectors.joining("; "));
  }

  private WalletState state() {
    return new WalletState(wallets, entries, repayments);
  }

  private void keep(WalletState state) {
    for (var entry : state.settled()) {
      entries.add(entry);
      entry.drawn(Move.Purpose.REPAYMENT).stream()
          .filter(drawdown -> drawdown.grant().kind() != Grant.Kind.OVERDRAFT)
          .forEach(repayments::add);
    }
  }

  private static String shown(WalletEntry entry) {
    return entry.kind()
        + ": "
        + entry.moves().stream().map(SettlingStory::shown).collect(Collectors.joining(", "));
  }

  private static String shown(Move move) {
    var drawdown = move.drawdown();
    return move.purpose() + " " + drawdown.grant().key() + " " + plain(drawdown.amount());
  }

  String left() {
    return wallets.entrySet().stream()
        .map(e -> e.getKey() + " " + plain(e.getValue().available(NOW)))
        .collect(Collectors.joining(", "));
  }

  private static String plain(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }

  static Hold hold(String key, String amount, String... units) {
    return new Hold(key, NOW, List.of(units), dec(amount), LATER);
  }

  void wallet(String unit, String floor, Credit... credits) {
    var all = new ArrayList<>(List.of(credits));
    all.add(
        Grants.of("overdraft", Grant.Kind.OVERDRAFT, Integer.MAX_VALUE, Instant.MAX)
            .withBalance(dec("0")));
    wallets.put(unit, new Wallet(new UUID(0, 8), dec(floor), all));
  }

  static Credit credit(String key, String balance) {
    return Grants.of(key, Grant.Kind.PAID, 0, Instant.MAX).withBalance(dec(balance));
  }

  static BigDecimal dec(String value) {
    return new BigDecimal(value);
  }
}
