package org.tallystick.domain.wallet;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.time.ServicePeriod;

/// A customer's grants in one unit while charges are settled with them: what each still holds.
public final class Drawdowns {

  private final Map<UUID, Credit> credits = new LinkedHashMap<>();
  private final BigDecimal floor;
  private final List<Drawdown> repayments;
  private final boolean isBilled;

  /// Over `available` credits, in any order.
  public Drawdowns(List<Credit> available) {
    this(available, BigDecimal.ZERO, List.of(), false);
  }

  /// Those of a bill run: with an overdraft that may be drawn down to `floor`, and what
  /// `repayments` of it were made, in their order.
  public static Drawdowns billed(
      List<Credit> available, BigDecimal floor, List<Drawdown> repayments) {
    return new Drawdowns(available, floor, repayments, true);
  }

  private Drawdowns(
      List<Credit> available, BigDecimal floor, List<Drawdown> repayments, boolean isBilled) {
    this.floor = floor;
    this.repayments = new ArrayList<>(repayments);
    this.isBilled = isBilled;
    available.stream()
        .sorted((a, b) -> Grant.BURN_ORDER.compare(a.grant(), b.grant()))
        .forEach(credit -> credits.put(credit.grant().id(), credit));
  }

  /// What is left, in burn order.
  public List<Credit> credits() {
    return List.copyOf(credits.values());
  }

  boolean holds(Grant grant) {
    return credits.containsKey(grant.id());
  }

  BigDecimal balance(Grant grant) {
    return credits.getOrDefault(grant.id(), grant.withBalance(BigDecimal.ZERO)).balance();
  }

  /// Draws up to `amount` (not negative) from the grants that cover the charge, in burn order. What
  /// they can't cover stays due.
  public List<Drawdown> draw(BigDecimal amount, RateCard card, ServicePeriod period) {
    return draw(amount, grant -> grant.covers(card, period));
  }

  /// Draws up to `amount` (not negative) from the grants for which `covers` holds, in burn order.
  public List<Drawdown> draw(BigDecimal amount, Predicate<Grant> covers) {
    var drawn = new ArrayList<Drawdown>();
    var left = amount;
    for (var credit : credits()) {
      var share = left.min(credit.balance());
      if (share.signum() > 0 && covers.test(credit.grant())) {
        drawn.add(move(credit.grant(), share));
        left = left.subtract(share);
      }
    }
    return drawn;
  }

  /// Draws up to `amount` (not negative) from the overdraft, as far as the floor allows.
  public List<Drawdown> owe(BigDecimal amount) {
    for (var credit : credits()) {
      var share = credit.balance().subtract(floor).min(amount);
      if (credit.grant().kind() == Grant.Kind.OVERDRAFT && share.signum() > 0) {
        return List.of(move(credit.grant(), share));
      }
    }
    return List.of();
  }

  /// Gives back up to `amount` (not negative) of what was `drawn` before, last drawn first. What
  /// was owed and forgiven since is nobody's, and doesn't come back.
  public List<Drawdown> giveBack(BigDecimal amount, List<Drawdown> drawn) {
    var net = new LinkedHashMap<UUID, BigDecimal>();
    drawn.forEach(d -> net.merge(d.grant().id(), d.amount(), BigDecimal::add));
    var given = new ArrayList<Drawdown>();
    var left = amount;
    for (var before : drawn.reversed()) {
      var id = before.grant().id();
      var share = left.min(net.getOrDefault(id, BigDecimal.ZERO));
      if (share.signum() > 0) {
        var returned = returnable(before.grant(), share);
        if (returned.signum() > 0) {
          given.add(move(before.grant(), returned.negate()));
        }
        net.merge(id, share.negate(), BigDecimal::add);
        left = left.subtract(share);
      }
    }
    return given;
  }

  /// How much of `share` may go back to `grant`: to an overdraft what is owed and what was repaid.
  private BigDecimal returnable(Grant grant, BigDecimal share) {
    return isBilled && grant.kind() == Grant.Kind.OVERDRAFT
        ? share.min(sum(repayments).subtract(balance(grant)).max(BigDecimal.ZERO))
        : share;
  }

  /// What went back to an overdraft beyond what it owes goes on to the grants that repaid it, the
  /// latest first. To be done before anything else is drawn.
  public List<Drawdown> evenOut() {
    var even = new ArrayList<Drawdown>();
    for (var credit : credits()) {
      if (credit.grant().kind() == Grant.Kind.OVERDRAFT && credit.balance().signum() > 0) {
        even.addAll(giveBack(credit.balance(), repayments));
        even.add(move(credit.grant(), credit.balance()));
        repayments.addAll(even.subList(0, even.size() - 1));
      }
    }
    return even;
  }

  private static BigDecimal sum(List<Drawdown> drawn) {
    return drawn.stream().map(Drawdown::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// Draws up to `amount` (not negative) of what was just `freed` by [#giveBack], first drawn
  /// first. Whether the grant is still in force doesn't matter: it covered this period before.
  public List<Drawdown> drawAgain(BigDecimal amount, List<Drawdown> freed) {
    var drawn = new ArrayList<Drawdown>();
    var left = amount;
    for (var back : freed.reversed()) {
      var share = left.min(back.amount().negate());
      if (share.signum() > 0) {
        drawn.add(move(back.grant(), share));
        left = left.subtract(share);
      }
    }
    return drawn;
  }

  /// Takes `amount` out of `grant`, or puts it there if it is negative, whatever it holds.
  Drawdown move(Grant grant, BigDecimal amount) {
    credits.merge(
        grant.id(),
        grant.withBalance(amount.negate()),
        (before, change) -> grant.withBalance(before.balance().add(change.balance())));
    return new Drawdown(grant, amount);
  }
}
