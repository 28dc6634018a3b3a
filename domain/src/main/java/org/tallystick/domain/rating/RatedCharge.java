package org.tallystick.domain.rating;

import java.math.BigDecimal;
import java.util.List;
import org.tallystick.domain.money.Fraction;

/// The exact price of one contract item over one service period, priced as a whole. Its parts are
/// all that explains it: free units at zero, the price, the discount as a negative part.
///
/// `quantity` is what was used, free units included, in the unit that is priced.
public record RatedCharge(Fraction quantity, List<PricedPart> parts) {

  public RatedCharge {
    parts = List.copyOf(parts);
  }

  /// What the period costs before commitments, credit and tax: the sum of the parts.
  public Fraction net() {
    return PricedPart.sum(parts);
  }

  /// `net` as it is stored: the sum of the stored parts.
  public BigDecimal netStored() {
    return PricedPart.sumStored(parts);
  }
}
