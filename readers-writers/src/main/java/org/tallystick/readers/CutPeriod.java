package org.tallystick.readers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import javax.money.CurrencyUnit;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.money.CreditUnit;
import org.tallystick.domain.rating.Portion;
import org.tallystick.domain.time.ServicePeriod;
import org.tallystick.sql.Instants;

/// What a service period is of the full one that its cadence gives.
///
/// @param parts all service periods that the full one was cut into, this one among them
/// @param unit it is priced in: its fees are prorated in whole minor units of it
public record CutPeriod(
    ServicePeriod service,
    ServicePeriod full,
    List<ServicePeriod> parts,
    ZoneId zone,
    CurrencyUnit unit) {

  /// From the columns starts, ends, full_starts, full_ends, part_starts, part_ends, zone and
  /// currency, which may be credits.
  public static CutPeriod get(ResultSet row) throws SQLException {
    return new CutPeriod(
        new ServicePeriod(Instants.get(row, "starts"), Instants.get(row, "ends")),
        new ServicePeriod(Instants.get(row, "full_starts"), Instants.get(row, "full_ends")),
        parts(Instants.list(row, "part_starts"), Instants.list(row, "part_ends")),
        ZoneId.of(row.getString("zone")),
        CreditUnit.orCurrency(row.getString("currency")));
  }

  private static List<ServicePeriod> parts(List<Instant> starts, List<Instant> ends) {
    return IntStream.range(0, starts.size())
        .mapToObj(n -> new ServicePeriod(starts.get(n), ends.get(n)))
        .toList();
  }

  /// The portion under the terms of `card`. Parts that continue each other are one.
  public Portion of(RateCard card) {
    if (!parts.contains(service)) {
      throw new IllegalStateException(service + " is none of the parts " + parts);
    }
    return card.isContinued()
        ? of(card, List.of(new ServicePeriod(parts.getFirst().starts(), parts.getLast().ends())), 0)
        : of(card, parts, parts.indexOf(service));
  }

  private Portion of(RateCard card, List<ServicePeriod> counted, int number) {
    return counted.get(number).equals(full)
        ? Portion.WHOLE
        : Portion.of(card.proration().shares(full, counted, zone), number, unit);
  }
}
