package org.tallystick.readers;

import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import org.tallystick.domain.invoice.DuePeriod;

/// A customer whose bill is to be drawn up: what is due, by contract, and the wallet in the
/// customer's currency.
public record DueCustomer(
    UUID customer,
    String currency,
    CustomerWallet wallet,
    SequencedMap<UUID, List<DuePeriod>> contracts) {}
