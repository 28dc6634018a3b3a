package org.tallystick.readers;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A customer whose bill is to be drawn up, with the wallet in the customer's currency: what is due
/// of all contracts that the customer pays for, by customer key and contract key.
///
/// `heldBack` says why there is to be no bill, and everything that is due waits.
public record DuePayer(
    UUID payer,
    String currency,
    boolean isConsolidated,
    Optional<String> heldBack,
    CustomerWallet wallet,
    List<DueContract> contracts) {}
