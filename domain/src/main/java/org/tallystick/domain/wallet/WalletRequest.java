package org.tallystick.domain.wallet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.tallystick.domain.money.CreditUnit;

/// What somebody wants settled on a customer's wallets, at an instant.
///
/// Its `key` is the customer's and whoever asks chooses it: the same request under the same key is
/// settled once, however often it is made. It has 1 to 200 characters. Holds and usage share their
/// keys. Amounts have up to 40 digits before and up to 20 after the decimal point.
public sealed interface WalletRequest {

  String key();

  Instant at();

  /// Draws, for now or for good: `amount` (not negative) from the wallets of `units`, in this
  /// order. Refused if it would cross a floor.
  sealed interface Draw extends WalletRequest {

    List<String> units();

    BigDecimal amount();

    /// What whoever asks wants to find with it again.
    Map<String, String> details();
  }

  /// Sets its amount aside until `expires`.
  record Hold(
      String key,
      Instant at,
      List<String> units,
      BigDecimal amount,
      Instant expires,
      Map<String, String> details)
      implements Draw {

    public Hold(String key, Instant at, List<String> units, BigDecimal amount, Instant expires) {
      this(key, at, units, amount, expires, Map.of());
    }

    public Hold {
      details = Map.copyOf(details);
      requireKey(key);
      requireAmount(amount);
      units = valid(units);
      if (!at.isBefore(expires)) {
        throw new IllegalArgumentException("hold must expire after " + at + ", was " + expires);
      }
    }
  }

  /// Draws its amount for good.
  record Usage(
      String key, Instant at, List<String> units, BigDecimal amount, Map<String, String> details)
      implements Draw {

    public Usage(String key, Instant at, List<String> units, BigDecimal amount) {
      this(key, at, units, amount, Map.of());
    }

    public Usage {
      details = Map.copyOf(details);
      requireKey(key);
      requireAmount(amount);
      units = valid(units);
    }
  }

  /// Ends the hold `key` with what the work came to: `amount` (not negative) is drawn, whatever was
  /// held and whatever there is; what was held beyond it is free again.
  ///
  /// If nothing was held, it is drawn from the wallets of `units`, in this order, and is a usage;
  /// if there are no units, a hold is needed.
  record Capture(
      String key, Instant at, BigDecimal amount, List<String> units, Map<String, String> details)
      implements WalletRequest {

    public Capture(String key, Instant at, BigDecimal amount) {
      this(key, at, amount, List.of(), Map.of());
    }

    public Capture {
      units = units.isEmpty() ? List.of() : valid(units);
      details = Map.copyOf(details);
      requireKey(key);
      requireAmount(amount);
    }
  }

  /// Ends the hold `key`; all that it set aside is free again.
  record Release(String key, Instant at) implements WalletRequest {

    public Release {
      requireKey(key);
    }
  }

  /// Takes back `amount` (more than zero) of the usage, or of the captured hold, with the key
  /// `usage`. All reversals of it together take back no more than it drew.
  record Reversal(String key, Instant at, String usage, BigDecimal amount)
      implements WalletRequest {

    public Reversal {
      requireKey(key);
      requireKey(usage);
      requireAmount(amount);
      if (amount.signum() <= 0) {
        throw new IllegalArgumentException("amount must be more than zero, was " + amount);
      }
    }
  }

  /// Begins a new usage period of the wallet of `unit`, which is no currency: of each grant in
  /// force is left what its allowance keeps. What is owed is forgiven, or repaid from that.
  record Reset(String key, Instant at, String unit, Overage overage) implements WalletRequest {

    public Reset {
      requireKey(key);
      CreditUnit.requireCredits(unit);
    }

    /// What a reset does to what is owed.
    public enum Overage {
      KEPT,
      FORGIVEN
    }
  }

  private static List<String> valid(List<String> units) {
    if (units.isEmpty() || units.stream().distinct().count() < units.size()) {
      throw new IllegalArgumentException("units must be one or more, each once, was " + units);
    }
    return List.copyOf(units);
  }

  private static void requireKey(String key) {
    if (key.isBlank() || key.length() > 200) {
      throw new IllegalArgumentException("key must have 1 to 200 characters, was '" + key + "'");
    }
  }

  private static void requireAmount(BigDecimal amount) {
    if (amount.signum() < 0) {
      throw new IllegalArgumentException("amount must not be negative, was " + amount);
    }
    if (!Allowance.isShort(amount)) {
      throw new IllegalArgumentException(
          "amount must have up to 40 digits and 20 decimals, was " + amount);
    }
  }
}
