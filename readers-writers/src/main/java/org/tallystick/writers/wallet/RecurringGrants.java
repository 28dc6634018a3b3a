package org.tallystick.writers.wallet;

import static org.tallystick.sql.Instants.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.time.Cadence;
import org.tallystick.domain.wallet.Grant;
import org.tallystick.sql.Instants;
import org.tallystick.writers.Ids;
import org.tallystick.writers.wallet.GrantWriter.Outcome;
import org.tallystick.writers.wallet.GrantWriter.Recipient;
import org.tallystick.writers.wallet.GrantWriter.Rollover;
import org.tallystick.writers.wallet.GrantWriter.Terms;
import org.threeten.extra.PeriodDuration;

/// Grants that are given anew at each occurrence of an interval: one of their own for each, that
/// ends as the next begins. So an occurrence fills up and adds nothing to what was left, and late
/// usage finds the grant of its time.
public final class RecurringGrants {

  private static final String SOURCE = "recurring";

  private final JdbcClient jdbc;
  private final GrantWriter grants;

  public RecurringGrants(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
    this.grants = new GrantWriter(dataSource);
  }

  /// Declares one, part of the caller's transaction; nothing is given yet. Occurrences are counted
  /// from the start of `terms`, by the customer's calendar.
  public Outcome declare(
      Recipient to, String key, Terms terms, PeriodDuration every, String source) {
    Cadence.requirePositive("every", every);
    int written =
        jdbc.sql(
                """
                insert into recurring_grant (customer_id, wallet_id, key, kind, amount, priority,
                       effective, expires, items, kept_min, kept_max, every, source, next_at)
                values (:customer, :wallet, :key, :kind, :amount, :priority, :effective,
                        coalesce(:expires::timestamptz, 'infinity'), :items, :keptMin, :keptMax,
                        :every, :source, :effective)
                    on conflict (wallet_id, key) do nothing\
                """)
            .param("customer", to.customer())
            .param("every", every.toString())
            .param("source", source)
            .params(GrantWriter.params(to, key, terms))
            .update();
    if (written > 0) {
      return Outcome.GIVEN;
    }
    return isSame(to, key, terms, every) ? Outcome.REPEATED : Outcome.CONFLICT;
  }

  private boolean isSame(Recipient to, String key, Terms terms, PeriodDuration every) {
    return jdbc.sql(
            """
            select amount = :amount and kind = :kind and priority = :priority
               and effective = :effective and items = :items::text[] and every = :every
               and expires = coalesce(:expires::timestamptz, 'infinity')
               and kept_min is not distinct from :keptMin::numeric
               and kept_max is not distinct from :keptMax::numeric
              from recurring_grant
             where wallet_id = :wallet and key = :key\
            """)
        .param("every", every.toString())
        .params(GrantWriter.params(to, key, terms))
        .query(Boolean.class)
        .single();
  }

  /// Gives the occurrences of those `due` that have begun at `at`. The caller has locked the
  /// wallets.
  void give(List<Due> due, Instant at) {
    for (var recurring : due) {
      int n = recurring.nextNo;
      while (recurring.begins(n) && !recurring.start(n).isAfter(at)) {
        var key = recurring.key + "/" + (n + 1);
        if (grants.give(recurring.to, key, recurring.occurrence(n), SOURCE) == Outcome.CONFLICT) {
          throw new IllegalStateException(
              "grant %s of %s is there with other terms".formatted(key, recurring.to));
        }
        n++;
      }
      jdbc.sql(
              """
              update recurring_grant
                 set next_no = :next, next_at = coalesce(:nextAt::timestamptz, 'infinity')
               where id = :id\
              """)
          .param("id", recurring.id)
          .param("next", n)
          .param("nextAt", recurring.begins(n) ? utc(recurring.start(n)) : null)
          .update();
    }
  }

  /// A recurring grant, of which `nextNo` and those after it were not given.
  record Due(UUID id, Recipient to, String key, Terms terms, Cadence cadence, int nextNo) {

    static Due get(ResultSet row) throws SQLException {
      var zone = ZoneId.of(row.getString("zone"));
      var to =
          new Recipient(
              Ids.get(row, "customer_id"),
              row.getString("customer_key"),
              zone,
              Ids.get(row, "wallet_id"),
              row.getString("unit"));
      var effective = Instants.get(row, "effective");
      var keptMin = row.getBigDecimal("kept_min");
      var keptMax = row.getBigDecimal("kept_max");
      var terms =
          new Terms(
              Grant.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
              row.getBigDecimal("amount"),
              row.getInt("priority"),
              effective,
              Optional.of(Instants.get(row, "expires")),
              List.of((String[]) row.getArray("items").getArray()),
              keptMin == null || keptMax == null
                  ? Optional.empty()
                  : Optional.of(new Rollover(keptMin, keptMax)));
      var every = PeriodDuration.parse(row.getString("every"));
      var cadence = new Cadence(LocalDateTime.ofInstant(effective, zone), every, zone);
      return new Due(
          Ids.get(row, "id"), to, row.getString("key"), terms, cadence, row.getInt("next_no"));
    }

    private Instant start(int n) {
      return cadence.start(n);
    }

    private Instant expires() {
      return terms.expires().orElse(Instant.MAX);
    }

    private boolean begins(int n) {
      return start(n).isBefore(expires());
    }

    private Terms occurrence(int n) {
      var end = start(n + 1).isBefore(expires()) ? start(n + 1) : expires();
      return new Terms(
          terms.kind(),
          terms.amount(),
          terms.priority(),
          start(n),
          Optional.of(end),
          terms.items(),
          terms.rollover());
    }
  }
}
