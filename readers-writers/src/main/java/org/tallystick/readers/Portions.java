package org.tallystick.readers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import javax.money.Monetary;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.rating.Portion;
import org.tallystick.domain.time.ServicePeriod;
import org.tallystick.sql.Instants;

/// What a service period is of the full one that its cadence gives.
///
/// @param currency its fees are prorated in whole minor units of it
public record Portions(ServicePeriod service, ServicePeriod full, ZoneId zone, String currency) {

  /// From the columns starts, ends, full_starts, full_ends, zone and currency.
  public static Portions get(ResultSet row) throws SQLException {
    return new Portions(
        new ServicePeriod(Instants.get(row, "starts"), Instants.get(row, "ends")),
        new ServicePeriod(Instants.get(row, "full_starts"), Instants.get(row, "full_ends")),
        ZoneId.of(row.getString("zone")),
        row.getString("currency"));
  }

  /// The portion under the terms of `card`.
  public Portion of(RateCard card) {
    return service.equals(full)
        ? Portion.WHOLE
        : Portion.of(
            card.proration().shares(full, List.of(service), zone),
            0,
            Monetary.getCurrency(currency));
  }
}
