package org.tallystick.domain.wallet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The wallets of a customer that a request may draw on, one after the other: usually one; a credit
/// pool of its own and then the shared one.
///
/// Requests that would cross a floor are refused. Facts, such as finished work, are taken: what
/// lies above the floors first, the rest from the first wallet, which then owes it.
public record Pool(List<Wallet> wallets) {

  public Pool {
    wallets = List.copyOf(wallets);
    if (wallets.isEmpty()) {
      throw new IllegalArgumentException("pool has no wallets");
    }
  }

  /// How much a request may draw at `at`.
  public BigDecimal aboveFloor(Instant at) {
    return wallets.stream()
        .map(wallet -> wallet.aboveFloor(at))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// Draws `amount` (not negative) at `at`, or nothing if there is less above the floors.
  public Optional<List<Drawdown>> request(BigDecimal amount, Instant at) {
    return amount.compareTo(aboveFloor(at)) > 0 ? Optional.empty() : Optional.of(take(amount, at));
  }

  /// Draws `amount` (not negative) at `at`, whatever there is.
  public List<Drawdown> take(BigDecimal amount, Instant at) {
    var drawn = new ArrayList<Drawdown>();
    var left = amount;
    for (var wallet : wallets) {
      var share = left.min(wallet.aboveFloor(at));
      drawn.addAll(wallet.draw(share, at));
      left = left.subtract(share);
    }
    drawn.addAll(wallets.getFirst().draw(left, at));
    return drawn;
  }

  /// Gives back up to `amount` (not negative) of what was `drawn`, last drawn first.
  public List<Drawdown> giveBack(BigDecimal amount, List<Drawdown> drawn) {
    var given = new ArrayList<Drawdown>();
    var left = amount;
    for (var wallet : wallets.reversed()) {
      var back = wallet.giveBack(left, of(wallet, drawn));
      given.addAll(back);
      left = left.add(Wallet.sum(back));
    }
    return given;
  }

  /// Ends a hold with what the work came to, which may be more or less than was set aside: first
  /// what was `held` is free again, then `amount` (not negative) is taken, from the same grants as
  /// far as they were held, even if they have expired.
  public Captured capture(BigDecimal amount, Instant at, List<Drawdown> held) {
    var freed = giveBack(Wallet.sum(held), held);
    var taken = new ArrayList<Drawdown>();
    var left = amount;
    for (var wallet : wallets) {
      var again = wallet.drawAgain(left, of(wallet, freed));
      taken.addAll(again);
      left = left.subtract(Wallet.sum(again));
    }
    taken.addAll(take(left, at));
    return new Captured(freed, taken);
  }

  /// What makes debt and credit even again in each wallet: [Wallet#evenOut].
  public List<Drawdown> evenOut(Instant at, List<Drawdown> repayments) {
    return wallets.stream()
        .flatMap(wallet -> wallet.evenOut(at, of(wallet, repayments)).stream())
        .toList();
  }

  /// What was forgiven and comes back: [Wallet#forget].
  public List<Drawdown> forget() {
    return wallets.stream().flatMap(wallet -> wallet.forget().stream()).toList();
  }

  private static List<Drawdown> of(Wallet wallet, List<Drawdown> drawn) {
    return drawn.stream().filter(drawdown -> wallet.owns(drawdown.grant())).toList();
  }

  /// What a hold gave back, as negative drawdowns, and what was taken instead.
  public record Captured(List<Drawdown> freed, List<Drawdown> taken) {}
}
