package org.tallystick.domain.invoice;

import java.math.BigDecimal;
import java.util.List;
import org.tallystick.domain.wallet.Drawdown;

/// What was already invoiced for one (item, service period, category): `lines` posted lines that
/// sum to `sum`, and the credit drawn for them, oldest first, with what was given back as negative
/// draws.
public record Invoiced(int lines, BigDecimal sum, List<Drawdown> drawn) {

  public static final Invoiced NOTHING = new Invoiced(0, BigDecimal.ZERO, List.of());

  public Invoiced {
    drawn = List.copyOf(drawn);
  }
}
