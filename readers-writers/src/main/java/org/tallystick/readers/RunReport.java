package org.tallystick.readers;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What came of a run, to be shown.
public final class RunReport {

  private final JdbcClient jdbc;

  public RunReport(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private static final Set<String> MONEY =
      Set.of("amount", "credit", "debit", "exact", "residue", "unbilled", "whole");

  /// A run with what came of it: of one of a file what became of its lines, of another its control
  /// totals and the customers that it could not bill.
  public Map<String, @Nullable Object> of(BusinessRun run) {
    var report = new LinkedHashMap<String, @Nullable Object>();
    report.put("run", run.runNo());
    report.put("kind", run.kind().code());
    report.put("asOf", run.asOf() == null ? null : run.asOf().toString());
    report.put("scope", run.scope());
    report.put("number", run.number());
    report.put("state", run.state().code());
    report.put("message", run.message());
    report.put("requestedAt", run.requestedAt().toString());
    report.put("finishedAt", run.finishedAt() == null ? null : run.finishedAt().toString());
    report.put("outputHash", run.outputHash());
    switch (run.kind()) {
      case IMPORT -> report.put("report", new FileReport(jdbc).of(run.scope()));
      case SETTLE -> report.put("report", new SettledFileReport(jdbc).of(run.id()));
      case NIGHTLY, RATE, RECONCILE -> {
        report.put("outcome", outcome(run.id()));
        report.put("quarantined", quarantined(run.id()));
      }
    }
    return report;
  }

  /// The run's control totals by name: money as decimals, counts as whole numbers.
  public List<Map<String, @Nullable Object>> outcome(UUID run) {
    return jdbc.sql("select name, value from control_total where run_id = :run order by name")
        .param("run", run)
        .query((row, _) -> total(row.getString("name"), row.getBigDecimal("value")))
        .list();
  }

  private static Map<String, @Nullable Object> total(String name, BigDecimal value) {
    var total = new LinkedHashMap<String, @Nullable Object>();
    total.put("total", name.replace('_', ' '));
    total.put("value", MONEY.contains(name) ? value : (Object) value.longValueExact());
    return total;
  }

  /// The customers that could not be billed, and why.
  public List<Map<String, @Nullable Object>> quarantined(UUID run) {
    return jdbc.sql(
            """
            select c.key as customer, o.reason
              from run_customer o join customer c on c.id = o.customer_id
             where o.run_id = :run and o.outcome = 'quarantined'
             order by c.key collate "C\"\
            """)
        .param("run", run)
        .query()
        .listOfRows();
  }

  /// Invoices by as-of date: how many, and their sums.
  public List<Map<String, @Nullable Object>> bills() {
    return jdbc.sql(
            """
            select i.issue_date::text as issue_date, i.currency, count(*) as invoices,
                   sum(i.total) as total, sum(i.credit) as credit,
                   sum(i.due) as due
              from invoice i
             where i.sequence is not null
             group by i.issue_date, i.currency
             order by i.issue_date, i.currency\
            """)
        .query()
        .listOfRows();
  }

  /// The books: debits and credits per account.
  public List<Map<String, @Nullable Object>> accounts() {
    return jdbc.sql(
            """
            select p.account, p.unit,
                   coalesce(sum(p.amount) filter (where p.side = 'debit'), 0)  as debit,
                   coalesce(sum(p.amount) filter (where p.side = 'credit'), 0) as credit
              from posting p
             group by p.account, p.unit
             order by p.account, p.unit\
            """)
        .query()
        .listOfRows();
  }
}
