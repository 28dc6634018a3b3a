package org.tallystick.writers;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.money.Monetary;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.invoice.InvoiceDraft;
import org.tallystick.domain.invoice.InvoiceLine;
import org.tallystick.domain.invoice.Invoicing;
import org.tallystick.domain.wallet.Drawdowns;
import org.tallystick.readers.DueCustomer;
import org.tallystick.readers.DueReader;
import org.tallystick.readers.TermsReader;
import org.tallystick.sql.Copy;
import org.tallystick.sql.Query;

/// Draws up the invoices of a chunk of customers and notes what became of each of them: drafted, or
/// nothing due.
public final class DraftWriter implements ItemWriter<UUID> {

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final DueReader due;
  private final UUID run;
  private final LocalDate issueDate;

  public DraftWriter(DataSource dataSource, TermsReader terms, UUID run, LocalDate issueDate) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
    this.due = new DueReader(jdbc, terms, run);
    this.run = run;
    this.issueDate = issueDate;
  }

  @Override
  public void write(Chunk<? extends UUID> chunk) {
    var drafts = new ArrayList<Draft>();
    var outcomes = new Copy("run_customer (run_id, customer_id, outcome)");
    var nothingDue = new ArrayList<UUID>();
    for (var customer : due.read(chunk.getItems().toArray(UUID[]::new))) {
      var drawn = drafts(customer);
      drafts.addAll(drawn);
      outcomes.row(run, customer.customer(), drawn.isEmpty() ? "nothing due" : "drafted");
      if (drawn.isEmpty()) {
        nothingDue.add(customer.customer());
      }
    }
    outcomes.into(dataSource);
    jdbc.sql(Query.of("settle-nothing-due"))
        .param("run", run)
        .param("customers", nothingDue.toArray(UUID[]::new))
        .update();
    write(drafts);
  }

  /// One draft per contract that has something to bill; credit goes to the contracts in their
  /// order.
  private static List<Draft> drafts(DueCustomer customer) {
    var currency = Monetary.getCurrency(customer.currency());
    var wallet = new Drawdowns(customer.wallet().grants());
    var drafts = new ArrayList<Draft>();
    customer
        .contracts()
        .forEach((contract, periods) -> {
          var draft = Invoicing.draft(periods, currency, wallet);
          if (!draft.isEmpty()) {
            drafts.add(new Draft(customer, contract, draft));
          }
        });
    return drafts;
  }

  private void write(List<Draft> drafts) {
    var ids = Ids.next(jdbc, drafts.size());
    var invoices =
        new Copy(
            "invoice (id, customer_id, contract_id, run_id, issue_date, currency, total, credit,"
                + " wallet_id, wallet_version)");
    var rows = new LineCopies();
    for (int i = 0; i < drafts.size(); i++) {
      var draft = drafts.get(i);
      var wallet = draft.customer().wallet();
      invoices.row(
          ids.get(i),
          draft.customer().customer(),
          draft.contract(),
          run,
          issueDate,
          draft.customer().currency(),
          draft.invoice().total(),
          draft.invoice().credit(),
          wallet.id(),
          wallet.id() == null ? null : wallet.version());
      rows.add(ids.get(i), draft.customer().customer(), draft.invoice().lines());
    }
    invoices.into(dataSource);
    rows.into(dataSource);
  }

  private record Draft(DueCustomer customer, UUID contract, InvoiceDraft invoice) {}

  /// The rows below the invoices of a chunk, on their way to their three tables.
  private static final class LineCopies {

    private final Copy lines =
        new Copy(
            "invoice_line (invoice_id, line_no, customer_id, item_id, starts, ends, category,"
                + " sequence, name, quantity, unit, terms_id, exact, whole, residue,"
                + " invoiced_before, amount)");
    private final Copy parts =
        new Copy(
            "invoice_line_part (invoice_id, line_no, part_no, key, quantity, unit_price, amount)");
    private final Copy draws = new Copy("invoice_drawdown (invoice_id, line_no, grant_id, amount)");

    private void add(UUID invoice, UUID customer, List<InvoiceLine> invoiceLines) {
      for (int n = 1; n <= invoiceLines.size(); n++) {
        var line = invoiceLines.get(n - 1);
        var due = line.due();
        lines.row(
            invoice,
            n,
            customer,
            due.item(),
            due.period().starts(),
            due.period().ends(),
            line.category().name().toLowerCase(Locale.ROOT),
            line.sequence(),
            due.card().name(),
            line.quantity().stored(),
            line.unit(),
            due.terms(),
            line.exact(),
            line.whole(),
            line.residue(),
            line.invoicedBefore(),
            line.amount());
        for (int p = 1; p <= line.parts().size(); p++) {
          var part = line.parts().get(p - 1);
          parts.row(
              invoice,
              n,
              p,
              part.key(),
              part.quantity().stored(),
              part.unitPrice(),
              part.amount().stored());
        }
        for (var drawdown : line.drawdowns()) {
          draws.row(invoice, n, drawdown.grant().id(), drawdown.amount());
        }
      }
    }

    private void into(DataSource dataSource) {
      lines.into(dataSource);
      parts.into(dataSource);
      draws.into(dataSource);
    }
  }
}
