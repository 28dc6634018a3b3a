package org.tallystick.readers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.run.RunKind;
import org.tallystick.domain.run.RunState;
import org.tallystick.domain.time.AsOf;
import org.tallystick.sql.Instants;

/// Business runs as they are stored.
public final class RunReader {

  private static final String SELECT =
      """
      select id, run_no, kind, as_of, scope, number, reason, state, message, requested_at,
             finished_at, cutoff, output_hash, manifest::text
        from business_run
      """;

  private final JdbcClient jdbc;

  public RunReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public BusinessRun get(UUID id) {
    return jdbc.sql(SELECT + " where id = :id").param("id", id).query(RunReader::run).single();
  }

  public Optional<BusinessRun> byNo(long runNo) {
    return jdbc.sql(SELECT + " where run_no = :no")
        .param("no", runNo)
        .query(RunReader::run)
        .optional();
  }

  /// The latest runs first, up to `limit`.
  public List<BusinessRun> latest(int limit) {
    return jdbc.sql(SELECT + " order by run_no desc limit :limit")
        .param("limit", limit)
        .query(RunReader::run)
        .list();
  }

  /// The latest run of a kind, as-of date and scope.
  public Optional<BusinessRun> latest(RunKind kind, Optional<LocalDate> asOf, String scope) {
    return jdbc.sql(
            SELECT
                + " where kind = :kind and as_of is not distinct from :asOf::date"
                + " and scope = :scope order by number desc limit 1")
        .param("kind", kind.code())
        .param("asOf", asOf.orElse(null))
        .param("scope", scope)
        .query(RunReader::run)
        .optional();
  }

  /// Runs that are wanted and were not begun, oldest first.
  public List<BusinessRun> requested() {
    return jdbc.sql(SELECT + " where state = 'requested' and as_of is not null order by run_no")
        .query(RunReader::run)
        .list();
  }

  public boolean isCustomer(String key) {
    return jdbc.sql("select exists (select from customer where key = :key)")
        .param("key", key)
        .query(Boolean.class)
        .single();
  }

  /// The billing zones of `customers`, of all customers if there are none.
  public List<String> zones(List<String> customers) {
    return jdbc.sql(
            """
            select distinct zone from customer
             where :isAll or key = any (:keys) order by zone\
            """)
        .param("isAll", customers.isEmpty())
        .param("keys", customers.toArray(String[]::new))
        .query((row, _) -> row.getString("zone"))
        .list();
  }

  /// The latest local day up to which one of `customers` (all, if there are none) is metered, if it
  /// is after `asOf`.
  public Optional<LocalDate> meteredBeyond(AsOf asOf, List<String> customers) {
    return jdbc
        .sql(
            """
            select c.zone, max(m.as_of) as as_of
              from metered_through m join customer c on c.id = m.customer_id
             where :isAll or c.key = any (:keys)
             group by c.zone\
            """)
        .param("isAll", customers.isEmpty())
        .param("keys", customers.toArray(String[]::new))
        .query((row, _) ->
            Instants.get(row, "as_of").atZone(ZoneId.of(row.getString("zone"))).toLocalDate())
        .list()
        .stream()
        .filter(day -> day.isAfter(asOf.date()))
        .max(Comparator.naturalOrder());
  }

  /// Runs with numbered documents that are not all in the books; only their restart may go on.
  public List<BusinessRun> halfPosted() {
    return jdbc.sql(
            SELECT
                + """
                r where r.state <> 'posted'
                    and exists (select from invoice i
                                 where i.run_id = r.id and i.sequence is not null
                                   and not exists (select from journal_entry e
                                                    where e.invoice_id = i.id))
                  order by r.run_no\
                """)
        .query(RunReader::run)
        .list();
  }

  /// Why a run that was begun cannot be gone on with: a later run took its cut-off, or the catalog
  /// changed, and what it had worked out no longer holds. A run that numbered its documents is past
  /// that: it only has to post them.
  public Optional<String> superseded(UUID run) {
    return jdbc
        .sql(
            """
            select case when later.run_no is not null then 'superseded by run ' || later.run_no
                        when r.cutoff is not null and exists (
                               select from catalog_entry c where c.applied_at > r.requested_at)
                        then 'superseded by a change of the catalog' end as reason
              from business_run r
              left join lateral (
                     select max(l.run_no) as run_no from business_run l
                      where l.run_no > r.run_no and l.cutoff is not null) later on true
             where r.id = :run and r.as_of is not null
               and not exists (select from invoice i
                                where i.run_id = r.id and i.sequence is not null)\
            """)
        .param("run", run)
        .query((row, _) -> Optional.ofNullable(row.getString("reason")))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static BusinessRun run(ResultSet row, int number) throws SQLException {
    return new BusinessRun(
        row.getObject("id", UUID.class),
        row.getLong("run_no"),
        RunKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getObject("as_of", LocalDate.class),
        row.getString("scope"),
        row.getInt("number"),
        row.getString("reason"),
        RunState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getString("message"),
        Instants.get(row, "requested_at"),
        Instants.getOrNull(row, "finished_at"),
        row.getObject("cutoff", Long.class),
        row.getString("output_hash"),
        row.getString("manifest"));
  }
}
