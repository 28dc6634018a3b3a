package org.tallystick.domain.catalog;

import java.math.BigDecimal;
import org.tallystick.domain.money.CreditUnit;

/// A price in credits of `unit`, which is no currency: what it comes to is drawn from the payer's
/// wallet of that unit.
public record CreditTerms(String unit, Lacking lacking) {

  public CreditTerms {
    CreditUnit.requireCredits(unit);
  }

  /// What becomes of the credits that the wallet lacks.
  public sealed interface Lacking {

    /// The bill waits until they are there.
    record Refused() implements Lacking {}

    /// They are owed, down to the wallet's floor. What goes beyond is refused.
    record Owed() implements Lacking {}

    /// They are billed in money, at `price` each.
    record Converted(BigDecimal price) implements Lacking {
      public Converted {
        Amounts.requireNotNegative("price of a credit", price);
      }
    }
  }
}
