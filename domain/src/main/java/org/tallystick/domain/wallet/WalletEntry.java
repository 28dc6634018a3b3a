package org.tallystick.domain.wallet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What was settled on a customer's wallets at once: the whole of it or nothing.
///
/// @param about the hold that a capture, release or expiry ends; the usage or capture that a
///   reversal takes back
/// @param units the wallets that were drawn on, in this order
/// @param expires when a hold ends by itself
/// @param details what whoever asked wants to find with it again
public record WalletEntry(
    UUID id,
    Kind kind,
    String key,
    Optional<UUID> about,
    List<String> units,
    BigDecimal amount,
    Instant at,
    Optional<Instant> expires,
    Map<String, String> details,
    List<Move> moves) {

  public WalletEntry {
    details = Map.copyOf(details);
    units = List.copyOf(units);
    moves = List.copyOf(moves);
  }

  /// That of a wallet of `unit`, which is nobody's request; the last of its moves is the
  /// overdraft's.
  static WalletEntry repayment(UUID id, String unit, Instant at, List<Move> moves) {
    return new WalletEntry(
        id,
        Kind.REPAYMENT,
        id.toString(),
        Optional.empty(),
        List.of(unit),
        moves.getLast().drawdown().amount().negate(),
        at,
        Optional.empty(),
        Map.of(),
        moves);
  }

  public WalletEntry withMoves(List<Move> changed) {
    return new WalletEntry(id, kind, key, about, units, amount, at, expires, details, changed);
  }

  /// What its moves for this purpose drew; negative where it went back.
  List<Drawdown> drawn(Move.Purpose purpose) {
    return moves.stream().filter(move -> move.purpose() == purpose).map(Move::drawdown).toList();
  }

  boolean hasExpired(Instant at) {
    return expires.filter(end -> !end.isAfter(at)).isPresent();
  }

  boolean isAbout(WalletEntry other) {
    return about.filter(other.id::equals).isPresent();
  }

  /// Which request it answers.
  public enum Kind {
    HOLD,
    CAPTURE,
    RELEASE,
    EXPIRY,
    USAGE,
    REVERSAL,
    /// None: credit came in, and repays what was owed before.
    REPAYMENT
  }

  /// One grant's part of it.
  public record Move(Purpose purpose, Drawdown drawdown) {

    static List<Move> of(Purpose purpose, List<Drawdown> drawn) {
      return drawn.stream().map(drawdown -> new Move(purpose, drawdown)).toList();
    }

    /// What it means for the grant.
    public enum Purpose {
      /// Set aside, and free again.
      HOLD,
      RELEASE,
      /// Used, and given back.
      USAGE,
      REVERSAL,
      /// Credit that repays what is owed.
      REPAYMENT
    }
  }
}
