package org.tallystick.readers;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.catalog.RecordRule;
import org.tallystick.domain.rating.Measuring.Measured;
import org.tallystick.domain.time.Window;
import org.tallystick.readers.WindowReader.Row;
import org.tallystick.readers.WindowReader.Selection;
import org.tallystick.sql.Query;

/// The usage lines of posted invoices, and how their quantities came about: with the as-of, cut-off
/// and terms of the run that posted them.
public final class BilledUsageReader {

  private final JdbcClient jdbc;
  private final TermsReader terms;

  public BilledUsageReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.terms = new TermsReader(jdbc);
  }

  /// All usage lines that a run posted, by invoice number and line.
  List<BilledUsage> of(BusinessRun run) {
    return lines(run.id(), new InvoiceNumber("", 0));
  }

  /// The usage lines of an invoice.
  public List<BilledUsage> of(InvoiceNumber number) {
    return jdbc.sql("select run_id from invoice where series = :series and sequence = :sequence")
        .param("series", number.series())
        .param("sequence", number.sequence())
        .query((row, _) -> row.getObject("run_id", UUID.class))
        .optional()
        .map(run -> lines(run, number))
        .orElse(List.of());
  }

  private List<BilledUsage> lines(UUID run, InvoiceNumber number) {
    return jdbc.sql(Query.of("remeter-run"))
        .param("run", run)
        .param("series", number.series())
        .param("sequence", number.sequence())
        .query((row, _) -> BilledUsage.get(row))
        .list();
  }

  /// What a line's meter says of its service period, by windows in the billing zone, as far as the
  /// run metered it.
  public List<Row> windows(BilledUsage line, Window window) {
    var input = line.input();
    return input.starts().isBefore(input.through())
        ? new WindowReader(jdbc)
            .read(
                line.meter(),
                bounds(input, window),
                Selection.of(line.customer(), input.cutoff()),
                Integer.MAX_VALUE)
            .rows()
        : List.of();
  }

  private static List<Instant> bounds(PeriodInput input, Window window) {
    return window.bounds(input.starts(), input.through(), input.cut().zone());
  }

  /// The rule for single records that a line was priced by.
  public Optional<RecordRule> rule(BilledUsage line) {
    terms.prepare(List.of(line.input().terms()));
    return terms.get(line.input().terms()).records();
  }

  /// A line's records as that rule counts them; none without one.
  public List<Measured> records(BilledUsage line) {
    return new PeriodRater(jdbc, terms).measure(line.input());
  }
}
