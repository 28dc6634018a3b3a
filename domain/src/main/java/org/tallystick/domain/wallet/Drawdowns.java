package org.tallystick.domain.wallet;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.time.ServicePeriod;

/// A customer's grants in one unit while a bill is drawn up: what each still holds.
public final class Drawdowns {

  private final Map<UUID, Grant> grants = new LinkedHashMap<>();

  /// Over `available` grants, in any order.
  public Drawdowns(List<Grant> available) {
    available.stream().sorted(Grant.BURN_ORDER).forEach(grant -> grants.put(grant.id(), grant));
  }

  /// Draws up to `amount` (not negative) from the grants that cover the charge, in burn order. What
  /// they can't cover stays due.
  public List<Drawdown> draw(BigDecimal amount, RateCard card, ServicePeriod period) {
    var drawn = new ArrayList<Drawdown>();
    var left = amount;
    for (var grant : List.copyOf(grants.values())) {
      var share = left.min(grant.balance());
      if (share.signum() > 0 && grant.covers(card, period)) {
        drawn.add(move(grant, share));
        left = left.subtract(share);
      }
    }
    return drawn;
  }

  /// Gives back up to `amount` (not negative) of what was `drawn` before, last drawn first.
  public List<Drawdown> giveBack(BigDecimal amount, List<Drawdown> drawn) {
    var net = new LinkedHashMap<UUID, BigDecimal>();
    drawn.forEach(d -> net.merge(d.grant().id(), d.amount(), BigDecimal::add));
    var given = new ArrayList<Drawdown>();
    var left = amount;
    for (var before : drawn.reversed()) {
      var id = before.grant().id();
      var share = left.min(net.getOrDefault(id, BigDecimal.ZERO));
      if (share.signum() > 0) {
        given.add(move(grants.getOrDefault(id, before.grant()), share.negate()));
        net.merge(id, share.negate(), BigDecimal::add);
        left = left.subtract(share);
      }
    }
    return given;
  }

  /// Draws up to `amount` (not negative) of what was just `freed` by [#giveBack], first drawn
  /// first. Whether the grant is still in force doesn't matter: it covered this period before.
  public List<Drawdown> drawAgain(BigDecimal amount, List<Drawdown> freed) {
    var drawn = new ArrayList<Drawdown>();
    var left = amount;
    for (var back : freed.reversed()) {
      var share = left.min(back.amount().negate());
      if (share.signum() > 0) {
        drawn.add(move(grants.getOrDefault(back.grant().id(), back.grant()), share));
        left = left.subtract(share);
      }
    }
    return drawn;
  }

  private Drawdown move(Grant grant, BigDecimal amount) {
    var after = grant.withBalance(grant.balance().subtract(amount));
    grants.put(after.id(), after);
    return new Drawdown(after, amount);
  }
}
