package org.tallystick.readers;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.money.Monetary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.money.Rounding;
import org.tallystick.domain.rating.RatedCharge;
import org.tallystick.sql.Query;

/// Proves a posted run again: hashes what is stored, and rates its usage lines anew from the
/// records, with the run's own as-of, cut-off and terms.
public final class RunVerifier {

  private final JdbcClient jdbc;
  private final PeriodRater rater;

  public RunVerifier(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.rater = new PeriodRater(jdbc, new TermsReader(jdbc));
  }

  /// What is not as it was; empty if all is.
  public List<String> verify(BusinessRun run) {
    var findings = new ArrayList<String>();
    var hash = new RunOutput(jdbc).hash(run.id());
    if (!hash.equals(run.outputHash())) {
      findings.add(
          "run "
              + run.runNo()
              + " was posted with output hash "
              + run.outputHash()
              + ", what is stored hashes to "
              + hash);
    }
    var lines =
        jdbc.sql(Query.of("remeter-run")).param("run", run.id()).query(RunVerifier::line).list();
    for (var line : lines) {
      var rated = rater.rateAgain(line.input());
      if (!line.agrees(rated)) {
        findings.add(
            "invoice "
                + line.number()
                + " line "
                + line.lineNo()
                + " bills the whole "
                + line.whole()
                + " (exactly "
                + line.exact()
                + "), its usage now rates at "
                + rated.netStored());
      }
    }
    return findings;
  }

  private static Line line(ResultSet row, int number) throws SQLException {
    return new Line(
        InvoiceNumber.of(row.getString("series"), row.getLong("number")),
        row.getInt("line_no"),
        PeriodInput.get(row),
        row.getBigDecimal("exact"),
        row.getBigDecimal("whole"));
  }

  private record Line(
      String number, int lineNo, PeriodInput input, BigDecimal exact, BigDecimal whole) {

    private boolean agrees(RatedCharge rated) {
      var rounded = Rounding.round(rated.net(), Monetary.getCurrency(input.portions().currency()));
      return rated.netStored().compareTo(exact) == 0 && rounded.compareTo(whole) == 0;
    }
  }
}
