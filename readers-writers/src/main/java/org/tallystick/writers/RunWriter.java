package org.tallystick.writers;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.run.RunKind;
import org.tallystick.domain.run.RunState;
import org.tallystick.domain.time.AsOf;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;

/// Writes what becomes of business runs.
public final class RunWriter {

  private final JdbcClient jdbc;

  public RunWriter(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Notes that a run is wanted; `reason` is empty for the first of its kind, as-of and scope.
  public UUID request(RunKind kind, Optional<LocalDate> asOf, String scope, String reason) {
    return jdbc.sql(
            """
            insert into business_run (kind, as_of, scope, number, reason, state)
            select :kind, :asOf::date, :scope, 1 + coalesce(max(number), 0), :reason, 'requested'
              from business_run
             where kind = :kind and as_of is not distinct from :asOf::date and scope = :scope
            returning id\
            """)
        .param("kind", kind.code())
        .param("asOf", asOf.orElse(null))
        .param("scope", scope)
        .param("reason", reason)
        .query(UUID.class)
        .single();
  }

  public void state(UUID run, RunState state, String message) {
    jdbc.sql("update business_run set state = :state, message = :message where id = :run")
        .param("state", state.code())
        .param("message", message)
        .param("run", run)
        .update();
  }

  /// Numbers all committed batches that have no position and takes the greatest as the run's
  /// cut-off, with its as-of instant in every billing zone; part of the caller's transaction, under
  /// one lock, so that no two runs number at once.
  public void takeCutoff(UUID run, AsOf asOf) {
    jdbc.sql("select pg_advisory_xact_lock(:lock)")
        .param("lock", RunLock.NUMBERING)
        .query((_, _) -> "")
        .list();
    jdbc.sql(Query.of("number-batches")).update();
    jdbc.sql(
            """
            update business_run
               set cutoff = (select coalesce(max(position), 0) from intake_batch)
             where id = :run\
            """)
        .param("run", run)
        .update();
    var zones =
        jdbc.sql("select distinct zone from customer order by zone")
            .query((row, _) -> row.getString("zone"))
            .list();
    writeZones(run, asOf, zones);
  }

  private void writeZones(UUID run, AsOf asOf, List<String> zones) {
    jdbc.sql(
            """
            insert into run_as_of (run_id, zone, as_of)
            select :run, z.zone, z.as_of
              from unnest(:zones::text[], :instants::text[]::timestamptz[]) as z (zone, as_of)\
            """)
        .param("run", run)
        .param("zones", zones.toArray(String[]::new))
        .param(
            "instants",
            Instants.texts(zones.stream().map(zone -> asOf.in(ZoneId.of(zone))).toList()))
        .update();
  }

  /// The run's last word.
  public void post(UUID run, String outputHash, String manifest) {
    jdbc.sql(
            """
            update business_run
               set state = 'posted', message = '', output_hash = :hash, manifest = :manifest::jsonb,
                   finished_at = clock_timestamp()
             where id = :run\
            """)
        .param("hash", outputHash)
        .param("manifest", manifest)
        .param("run", run)
        .update();
  }
}
