package org.tallystick.readers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tallystick.domain.wallet.Allowance;
import org.tallystick.domain.wallet.Grant;
import org.tallystick.sql.Instants;

/// A row with the columns of a grant, and when it was `created`.
public final class GrantRow {

  private GrantRow() {}

  public static Grant get(ResultSet row) throws SQLException {
    return new Grant(
        row.getObject("id", UUID.class),
        row.getString("key"),
        Grant.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getInt("priority"),
        Instants.get(row, "effective"),
        Instants.get(row, "expires"),
        Instants.get(row, "created"),
        Set.of((String[]) row.getArray("items").getArray()),
        allowance(row));
  }

  private static Allowance allowance(ResultSet row) throws SQLException {
    var once = Allowance.once(row.getBigDecimal("amount"));
    var keptMin = row.getBigDecimal("kept_min");
    var keptMax = row.getBigDecimal("kept_max");
    return keptMin == null || keptMax == null
        ? once
        : new Allowance(once.amount(), Optional.empty(), keptMin, keptMax);
  }
}
