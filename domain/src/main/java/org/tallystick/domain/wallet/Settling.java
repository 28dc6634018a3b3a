package org.tallystick.domain.wallet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tallystick.domain.wallet.WalletEntry.Kind;
import org.tallystick.domain.wallet.WalletEntry.Move;
import org.tallystick.domain.wallet.WalletOutcome.Reason;
import org.tallystick.domain.wallet.WalletOutcome.Refused;
import org.tallystick.domain.wallet.WalletOutcome.Repeated;
import org.tallystick.domain.wallet.WalletOutcome.Settled;
import org.tallystick.domain.wallet.WalletRequest.Capture;
import org.tallystick.domain.wallet.WalletRequest.Draw;
import org.tallystick.domain.wallet.WalletRequest.Hold;
import org.tallystick.domain.wallet.WalletRequest.Release;
import org.tallystick.domain.wallet.WalletRequest.Reset;
import org.tallystick.domain.wallet.WalletRequest.Reversal;
import org.tallystick.domain.wallet.WalletRequest.Usage;

/// What a request does to a customer's wallets: the same whoever makes it, an API or a job, one by
/// one or in a batch.
///
/// Semantics: docs/concepts/wallets.md.
public final class Settling {

  private final WalletState state;
  private final Supplier<UUID> ids;

  private Settling(WalletState state, Supplier<UUID> ids) {
    this.state = state;
    this.ids = ids;
  }

  /// Settles `request` on the wallets of `state`, which then keeps its entry, with the next of
  /// `ids`. Before that, holds whose time is over are free again.
  public static WalletOutcome settle(WalletRequest request, WalletState state, Supplier<UUID> ids) {
    expire(request.at(), state, ids);
    var settling = new Settling(state, ids);
    return switch (request) {
      case Draw draw -> settling.draw(draw, pool -> pool.request(draw.amount(), draw.at()));
      case Capture capture -> settling.capture(capture);
      case Release release -> settling.release(release);
      case Reversal reversal -> settling.reversal(reversal);
      case Reset reset -> settling.reset(reset);
    };
  }

  /// Frees what the holds whose time is over at `at` set aside. Work that ends later is captured
  /// all the same.
  public static void expire(Instant at, WalletState state, Supplier<UUID> ids) {
    var settling = new Settling(state, ids);
    for (var hold = state.expired(at); hold.isPresent(); hold = state.expired(at)) {
      settling.free(Kind.EXPIRY, hold.get(), at);
    }
  }

  /// Repays what is owed with the credit that is in force at `at`: an entry for each wallet that
  /// has both.
  public static void repay(Instant at, WalletState state, Supplier<UUID> ids) {
    state
        .wallets()
        .forEach((unit, wallet) -> {
          var moves = Move.of(Move.Purpose.REPAYMENT, wallet.evenOut(at, List.of()));
          if (!moves.isEmpty()) {
            state.keep(WalletEntry.repayment(ids.get(), unit, at, moves));
          }
        });
  }

  private WalletOutcome draw(Draw draw, Function<Pool, Optional<List<Drawdown>>> taking) {
    var before = state.entry(draw.key(), Kind.HOLD).or(() -> state.entry(draw.key(), Kind.USAGE));
    if (before.isPresent()) {
      boolean isSame = before.get().isSame(WalletEntry.of(before.get().id(), draw));
      return isSame ? new Repeated(before.get()) : Refused.conflict(before.get());
    }
    var pool = state.pool(draw.units());
    if (pool.isEmpty()) {
      return Refused.unknownWallet(draw.units(), state.wallets().keySet());
    }
    var there = pool.get().aboveFloor(draw.at());
    return taking
        .apply(pool.get())
        .<WalletOutcome>map(drawn ->
            settled(pool.get(), WalletEntry.of(ids.get(), draw), Move.of(purpose(draw), drawn)))
        .orElseGet(() ->
            new Refused(
                Reason.INSUFFICIENT,
                "not enough %s: %s wanted, %s available"
                    .formatted(
                        String.join(" and ", draw.units()),
                        draw.amount().toPlainString(),
                        there.stripTrailingZeros().toPlainString())));
  }

  private static Move.Purpose purpose(Draw draw) {
    return switch (draw) {
      case Hold _ -> Move.Purpose.HOLD;
      case Usage _ -> Move.Purpose.USAGE;
    };
  }

  private WalletOutcome capture(Capture capture) {
    var hold = state.entry(capture.key(), Kind.HOLD);
    if (hold.isEmpty()) {
      return capture.units().isEmpty() ? Refused.unknown("hold", capture.key()) : unheld(capture);
    }
    var end = end(hold.get());
    if (end.isPresent()) {
      return capturedAgain(capture, end.get());
    }
    var pool = pool(hold.get());
    var held =
        expiry(hold.get()).isPresent() ? List.<Drawdown>of() : hold.get().drawn(Move.Purpose.HOLD);
    var captured = pool.capture(capture.amount(), capture.at(), held);
    var moves = new ArrayList<>(Move.of(Move.Purpose.RELEASE, captured.freed()));
    moves.addAll(Move.of(Move.Purpose.USAGE, captured.taken()));
    return settled(
        pool,
        hold.get().about(ids.get(), Kind.CAPTURE, capture.key(), capture.amount(), capture.at()),
        moves);
  }

  /// Finished work that nothing was held for: a usage that is taken whatever there is.
  private WalletOutcome unheld(Capture capture) {
    var usage =
        new Usage(
            capture.key(), capture.at(), capture.units(), capture.amount(), capture.details());
    return draw(usage, pool -> Optional.of(pool.take(usage.amount(), usage.at())));
  }

