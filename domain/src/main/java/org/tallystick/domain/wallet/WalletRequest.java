package org.tallystick.domain.wallet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/// What somebody wants settled on a customer's wallets, at an instant.
///
/// Its `key` is the customer's and whoever asks chooses it: the same request under the same key is
/// settled once, however often it is made. Holds and usage share their keys.
public sealed interface WalletRequest {

  String key();

  Instant at();

  /// Sets `amount` (not negative) aside until `expires`, from the wallets of `units`, in this
  /// order. Refused if it would cross a floor.
  record Hold(String key, Instant at, List<String> units, BigDecimal amount, Instant expires)
      implements WalletRequest {

    public Hold {
      units = valid(units, amount);
      if (!at.isBefore(expires)) {
        throw new IllegalArgumentException("hold must expire after " + at + ", was " + expires);
      }
    }
  }

  /// Draws `amount` (not negative), from the wallets of `units`, in this order. Refused if it would
  /// cross a floor.
  record Usage(String key, Instant at, List<String> units, BigDecimal amount)
      implements WalletRequest {

    public Usage {
      units = valid(units, amount);
    }
  }

  /// Ends the hold `key` with what the work came to: `amount` (not negative) is drawn, whatever was
  /// held and whatever there is; what was held beyond it is free again.
  record Capture(String key, Instant at, BigDecimal amount) implements WalletRequest {

    public Capture {
      requireNotNegative(amount);
    }
  }

  /// Ends the hold `key`; all that it set aside is free again.
  record Release(String key, Instant at) implements WalletRequest {}

  /// Ends the hold `key` because its time is over: all that it set aside is free again. Work that
  /// ends later is captured all the same.
  record Expiry(String key, Instant at) implements WalletRequest {}

  /// Takes back `amount` (more than zero) of the usage, or of the captured hold, with the key
  /// `usage`. All reversals of it together take back no more than it drew.
  record Reversal(String key, Instant at, String usage, BigDecimal amount)
      implements WalletRequest {

    public Reversal {
      if (amount.signum() <= 0) {
        throw new IllegalArgumentException("amount must be more than zero, was " + amount);
      }
    }
  }

  private static List<String> valid(List<String> units, BigDecimal amount) {
    requireNotNegative(amount);
    if (units.isEmpty() || units.stream().distinct().count() < units.size()) {
      throw new IllegalArgumentException("units must be one or more, each once, was " + units);
    }
    return List.copyOf(units);
  }

  private static void requireNotNegative(BigDecimal amount) {
    if (amount.signum() < 0) {
      throw new IllegalArgumentException("amount must not be negative, was " + amount);
    }
  }
}
