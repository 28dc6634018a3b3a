package org.tallystick.readers;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallystick.domain.wallet.Credit;
import org.tallystick.domain.wallet.Drawdown;
import org.tallystick.domain.wallet.Drawdowns;

/// A customer's wallet as a draft sees it; `version` tells whether it moved since. `id` is null for
/// a customer without one. `repayments` of what was owed were made, the latest last.
public record CustomerWallet(
    @Nullable UUID id,
    long version,
    BigDecimal floor,
    List<Credit> credits,
    List<Drawdown> repayments) {

  public static final CustomerWallet NONE =
      new CustomerWallet(null, 0, BigDecimal.ZERO, List.of(), List.of());

  static CustomerWallet empty(UUID id, long version, BigDecimal floor) {
    return new CustomerWallet(id, version, floor, new ArrayList<>(), new ArrayList<>());
  }

  public Drawdowns drawdowns() {
    return Drawdowns.billed(credits, floor, repayments);
  }
}
