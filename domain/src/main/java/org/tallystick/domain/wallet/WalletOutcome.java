package org.tallystick.domain.wallet;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What became of a [WalletRequest].
public sealed interface WalletOutcome {

  /// It is settled by `entry`, which is new and is to be kept.
  record Settled(WalletEntry entry) implements WalletOutcome {}

  /// The same request was settled before, by `entry`; nothing has changed.
  record Repeated(WalletEntry entry) implements WalletOutcome {}

  /// Nothing has changed. `message` names what was wanted and what there is.
  record Refused(Reason reason, String message) implements WalletOutcome {

    /// Its key was used before, for `entry`.
    static Refused conflict(WalletEntry entry) {
      return new Refused(
          Reason.CONFLICT,
          "key %s was used before, for a %s of %s in %s"
              .formatted(
                  entry.key(),
                  entry.kind().name().toLowerCase(Locale.ROOT),
                  entry.amount().stripTrailingZeros().toPlainString(),
                  String.join(" and ", entry.units())));
    }

    static Refused unknown(String what, String key) {
      return new Refused(Reason.UNKNOWN_KEY, "there is no " + what + " with the key " + key);
    }

    static Refused unknownWallet(List<String> units, Set<String> expected) {
      return new Refused(
          Reason.UNKNOWN_WALLET,
          "there is no wallet in one of %s; expected one of %s".formatted(units, expected));
    }
  }

  /// Why a request is refused.
  enum Reason {
    /// It would cross the floor.
    INSUFFICIENT,
    /// Its key was used for another request.
    CONFLICT,
    /// The customer has no wallet of that unit.
    UNKNOWN_WALLET,
    /// There is no hold or usage with that key.
    UNKNOWN_KEY,
    /// The hold was captured before.
    CAPTURED,
    /// The hold was released before.
    RELEASED,
    /// A reversal is not taken back.
    REVERSAL,
    /// More would be taken back than was drawn.
    BEYOND_ORIGINAL,
    /// Another of those was refused that are settled all or not at all.
    BATCH
  }
}
