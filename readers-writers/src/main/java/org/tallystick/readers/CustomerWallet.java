package org.tallystick.readers;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallystick.domain.wallet.Credit;

/// A customer's wallet as a draft sees it; `version` tells whether it moved since. `id` is null for
/// a customer without one.
public record CustomerWallet(@Nullable UUID id, long version, List<Credit> credits) {

  public static final CustomerWallet NONE = new CustomerWallet(null, 0, List.of());
}
