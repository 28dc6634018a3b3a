package org.tallystick.domain.invoice;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.tallystick.domain.catalog.CreditTerms.Lacking.Converted;
import org.tallystick.domain.catalog.RateCard.Charge.Commitment;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.rating.PricedPart;
import org.tallystick.domain.wallet.Drawdown;

/// A row of an invoice: the whole of one (item, service period, category), rounded once, less what
/// was invoiced for it before.
///
/// `sequence` counts the lines of that whole, from 1; it is unique in the database, so two bills
/// that were drawn up from the same past cannot both be posted.
public record InvoiceLine(
    DuePeriod due,
    LineCategory category,
    int sequence,
    Fraction quantity,
    List<PricedPart> parts,
    BigDecimal whole,
    BigDecimal invoicedBefore,
    List<Drawdown> drawdowns) {

  public InvoiceLine {
    parts = List.copyOf(parts);
    drawdowns = List.copyOf(drawdowns);
  }

  /// The exact whole as it is stored, before rounding to money.
  public BigDecimal exact() {
    return PricedPart.sumStored(parts);
  }

  /// What the quantity counts.
  public String unit() {
    return switch (category) {
      case USAGE, FEE, OVERAGE -> due.unit();
      case COMMITMENT -> due.card().charge() instanceof Commitment ? due.unit() : "commitment";
    };
  }

  /// What this line bills.
  public BigDecimal amount() {
    return whole.subtract(invoicedBefore);
  }

  /// What rounding took off the whole, as stored: exact = whole + residue.
  public BigDecimal residue() {
    return exact().subtract(whole);
  }

  /// What of `amount` was settled with credit.
  public BigDecimal credit() {
    return drawdowns.stream().map(Drawdown::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// How many of the credits that it is priced in are not there, and nobody lends or converts.
  public BigDecimal lacking() {
    boolean isDrawn =
        category != LineCategory.OVERAGE
            && due.card().credits().filter(c -> !(c.lacking() instanceof Converted)).isPresent();
    return isDrawn ? amount().subtract(credit()).max(BigDecimal.ZERO) : BigDecimal.ZERO;
  }

  /// With more credit against it, one drawdown per grant.
  InvoiceLine settledBy(List<Drawdown> more) {
    var byGrant = new LinkedHashMap<UUID, Drawdown>();
    Stream.concat(drawdowns.stream(), more.stream())
        .forEach(draw -> byGrant.merge(draw.grant().id(), draw, Drawdown::plus));
    return new InvoiceLine(
        due,
        category,
        sequence,
        quantity,
        parts,
        whole,
        invoicedBefore,
        List.copyOf(byGrant.values()));
  }
}
