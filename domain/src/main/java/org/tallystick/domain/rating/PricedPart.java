package org.tallystick.domain.rating;

import java.math.BigDecimal;
import java.util.List;
import org.tallystick.domain.money.Fraction;

/// One term of a price: so many units at so much each. The parts of a price are its explanation,
/// and their sum is the price; there is no second calculation that could disagree.
///
/// `key` names the part among its siblings: `free`, `flat`, `unit`, `tier-1`, `tier-1-flat`,
/// `package`, `dynamic`, `shortfall` (of a minimum spend), `maximum-spend` (of several items); a
/// reduction bears the name of the part that it reduces: `tier-1/percent-off`. `amount` is quantity
/// × unit price, exact or rounded as the rounding policy says, in the currency of the price.
public record PricedPart(
    String key, Step step, Fraction quantity, BigDecimal unitPrice, Fraction amount) {

  /// A part of the price itself, exact.
  public static PricedPart of(String key, Fraction quantity, BigDecimal unitPrice) {
    return new PricedPart(key, Step.PRICE, quantity, unitPrice, quantity.times(unitPrice));
  }

  /// A part that is charged once, whatever the quantity.
  static PricedPart once(String key, BigDecimal price) {
    return new PricedPart(key, Step.PRICE, Fraction.ONE, price, Fraction.of(price));
  }

  /// What a commitment adds or takes off, once.
  static PricedPart of(Step step, Fraction amount) {
    return new PricedPart(step.key(), step, Fraction.ONE, amount.stored(), amount);
  }

  /// What `portion` owes of it: 16/31 × 30.00 is 15.48.
  PricedPart in(Portion portion) {
    var units = quantity.times(portion.share());
    return new PricedPart(key, step, units, unitPrice, portion.of(amount));
  }

  /// What `amount` (not negative) takes off this part.
  PricedPart reducedBy(Step step, Fraction quantity, BigDecimal unitPrice, Fraction amount) {
    return new PricedPart(
        key + "/" + step.key(), step, quantity, unitPrice.negate(), amount.negated());
  }

  public static Fraction sum(List<PricedPart> parts) {
    var sum = Fraction.ZERO;
    for (var part : parts) {
      sum = sum.plus(part.amount());
    }
    return sum;
  }

  /// The sum of the parts as they are stored, each to [Fraction#DECIMALS_STORED] decimals; for
  /// books that must add up, never for the money on a document.
  public static BigDecimal sumStored(List<PricedPart> parts) {
    return parts.stream()
        .map(part -> part.amount().stored())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
