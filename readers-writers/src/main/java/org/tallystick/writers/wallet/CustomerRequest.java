package org.tallystick.writers.wallet;

import java.util.UUID;
import org.tallystick.domain.wallet.WalletRequest;

/// A request on the wallets of a customer.
public record CustomerRequest(UUID customer, WalletRequest request) {}
