package org.tallystick.writers;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.sql.Query;

/// Turns a run's drafts into numbered invoices: the point of no return, one short transaction.
///
/// A draft that must not be posted is dropped before a number is spent, and its payer is
/// quarantined; whatever has a number here is posted by this run or its restart. So the series has
/// no gap.
public final class InvoiceNumbers {

  private final JdbcClient jdbc;

  public InvoiceNumbers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Numbers the drafts of `run`, part of the caller's transaction; returns how many.
  public int number(UUID run) {
    jdbc.sql("select key from invoice_series order by key for update").query(String.class).list();
    jdbc.sql(
            """
            select w.id from wallet w
             where w.id in (select wallet_id from invoice where run_id = :run)
             order by w.id for update\
            """)
        .param("run", run)
        .query(UUID.class)
        .list();
    quarantineStale(run);
    update("settle-drafts", run);
    update("move-credit", run);
    update("advance-wallets", run);
    return update("number-invoices", run);
  }

  private int update(String query, UUID run) {
    return jdbc.sql(Query.of(query)).param("run", run).update();
  }

  /// All drafts of a payer with a draft that must not be posted go: they share a wallet. With the
  /// payer wait all who were to be billed with it.
  private void quarantineStale(UUID run) {
    jdbc.sql(Query.of("stale-drafts"))
        .param("run", run)
        .query(row -> {
          jdbc.sql(
                  """
                  update run_customer o
                     set outcome = 'quarantined',
                         reason = case c.id when y.id then '' else
                           'payer ' || y.key || ' is quarantined: ' end || :reason
                    from customer y join customer c on c.payer_id = y.id
                   where y.id = :payer and o.run_id = :run and o.customer_id = c.id
                     and o.outcome = 'drafted'\
                  """)
              .param("run", run)
              .param("payer", row.getObject("customer_id", UUID.class))
              .param("reason", row.getString("reason"))
              .update();
        });
    dropDrafts(
        """
        select i.id from invoice i
          join run_customer o on o.run_id = i.run_id and o.customer_id = i.customer_id
         where i.run_id = :run and o.outcome = 'quarantined'\
        """,
        run);
  }

  /// Drops what an earlier run drew up and never numbered: its usage is to be billed again.
  public void dropAbandoned(UUID run) {
    dropDrafts("select i.id from invoice i where i.run_id <> :run and i.sequence is null", run);
    jdbc.sql(
            """
            delete from run_customer o
             using customer c
             where o.run_id <> :run and o.outcome = 'drafted' and c.id = o.customer_id
               and not exists (select from invoice i
                                where i.run_id = o.run_id and i.customer_id = c.payer_id)\
            """)
        .param("run", run)
        .update();
  }

  private void dropDrafts(String which, UUID run) {
    var ids = jdbc.sql(which).param("run", run).query(UUID.class).list().toArray(UUID[]::new);
    for (var table :
        List.of("invoice_drawdown", "invoice_repayment", "invoice_line_part", "invoice_line")) {
      jdbc.sql("delete from " + table + " where invoice_id = any (:ids)")
          .param("ids", ids)
          .update();
    }
    jdbc.sql("delete from invoice where id = any (:ids)").param("ids", ids).update();
  }
}
