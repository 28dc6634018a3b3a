package org.tallystick.writers;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.ledger.Bookkeeping;
import org.tallystick.readers.Share;
import org.tallystick.sql.Query;
import org.tallystick.writers.JournalWriter.Booking;

/// Ends grants whose time is over, each once, after the last invoice they could have covered: what
/// is left of a paid one is breakage, a promotional one lapses without an entry.
public final class GrantExpiry {

  private final JdbcClient jdbc;
  private final JournalWriter journal;

  public GrantExpiry(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
    this.journal = new JournalWriter(dataSource);
  }

  /// Ends up to `limit` grants, part of the caller's transaction; returns how many.
  public int expire(Share share, LocalDate date, int limit) {
    var expired =
        jdbc.sql(Query.of("grants-to-expire"))
            .param("run", share.run())
            .param("scope", share.scope())
            .param("limit", limit)
            .query(GrantExpiry::expired)
            .list();
    jdbc.sql(
            """
            insert into wallet_movement (customer_id, grant_id, kind, reference, amount, run_id)
            select customer_id, grant_id, 'expiry', 'expiry/' || :run, -amount, :run
              from unnest(:customers::uuid[], :grants::uuid[], :amounts::text[]::numeric[])
                as e (customer_id, grant_id, amount)\
            """)
        .param("run", share.run())
        .param("customers", expired.stream().map(Expired::customer).toArray(UUID[]::new))
        .param("grants", expired.stream().map(Expired::grant).toArray(UUID[]::new))
        .param(
            "amounts",
            expired.stream().map(e -> e.balance().toPlainString()).toArray(String[]::new))
        .update();
    journal.append(
        expired.stream()
            .filter(Expired::isPaid)
            .map(grant -> grant.booking(share.run(), date))
            .toList());
    return expired.size();
  }

  private static Expired expired(ResultSet row, int number) throws SQLException {
    return new Expired(
        row.getObject("customer_id", UUID.class),
        row.getObject("id", UUID.class),
        String.join(
            "/",
            "expiry",
            row.getString("customer_key"),
            row.getString("key"),
            row.getString("times")),
        row.getString("kind").equals("paid"),
        row.getString("unit"),
        row.getBigDecimal("balance"));
  }

  private record Expired(
      UUID customer,
      UUID grant,
      String reference,
      boolean isPaid,
      String unit,
      BigDecimal balance) {

    private Booking booking(UUID run, LocalDate date) {
      return new Booking(customer, Bookkeeping.breakage(reference, date, unit, balance), null, run);
    }
  }
}
