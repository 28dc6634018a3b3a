package org.tallystick.domain.invoice;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.rating.Portion;
import org.tallystick.domain.rating.RatedCharge;
import org.tallystick.domain.time.ServicePeriod;

/// One item's service period that is closed for billing: its whole price, and what was already
/// invoiced for it, by category.
///
/// `terms` is the key under which `card` is stored; `unit` is what the quantity counts
/// (`node-hour`; `fee` for a fee); `portion` is what the period is of its full one. `spentBefore`
/// is what parts before this one cost that count towards the same minimum spend; none if later
/// parts count too, so that the last one asks for it.
public record DuePeriod(
    UUID item,
    UUID terms,
    RateCard card,
    String unit,
    ServicePeriod period,
    Portion portion,
    RatedCharge rated,
    Optional<BigDecimal> spentBefore,
    Map<LineCategory, Invoiced> invoiced) {

  public DuePeriod {
    invoiced = Map.copyOf(invoiced);
  }

  Invoiced invoiced(LineCategory category) {
    return invoiced.getOrDefault(category, Invoiced.NOTHING);
  }
}
