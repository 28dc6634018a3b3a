package org.tallystick.domain.rating;

import java.math.BigDecimal;
import java.util.ArrayList;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.money.Fraction;

/// The order of operations for one item and service period, up to the exact net amount: usage
/// discount, price, percentage discount.
///
/// 600 units with the first 500 free at 1.20 and 12.5 % off are three parts: 500 × 0, 100 × 1.20
/// and 120.00 × -0.125; net 105.00.
public final class Rating {

  private Rating() {}

  /// Rates the whole `quantity` of a service period, which must not be negative.
  public static RatedCharge rate(RateCard card, Fraction quantity) {
    if (quantity.signum() < 0) {
      throw new IllegalArgumentException("quantity must not be negative, was " + quantity);
    }
    var parts = new ArrayList<PricedPart>();
    var free = quantity.min(Fraction.of(card.discounts().unitsFree()));
    if (free.signum() > 0) {
      parts.add(new PricedPart("free", free, BigDecimal.ZERO));
    }
    parts.addAll(Pricing.price(card.price(), quantity.minus(free)));
    var gross = PricedPart.sum(parts);
    var percent = card.discounts().percent();
    if (percent.signum() > 0 && gross.signum() > 0) {
      parts.add(new PricedPart("discount", gross, percent.movePointLeft(2).negate()));
    }
    return new RatedCharge(quantity, parts);
  }
}
