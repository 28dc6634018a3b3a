package org.tallystick.domain.wallet;

import java.math.BigDecimal;

/// So much of `grant` against one charge; negative when it goes back to the grant.
public record Drawdown(Grant grant, BigDecimal amount) {

  /// Both at once; `later` is of the same grant.
  public Drawdown plus(Drawdown later) {
    return new Drawdown(grant, amount.add(later.amount));
  }
}
