package org.tallystick.domain.catalog;

import java.math.BigDecimal;
import java.util.Optional;

/// What a tier charges: an amount once, a price per unit, or both. Absent is not zero: a unit price
/// of zero is shown with its units, an absent one charges for something else.
public record Rate(Optional<BigDecimal> flat, Optional<BigDecimal> unit) {

  public Rate {
    if (flat.isEmpty() && unit.isEmpty()) {
      throw new IllegalArgumentException("a tier needs a flat price or a unit price");
    }
    flat.ifPresent(price -> Amounts.requireNotNegative("flat price", price));
    unit.ifPresent(price -> Amounts.requireNotNegative("unit price", price));
  }

  public static Rate perUnit(BigDecimal price) {
    return new Rate(Optional.empty(), Optional.of(price));
  }
}
