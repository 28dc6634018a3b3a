package org.tallystick.domain.catalog;

import java.math.BigDecimal;

/// How a quantity becomes an amount. Closed on purpose: every `switch` over it is exhaustive, so
/// the compiler lists what a new model must touch (CONTRIBUTING, "Adding a pricing model").
public sealed interface PricingModel {

  /// The same amount whatever the quantity, zero included.
  record Flat(BigDecimal amount) implements PricingModel {
    public Flat {
      Tiers.requireNotNegative("flat amount", amount);
    }
  }

  /// Every unit at one price.
  record PerUnit(BigDecimal unitPrice) implements PricingModel {
    public PerUnit {
      Tiers.requireNotNegative("unit price", unitPrice);
    }
  }

  /// Each unit at the price of the tier it falls in.
  record Graduated(Tiers tiers) implements PricingModel {}
}
