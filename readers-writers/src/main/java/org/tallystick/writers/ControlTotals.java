package org.tallystick.writers;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.sql.Query;

/// The sums that must agree, without tolerance, before a run may post; stored with the run.
public final class ControlTotals {

  private final JdbcClient jdbc;

  public ControlTotals(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// accepted = rated + not yet due + unattributed + withdrawn, counted record by record, against
  /// what intake and metering say. Throws [OutOfBalance] if they differ.
  public void usage(UUID run, long cutoff) {
    var counted = jdbc.sql(Query.of("count-usage")).param("cutoff", cutoff).query();
    var totals = new LinkedHashMap<String, BigDecimal>();
    counted.singleRow().forEach((name, value) -> totals.put(name, decimal(value)));
    var tally = jdbc.sql(Query.of("tally-usage")).param("cutoff", cutoff).query().singleRow();
    tally.forEach((name, value) -> totals.put(name, decimal(value)));
    totals.forEach((name, value) -> write(run, name, value));
    require("accepted records", total(totals, "accepted"), total(totals, "counted"));
    require(
        "rated + not yet due + unattributed + withdrawn records",
        total(totals, "accepted"),
        total(totals, "rated")
            .add(total(totals, "not_yet_due"))
            .add(total(totals, "unattributed"))
            .add(total(totals, "withdrawn")));
    require("metered records", total(totals, "pairs"), total(totals, "metered"));
  }

  /// Σ exact = Σ rounded + Σ residue over the run's lines, Σ debit = Σ credit over its postings,
  /// and due customers = posted + quarantined + nothing due. Throws [OutOfBalance] if not.
  public void posted(UUID run) {
    var totals = new LinkedHashMap<String, BigDecimal>();
    jdbc.sql(Query.of("posted-totals"))
        .param("run", run)
        .query()
        .singleRow()
        .forEach((name, value) -> totals.put(name, decimal(value)));
    totals.forEach((name, value) -> write(run, name, value));
    require(
        "exact amounts",
        total(totals, "exact"),
        total(totals, "whole").add(total(totals, "residue")));
    require("credits", total(totals, "debit"), total(totals, "credit"));
    require(
        "customers posted, quarantined or without anything due",
        total(totals, "customers"),
        total(totals, "customers_ended"));
  }

  /// The totals of `run` by name.
  public SequencedMap<String, BigDecimal> of(UUID run) {
    var totals = new LinkedHashMap<String, BigDecimal>();
    jdbc.sql("select name, value from control_total where run_id = :run order by name")
        .param("run", run)
        .query(row -> {
          totals.put(row.getString("name"), row.getBigDecimal("value"));
        });
    return totals;
  }

  private void write(UUID run, String name, BigDecimal value) {
    jdbc.sql(
            """
            insert into control_total (run_id, name, value) values (:run, :name, :value)
                on conflict (run_id, name) do update set value = excluded.value\
            """)
        .param("run", run)
        .param("name", name)
        .param("value", value)
        .update();
  }

  private static BigDecimal decimal(Object value) {
    return new BigDecimal(value.toString());
  }

  private static BigDecimal total(Map<String, BigDecimal> totals, String name) {
    var value = totals.get(name);
    if (value == null) {
      throw new IllegalStateException("there is no control total " + name);
    }
    return value;
  }

  private static void require(String what, BigDecimal expected, BigDecimal found) {
    if (expected.compareTo(found) != 0) {
      throw new OutOfBalance(
          what + ": expected " + expected.toPlainString() + ", found " + found.toPlainString());
    }
  }
}
