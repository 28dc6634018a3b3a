package org.tallystick.domain.catalog;

import java.math.BigDecimal;

/// How a quantity becomes an amount. Closed on purpose: every `switch` over it is exhaustive, so
/// the compiler lists what a new model must touch (CONTRIBUTING, "Adding a pricing model").
///
/// Worked examples of each: `docs/reference/pricing-models.md`, whose tables are the tests.
public sealed interface PricingModel {

  /// Whether the price of a part of a period's units means something: under a volume price, more
  /// units change the price of those before them.
  default boolean isSplittable() {
    return switch (this) {
      case Flat _, PerUnit _, Graduated _, Packages _, Dynamic _ -> true;
      case Volume _ -> false;
    };
  }

  /// The same amount whatever the quantity, zero included.
  record Flat(BigDecimal amount) implements PricingModel {
    public Flat {
      Amounts.requireNotNegative("flat amount", amount);
    }
  }

  /// Every unit at one price.
  record PerUnit(BigDecimal unitPrice) implements PricingModel {
    public PerUnit {
      Amounts.requireNotNegative("unit price", unitPrice);
    }
  }

  /// Each unit at the price of the tier it falls in; a tier's flat price once, when the quantity
  /// gets into it. The first tier's is due for zero too.
  record Graduated(Tiers tiers) implements PricingModel {}

  /// All units at the price of the tier that their number falls in, and that tier's flat price. The
  /// first tier's is due for zero too. With flat prices alone it is a stairstep.
  record Volume(Tiers tiers) implements PricingModel {}

  /// As many whole packages of `size` units as the quantity needs.
  record Packages(BigDecimal amount, BigDecimal size) implements PricingModel {
    public Packages {
      Amounts.requireNotNegative("package amount", amount);
      Amounts.requirePositive("package size", size);
    }
  }

  /// The quantity is money already (a cost that records carry, a turnover): so many times it. 2.5
  /// percent of a turnover is a multiplier of 0.025.
  record Dynamic(BigDecimal multiplier) implements PricingModel {
    public Dynamic {
      Amounts.requireNotNegative("multiplier", multiplier);
    }
  }
}
