package org.tallystick.domain.invoice;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tallystick.domain.catalog.CreditTerms;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge.Commitment;
import org.tallystick.domain.catalog.RateCard.Charge.Fee;
import org.tallystick.domain.catalog.RateCard.Charge.Owed;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.rating.Portion;
import org.tallystick.domain.rating.PricedPart;
import org.tallystick.domain.rating.RatedCharge;
import org.tallystick.domain.time.ServicePeriod;

/// One item's service period that is closed for billing: its whole price, and what was already
/// invoiced for it, by category.
///
/// `category` is what its charge is billed as. `terms` is the key under which `card` is stored;
/// `unit` is what the quantity counts (`node-hour`; `fee` for a fee); `portion` is what the period
/// is of its full one. `spentBefore` is what parts before this one cost that count towards the same
/// minimum spend; none if later parts count too, so that the last one asks for it.
public record DuePeriod(
    UUID item,
    UUID terms,
    RateCard card,
    LineCategory category,
    String unit,
    ServicePeriod period,
    Portion portion,
    RatedCharge rated,
    Optional<BigDecimal> spentBefore,
    Map<LineCategory, Invoiced> invoiced) {

  public DuePeriod {
    invoiced = Map.copyOf(invoiced);
  }

  /// One of a charge of `card`.
  public DuePeriod(
      UUID item,
      UUID terms,
      RateCard card,
      String unit,
      ServicePeriod period,
      Portion portion,
      RatedCharge rated,
      Optional<BigDecimal> spentBefore,
      Map<LineCategory, Invoiced> invoiced) {
    this(item, terms, card, category(card), unit, period, portion, rated, spentBefore, invoiced);
  }

  private static LineCategory category(RateCard card) {
    return switch (card.charge()) {
      case Usage _, Owed _ -> LineCategory.USAGE;
      case Fee _ -> LineCategory.FEE;
      case Commitment _ -> LineCategory.COMMITMENT;
    };
  }

  /// What the `lacking` credits of this period, all that it is short of, cost at `price` each.
  DuePeriod overage(BigDecimal lacking, BigDecimal price) {
    var credits = Fraction.of(lacking);
    var parts =
        lacking.signum() == 0
            ? List.<PricedPart>of()
            : List.of(PricedPart.of("overage", credits, price));
    return new DuePeriod(
        item,
        terms,
        card,
        LineCategory.OVERAGE,
        card.credits().map(CreditTerms::unit).orElseThrow(),
        period,
        Portion.WHOLE,
        new RatedCharge(credits, parts),
        Optional.empty(),
        invoiced);
  }

  Invoiced invoiced(LineCategory category) {
    return invoiced.getOrDefault(category, Invoiced.NOTHING);
  }
}
