package org.tallystick.domain.wallet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.tallystick.domain.wallet.WalletRequest.Reset.Overage;

/// A customer's credit in one unit while it is settled with: what its grants hold, and what is
/// owed.
///
/// `floor` is how low a request may bring what is available: 0 for prepaid, -20 for a credit limit
/// of 20, 100 for what must stay. What is owed is what is missing in its overdraft, a grant of that
/// kind; every wallet has one. Credit and debt do not stand side by side for long: see [#evenOut].
public final class Wallet {

  private final UUID id;
  private final BigDecimal floor;
  private final Drawdowns credits;
  private final Grant overdraft;

  /// `credits` holds exactly one overdraft.
  public Wallet(UUID id, BigDecimal floor, List<Credit> credits) {
    this.id = id;
    this.floor = floor;
    this.credits = new Drawdowns(credits);
    this.overdraft =
        credits.stream()
            .map(Credit::grant)
            .filter(grant -> grant.kind() == Grant.Kind.OVERDRAFT)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("wallet " + id + " has no overdraft"));
  }

  /// One that changes apart from this.
  Wallet copy() {
    return new Wallet(id, floor, credits());
  }

  public UUID id() {
    return id;
  }

  /// What its grants in force at `at` hold, less what is owed. What holds have set aside is gone.
  public BigDecimal available(Instant at) {
    return credits.credits().stream()
        .filter(credit -> credit.grant().isInForce(at))
        .map(Credit::balance)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// How much a request may draw at `at`, not negative.
  public BigDecimal aboveFloor(Instant at) {
    return available(at).subtract(floor).max(BigDecimal.ZERO);
  }

  /// What is left of each grant, in burn order.
  public List<Credit> credits() {
    return credits.credits();
  }

  /// What makes debt and credit even again, to be done after anything else: what is owed is repaid
  /// from the grants in force at `at`, as far as they go; what was repaid and is owed no more goes
  /// back to the grants that repaid it, of which there were `repayments`, in their order.
  public List<Drawdown> evenOut(Instant at, List<Drawdown> repayments) {
    var owed = credits.balance(overdraft).negate();
    var moves =
        owed.signum() > 0
            ? credits.draw(owed, grant -> grant.isInForce(at))
            : credits.giveBack(owed.negate(), repayments);
    var moved = sum(moves);
    if (moved.signum() == 0) {
      return List.of();
    }
    var even = new ArrayList<>(moves);
    even.add(credits.move(overdraft, moved.negate()));
    return even;
  }

  /// What was forgiven and comes back is nobody's: an overdraft never holds anything. To be done
  /// last.
  List<Drawdown> forget() {
    var held = credits.balance(overdraft);
    return held.signum() > 0 ? List.of(credits.move(overdraft, held)) : List.of();
  }

  /// What begins a new usage period at `at`: each grant in force keeps what its allowance says, and
  /// what is owed is forgiven or stays.
  List<Drawdown> reset(Instant at, Overage overage) {
    var moves = new ArrayList<Drawdown>();
    for (var credit : credits.credits()) {
      var taken = credit.balance().subtract(afterReset(credit, at, overage));
      if (taken.signum() != 0) {
        moves.add(credits.move(credit.grant(), taken));
      }
    }
    return moves;
  }

  private static BigDecimal afterReset(Credit credit, Instant at, Overage overage) {
    var grant = credit.grant();
    if (grant.kind() == Grant.Kind.OVERDRAFT) {
      return overage == Overage.FORGIVEN ? BigDecimal.ZERO : credit.balance();
    }
    return grant.isInForce(at) ? grant.allowance().afterReset(credit.balance()) : credit.balance();
  }

  boolean owns(Grant grant) {
    return credits.holds(grant);
  }

  /// Draws `amount` (not negative) from the grants in force at `at`; what they lack is owed.
  List<Drawdown> draw(BigDecimal amount, Instant at) {
    var drawn = new ArrayList<>(credits.draw(amount, grant -> grant.isInForce(at)));
    var left = amount.subtract(sum(drawn));
    if (left.signum() > 0) {
      drawn.add(credits.move(overdraft, left));
    }
    return drawn;
  }

  /// Gives back up to `amount` (not negative) of what was `drawn`, last drawn first.
  List<Drawdown> giveBack(BigDecimal amount, List<Drawdown> drawn) {
    return credits.giveBack(amount, drawn);
  }

  /// Draws what was just `freed` again, first drawn first, up to `amount`.
  List<Drawdown> drawAgain(BigDecimal amount, List<Drawdown> freed) {
    return credits.drawAgain(amount, freed);
  }

  static BigDecimal sum(List<Drawdown> drawn) {
    return drawn.stream().map(Drawdown::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
