package org.tallystick.domain.ledger;

import java.math.BigDecimal;

/// One side of an entry. `amount` is in `unit` (a currency code) and more than zero: the side says
/// which way it goes.
public record Posting(LedgerAccount account, Side side, BigDecimal amount, String unit) {

  public Posting {
    if (amount.signum() <= 0) {
      throw new IllegalArgumentException(
          "posting to " + account + " must be more than zero, was " + amount);
    }
  }

  public static Posting debit(LedgerAccount account, BigDecimal amount, String unit) {
    return new Posting(account, Side.DEBIT, amount, unit);
  }

  public static Posting credit(LedgerAccount account, BigDecimal amount, String unit) {
    return new Posting(account, Side.CREDIT, amount, unit);
  }

  BigDecimal signedAmount() {
    return switch (side) {
      case DEBIT -> amount;
      case CREDIT -> amount.negate();
    };
  }

  /// Which side of an account.
  public enum Side {
    DEBIT,
    CREDIT
  }
}
