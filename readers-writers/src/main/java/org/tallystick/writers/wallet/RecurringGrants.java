package org.tallystick.writers.wallet;

import static org.tallystick.sql.Instants.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
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
import org.tallystick.writers.JournalWriter;
import org.tallystick.writers.JournalWriter.Booking;
import org.tallystick.writers.wallet.GrantWriter.Outcome;
import org.tallystick.writers.wallet.GrantWriter.Recipient;
import org.tallystick.writers.wallet.GrantWriter.Terms;
import org.threeten.extra.PeriodDuration;

/// Grants that are given anew at each occurrence of an interval: one of their own for each, that
/// ends as the next begins. So an occurrence fills up and adds nothing to what was left, and late
/// usage finds the grant of its time.
public final class RecurringGrants {

  private static final String SOURCE = "recurring";
  private static final Duration SHORTEST = Duration.ofHours(1);

  private final JdbcClient jdbc;
  private final GrantWriter grants;
  private final JournalWriter journal;

  public RecurringGrants(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
    this.grants = new GrantWriter(dataSource);
    this.journal = new JournalWriter(dataSource);
  }

  /// Declares one, part of the caller's transaction; nothing is given yet. Occurrences are counted
  /// from the start of `terms`, by the customer's calendar.
  public Outcome declare(
      Recipient to, String key, Terms terms, PeriodDuration every, String source) {
    requireInterval(every);
    if (grants.isThere(to, key)) {
      return Outcome.CONFLICT;
    }
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

  /// At least an hour: each occurrence is a grant.
  public static void requireInterval(PeriodDuration every) {
    Cadence.requirePositive("every", every);
    if (every.getPeriod().isZero() && every.getDuration().compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("every must be an hour or more, was " + every);
    }
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

  /// What its occurrences are called, counted from 1.
  static String occurrence(String key, int number) {
    return key + "#" + number;
  }

  /// Gives the occurrences of those `due` that have begun at `at`. The caller has locked the
  /// wallets of `customers`; so are the heads of their books then.
  void give(List<Due> due, Collection<UUID> customers, Instant at) {
    journal.lock(customers);
    var bookings = new ArrayList<Booking>();
    for (var recurring : due) {
      int n = recurring.nextNo;
      while (recurring.begins(n) && !recurring.start(n).isAfter(at)) {
        var key = occurrence(recurring.key, n + 1);
        grants.add(recurring.to, key, recurring.occurrence(n), SOURCE, bookings);
        n++;
      }
      advance(recurring, n);
    }
    journal.append(bookings);
  }

  private void advance(Due recurring, int next) {
    jdbc.sql(
            """
            update recurring_grant
               set next_no = :next, next_at = coalesce(:nextAt::timestamptz, 'infinity')
             where id = :id\
            """)
        .param("id", recurring.id)
        .param("next", next)
        .param("nextAt", recurring.begins(next) ? utc(recurring.start(next)) : null)
        .update();
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
      var terms =
          new Terms(
              Grant.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
              row.getBigDecimal("amount"),
              row.getInt("priority"),
              effective,
              Optional.of(Instants.get(row, "expires")),
              List.of((String[]) row.getArray("items").getArray()),
              Rollover.get(row));
      var every = PeriodDuration.parse(row.getString("every"));
      var cadence = new Cadence(LocalDateTime.ofInstant(effective, zone), every, zone);
      return new Due(
          Ids.get(row, "id"), to, row.getString("key"), terms, cadence, row.getInt("next_no"));
    }

    private Instant start(int n) {
      return cadence.start(n);
    }

    private Instant expires() {
      return terms.expires().orElseThrow();
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
