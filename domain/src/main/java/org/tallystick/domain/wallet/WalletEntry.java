package org.tallystick.domain.wallet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.tallystick.domain.wallet.WalletRequest.Draw;
import org.tallystick.domain.wallet.WalletRequest.Hold;
import org.tallystick.domain.wallet.WalletRequest.Reset;

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

  /// The detail that says what a reset does to what is owed.
  public static final String OVERAGE = "overage";

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

  static WalletEntry of(UUID id, Draw draw) {
    return new WalletEntry(
        id,
        draw instanceof Hold ? Kind.HOLD : Kind.USAGE,
        draw.key(),
        Optional.empty(),
        draw.units(),
        draw.amount(),
        draw.at(),
        draw instanceof Hold hold ? Optional.of(hold.expires()) : Optional.empty(),
        draw.details(),
        List.of());
  }

  static WalletEntry of(UUID id, Reset reset) {
    return new WalletEntry(
        id,
        Kind.RESET,
        reset.key(),
        Optional.empty(),
        List.of(reset.unit()),
        BigDecimal.ZERO,
        reset.at(),
        Optional.empty(),
        Map.of(OVERAGE, reset.overage().name().toLowerCase(Locale.ROOT)),
        List.of());
  }

  /// What ends this, or takes it back.
  WalletEntry about(UUID id, Kind other, String otherKey, BigDecimal moved, Instant when) {
    return new WalletEntry(
        id,
        other,
        otherKey,
        Optional.of(this.id),
        units,
        moved,
        when,
        Optional.empty(),
        Map.of(),
        List.of());
  }

  /// Whether `other` asks for the same.
  boolean isSame(WalletEntry other) {
    return kind == other.kind
        && units.equals(other.units)
        && amount.compareTo(other.amount) == 0
        && Objects.equals(details.get(OVERAGE), other.details.get(OVERAGE));
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
    RESET,
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
      /// Taken away, or filled up, by a reset.
      RESET,
      /// Credit that repays what is owed.
      REPAYMENT
    }
  }
}
