package org.tallystick.writers;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.ledger.Bookkeeping;
import org.tallystick.domain.wallet.Grant;
import org.tallystick.readers.Share;
import org.tallystick.sql.Column;
import org.tallystick.sql.Query;
import org.tallystick.writers.JournalWriter.Booking;

/// Ends grants whose time is over, each once, after the last invoice they could have covered: what
/// was never used of a paid one is breakage, a promotional one lapses without an entry. What a
/// correction gave back to a paid one after its end stays the customer's.
public final class GrantExpiry {

  private final JdbcClient jdbc;
  private final JournalWriter journal;

  public GrantExpiry(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
    this.journal = new JournalWriter(dataSource);
  }

  /// Ends up to `limit` grants, part of the caller's transaction; returns how many.
  public int expire(Share share, LocalDate date, int limit) {
    var candidates = ended(share, limit);
    if (candidates.isEmpty()) {
      return 0;
    }
    lock(candidates);
    var expired = ended(share, limit);
    jdbc.sql(Query.of("end-grants"))
        .param("run", share.run())
        .param("grants", Column.ids(expired, Expired::grant))
        .param("unused", Column.decimals(expired, Expired::unused))
        .param("returned", Column.decimals(expired, Expired::returned))
        .param("times", expired.stream().map(Expired::times).toArray(Integer[]::new))
        .update();
    journal.append(
        expired.stream()
            .filter(grant -> grant.unused().signum() > 0)
            .map(grant -> grant.booking(share.run(), date))
            .toList());
    return expired.size();
  }

  private List<Expired> ended(Share share, int limit) {
    return jdbc.sql(Query.of("grants-to-expire"))
        .param("run", share.run())
        .param("scope", share.scope())
        .param("limit", limit)
        .query(GrantExpiry::expired)
        .list();
  }

  /// Nobody else moves them until the transaction ends, so that what they hold can be read.
  private void lock(List<Expired> ended) {
    jdbc.sql(
            """
            select id from wallet
             where id in (select wallet_id from wallet_grant where id = any (:grants))
             order by id for update\
            """)
        .param("grants", Column.ids(ended, Expired::grant))
        .query(UUID.class)
        .list();
  }

  private static Expired expired(ResultSet row, int number) throws SQLException {
    return new Expired(
        row.getObject("customer_id", UUID.class),
        row.getObject("id", UUID.class),
        GrantReferences.of(
                "expiry",
                row.getString("customer_key"),
                row.getString("unit"),
                row.getString("key"))
            + "/"
            + row.getString("times"),
        Grant.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("unit"),
        row.getInt("times"),
        row.getBigDecimal("balance").subtract(row.getBigDecimal("returned")),
        row.getBigDecimal("returned"));
  }

  private record Expired(
      UUID customer,
      UUID grant,
      String reference,
      Grant.Kind kind,
      String unit,
      int times,
      BigDecimal unused,
      BigDecimal returned) {

    private Booking booking(UUID run, LocalDate date) {
      var entry = Bookkeeping.expired(reference, date, unit, kind, unused);
      return new Booking(customer, entry, null, run);
    }
  }
}