  private static WalletOutcome capturedAgain(Capture capture, WalletEntry end) {
    if (end.kind() == Kind.RELEASE) {
      return new Refused(Reason.RELEASED, "hold " + capture.key() + " was released before");
    }
    return end.amount().compareTo(capture.amount()) == 0
        ? new Repeated(end)
        : Refused.conflict(end);
  }

  private WalletOutcome release(Release release) {
    var key = release.key();
    var hold = state.entry(key, Kind.HOLD);
    if (hold.isEmpty()) {
      return Refused.unknown("hold", key);
    }
    var end = end(hold.get()).or(() -> expiry(hold.get()));
    if (end.isPresent()) {
      return end.get().kind() == Kind.CAPTURE
          ? new Refused(Reason.CAPTURED, "hold " + key + " was captured before")
          : new Repeated(end.get());
    }
    return free(Kind.RELEASE, hold.get(), release.at());
  }

  /// Ends the hold without a capture.
  private WalletOutcome free(Kind kind, WalletEntry hold, Instant at) {
    var pool = pool(hold);
    var held = hold.drawn(Move.Purpose.HOLD);
    var amount = Wallet.sum(held);
    return settled(
        pool,
        hold.about(ids.get(), kind, hold.key(), amount, at),
        Move.of(Move.Purpose.RELEASE, pool.giveBack(amount, held)));
  }

  /// What ended it, but for its expiry.
  private Optional<WalletEntry> end(WalletEntry hold) {
    return state.about(hold).stream().filter(entry -> entry.kind() != Kind.EXPIRY).findFirst();
  }

  private Optional<WalletEntry> expiry(WalletEntry hold) {
    return state.about(hold).stream().filter(entry -> entry.kind() == Kind.EXPIRY).findFirst();
  }

  private WalletOutcome reversal(Reversal reversal) {
    var usage = used(reversal.usage());
    if (usage.isEmpty()) {
      return state.entry(reversal.usage(), Kind.REVERSAL).isPresent()
          ? new Refused(Reason.REVERSAL, reversal.usage() + " is a reversal, expected a usage")
          : Refused.unknown("usage", reversal.usage());
    }
    var before = state.entry(reversal.key(), Kind.REVERSAL);
    if (before.isPresent()) {
      var entry = before.get();
      boolean isSame =
          entry.isAbout(usage.get()) && entry.amount().compareTo(reversal.amount()) == 0;
      return isSame ? new Repeated(entry) : Refused.conflict(entry);
    }
    var drawn = new ArrayList<>(usage.get().drawn(Move.Purpose.USAGE));
    state.about(usage.get()).forEach(entry -> drawn.addAll(entry.drawn(Move.Purpose.REVERSAL)));
    var left = Wallet.sum(drawn);
    if (reversal.amount().compareTo(left) > 0) {
      return new Refused(
          Reason.BEYOND_ORIGINAL,
          "%s to be taken back of %s, %s left of it"
              .formatted(
                  reversal.amount().toPlainString(),
                  reversal.usage(),
                  left.stripTrailingZeros().toPlainString()));
    }
    var pool = pool(usage.get());
    return settled(
        pool,
        usage
            .get()
            .about(ids.get(), Kind.REVERSAL, reversal.key(), reversal.amount(), reversal.at()),
        Move.of(Move.Purpose.REVERSAL, pool.giveBack(reversal.amount(), drawn)));
  }

  private WalletOutcome reset(Reset reset) {
    var units = List.of(reset.unit());
    var before = state.entry(reset.key(), Kind.RESET);
    if (before.isPresent()) {
      var entry = before.get();
      boolean isSame = entry.isSame(WalletEntry.of(entry.id(), reset));
      return isSame ? new Repeated(entry) : Refused.conflict(entry);
    }
    var pool = state.pool(units);
    if (pool.isEmpty()) {
      return Refused.unknownWallet(units, state.wallets().keySet());
    }
    var moves = pool.get().wallets().getFirst().reset(reset.at(), reset.overage());
    return settled(
        pool.get(), WalletEntry.of(ids.get(), reset), Move.of(Move.Purpose.RESET, moves));
  }

  /// The usage with this key, or what the hold with it came to.
  private Optional<WalletEntry> used(String key) {
    return state.entry(key, Kind.USAGE).or(() -> state.entry(key, Kind.CAPTURE));
  }

  private WalletOutcome settled(Pool pool, WalletEntry entry, List<Move> moves) {
    var all = new ArrayList<>(moves);
    all.addAll(Move.of(Move.Purpose.REPAYMENT, pool.evenOut(entry.at(), state.repayments())));
    all.addAll(Move.of(Move.Purpose.RESET, pool.forget()));
    var settled = entry.withMoves(net(all));
    state.keep(settled);
    return new Settled(settled);
  }

  /// One move for each grant and purpose; none for what cancels out.
  private static List<Move> net(List<Move> moves) {
    var net = new LinkedHashMap<Map.Entry<UUID, Move.Purpose>, Move>();
    for (var move : moves) {
      net.merge(
          Map.entry(move.drawdown().grant().id(), move.purpose()),
          move,
          (a, b) -> new Move(a.purpose(), a.drawdown().plus(b.drawdown())));
    }
    return net.values().stream().filter(move -> move.drawdown().amount().signum() != 0).toList();
  }

  private Pool pool(WalletEntry entry) {
    return state
        .pool(entry.units())
        .orElseThrow(() ->
            new IllegalStateException(
                "entry %s drew on wallets in %s, expected them in %s"
                    .formatted(entry.id(), entry.units(), state.wallets().keySet())));
  }
}
