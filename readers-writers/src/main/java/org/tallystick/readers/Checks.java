package org.tallystick.readers;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.sql.Query;

/// The queries in `sql/checks`, none of which may return a row.
public final class Checks {

  /// In the order in which they are run and shown.
  public static final List<String> NAMES =
      List.of(
          "files-are-accounted-for",
          "usage-is-metered-once",
          "billed-time-has-no-gap",
          "settled-periods-are-invoiced",
          "commitments-count-what-was-invoiced",
          "lines-continue-each-other",
          "totals-are-sums",
          "invoice-numbers-have-no-gap",
          "numbered-invoices-are-in-the-books",
          "entries-balance",
          "receivables-are-invoices",
          "credit-is-in-the-books",
          "balances-are-sums",
          "ledger-chains-are-whole");

  /// So many findings of a check are told; one is enough to act on.
  private static final int FINDINGS_MAX = 20;

  private final JdbcClient jdbc;

  public Checks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Runs all checks; what they found, in their order, empty if all is well.
  public List<Finding> run() {
    var findings = new ArrayList<Finding>();
    for (var name : NAMES) {
      findings.addAll(run(name));
    }
    return findings;
  }

  /// Runs one check.
  public List<Finding> run(String name) {
    return jdbc.sql(Query.read("/sql/checks/" + name + ".sql"))
        .withMaxRows(FINDINGS_MAX)
        .query((row, _) -> new Finding(name, row.getString("finding")))
        .list();
  }

  /// A row that should not be there.
  public record Finding(String check, String what) {}
}
