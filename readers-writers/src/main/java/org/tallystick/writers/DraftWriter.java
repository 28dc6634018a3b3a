package org.tallystick.writers;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import javax.money.Monetary;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.invoice.DuePeriod;
import org.tallystick.domain.invoice.InvoiceDraft;
import org.tallystick.domain.invoice.InvoiceLine;
import org.tallystick.domain.invoice.Invoicing;
import org.tallystick.domain.wallet.Drawdown;
import org.tallystick.domain.wallet.Drawdowns;
import org.tallystick.readers.DueContract;
import org.tallystick.readers.DuePayer;
import org.tallystick.readers.DueReader;
import org.tallystick.readers.TermsReader;
import org.tallystick.sql.Copy;
import org.tallystick.sql.Query;

/// Draws up the invoices of a chunk of payers and notes what became of each customer whom they pay
/// for, and of themselves: drafted, nothing due, or quarantined with the payer.
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
    var outcomes = new Outcomes(run);
    for (var payer : due.read(chunk.getItems().toArray(UUID[]::new))) {
      var customers = payer.contracts().stream().map(DueContract::customer).distinct().toList();
      if (payer.heldBack().isPresent()) {
        outcomes.quarantine(customers, payer.heldBack().get());
      } else {
        var drawn = drafts(payer);
        var lacking = drawn.stream().flatMap(Draft::lacking).findFirst();
        if (lacking.isPresent()) {
          outcomes.quarantine(customers, lacking.get());
        } else {
          drafts.addAll(drawn);
          outcomes.end(customers, drawn);
        }
      }
    }
    outcomes.into(dataSource);
    jdbc.sql(Query.of("settle-nothing-due"))
        .param("run", run)
        .param("customers", outcomes.nothingDue.toArray(UUID[]::new))
        .update();
    write(drafts);
  }

  /// One bill over everything, or one per contract, of what has something to bill: an invoice and
  /// statements of credits. Credit goes to the contracts in their order.
  private static List<Draft> drafts(DuePayer payer) {
    var wallets = new HashMap<String, Drawdowns>();
    payer.wallets().forEach((unit, wallet) -> wallets.put(unit, wallet.drawdowns()));
    var documents =
        payer.isConsolidated()
            ? List.of(payer.contracts())
            : payer.contracts().stream().map(List::of).toList();
    return documents.stream()
        .flatMap(contracts -> Draft.of(payer, contracts, wallets))
        .filter(draft -> !draft.invoice().isEmpty())
        .toList();
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
      var unit = draft.invoice().unit().getCurrencyCode();
      var wallet = draft.payer().wallet(unit);
      invoices.row(
          ids.get(i),
          draft.payer().payer(),
          draft.contract(),
          run,
          issueDate,
          unit,
          draft.invoice().total(),
          draft.invoice().credit(),
          wallet.id(),
          wallet.id() == null ? null : wallet.version());
      rows.add(ids.get(i), draft);
      rows.evenOut(ids.get(i), draft.invoice().repayments());
    }
    invoices.into(dataSource);
    rows.into(dataSource);
  }

  /// An invoice or a statement to `payer`, of one contract or consolidated; `customers` says by
  /// item whose usage a line is.
  private record Draft(
      DuePayer payer, @Nullable UUID contract, Map<UUID, UUID> customers, InvoiceDraft invoice) {

    private static Stream<Draft> of(
        DuePayer payer, List<DueContract> contracts, Map<String, Drawdowns> wallets) {
      var customers = new HashMap<UUID, UUID>();
      var periods = new ArrayList<List<DuePeriod>>();
      for (var contract : contracts) {
        periods.add(contract.periods());
        contract.periods().forEach(due -> customers.put(due.item(), contract.customer()));
      }
      var contract = payer.isConsolidated() ? null : contracts.getFirst().contract();
      return Invoicing.bill(periods, Monetary.getCurrency(payer.currency()), wallets).stream()
          .map(invoice -> new Draft(payer, contract, customers, invoice));
    }

    /// Which credits are not there, in words.
    private Stream<String> lacking() {
      return invoice.lines().stream()
          .filter(line -> line.lacking().signum() > 0)
          .map(line ->
              "rate card %s lacks %s %s from %s: %s due, %s there"
                  .formatted(
                      line.due().card().key(),
                      line.lacking().toPlainString(),
                      invoice.unit().getCurrencyCode(),
                      line.due().period().starts(),
                      line.amount().toPlainString(),
                      line.credit().toPlainString()));
    }

    private UUID customer(InvoiceLine line) {
      return Objects.requireNonNull(customers.get(line.due().item()));
    }
  }

  /// Where the customers of a chunk ended.
  private static final class Outcomes {

    private final UUID run;
    private final Copy rows = new Copy("run_customer (run_id, customer_id, outcome, reason)");
    private final List<UUID> nothingDue = new ArrayList<>();

    private Outcomes(UUID run) {
      this.run = run;
    }

    private void quarantine(List<UUID> customers, String reason) {
      customers.forEach(customer -> rows.row(run, customer, "quarantined", reason));
    }

    /// Of those who were due, whoever has a line is drafted; so is a payer with lines of others.
    private void end(List<UUID> due, List<Draft> drafts) {
      var drafted = new LinkedHashSet<UUID>();
      for (var draft : drafts) {
        drafted.add(draft.payer().payer());
        draft.invoice().lines().forEach(line -> drafted.add(draft.customer(line)));
      }
      drafted.forEach(customer -> rows.row(run, customer, "drafted", ""));
      for (var customer : due) {
        if (!drafted.contains(customer)) {
          rows.row(run, customer, "nothing due", "");
          nothingDue.add(customer);
        }
      }
    }

    private void into(DataSource dataSource) {
      rows.into(dataSource);
    }
  }

  /// The rows below the invoices of a chunk, on their way to their four tables.
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
    private final Copy repayments = new Copy("invoice_repayment (invoice_id, grant_id, amount)");

    private void add(UUID invoice, Draft draft) {
      for (int n = 1; n <= draft.invoice().lines().size(); n++) {
        var line = draft.invoice().lines().get(n - 1);
        var due = line.due();
        lines.row(
            invoice,
            n,
            draft.customer(line),
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

    private void evenOut(UUID invoice, List<Drawdown> repaid) {
      repaid.forEach(part -> repayments.row(invoice, part.grant().id(), part.amount()));
    }

    private void into(DataSource dataSource) {
      lines.into(dataSource);
      parts.into(dataSource);
      draws.into(dataSource);
      repayments.into(dataSource);
    }
  }
}
