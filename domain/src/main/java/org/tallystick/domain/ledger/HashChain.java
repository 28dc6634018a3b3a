package org.tallystick.domain.ledger;

import org.tallystick.domain.digest.Sha256;

/// Ties each entry of a customer to all before it: whoever changes one changes every hash after it.
public final class HashChain {

  private HashChain() {}

  /// The hash of `entry` after `previous`, which is empty for a customer's first entry.
  public static String next(String previous, JournalEntry entry) {
    return Sha256.hex(previous + '\n' + entry.canonical());
  }
}
