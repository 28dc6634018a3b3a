package org.tallystick.domain.rating;

import java.math.BigDecimal;
import java.util.List;
import org.tallystick.domain.money.Fraction;

/// One term of a price: so many units at so much each. The parts of a price are its explanation,
/// and their sum is the price; there is no second calculation that could disagree.
///
/// `key` names the part among its siblings: `free`, `flat`, `unit`, `tier-1`, `tier-2`, `discount`
/// (the price so far, times minus the rate) or `shortfall` (of a minimum spend).
public record PricedPart(String key, Fraction quantity, BigDecimal unitPrice) {

  /// Exact, in the currency of the price.
  public Fraction amount() {
    return quantity.times(unitPrice);
  }

  public static Fraction sum(List<PricedPart> parts) {
    return parts.stream().map(PricedPart::amount).reduce(Fraction.ZERO, Fraction::plus);
  }

  /// The sum of the parts as they are stored, each to [Fraction#DECIMALS_STORED] decimals; for
  /// books that must add up, never for the money on a document.
  public static BigDecimal sumStored(List<PricedPart> parts) {
    return parts.stream()
        .map(part -> part.amount().stored())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
