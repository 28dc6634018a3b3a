package org.tallystick.readers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A customer whose bill is to be drawn up, with the wallets, by unit, that it may be settled from:
/// what is due of all contracts that the customer pays for, by customer key and contract key.
///
/// `heldBack` says why there is to be no bill, and everything that is due waits.
public record DuePayer(
    UUID payer,
    String currency,
    boolean isConsolidated,
    Optional<String> heldBack,
    Map<String, CustomerWallet> wallets,
    List<DueContract> contracts) {

  public CustomerWallet wallet(String unit) {
    return wallets.getOrDefault(unit, CustomerWallet.NONE);
  }
}
