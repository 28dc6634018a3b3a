package org.tallystick.domain.wallet;

/// What became of a [WalletRequest].
public sealed interface WalletOutcome {

  /// It is settled by `entry`, which is new and is to be kept.
  record Settled(WalletEntry entry) implements WalletOutcome {}

  /// The same request was settled before, by `entry`; nothing has changed.
  record Repeated(WalletEntry entry) implements WalletOutcome {}

  /// Nothing has changed. `message` names what was wanted and what there is.
  record Refused(Reason reason, String message) implements WalletOutcome {}

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
