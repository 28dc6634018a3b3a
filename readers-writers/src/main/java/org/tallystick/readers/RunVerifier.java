package org.tallystick.readers;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.money.Rounding;
import org.tallystick.domain.rating.RatedCharge;

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
    for (var line : new BilledUsageReader(jdbc).of(run)) {
      var rated = rater.rateAgain(line.input());
      if (!agrees(line, rated)) {
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

  private static boolean agrees(BilledUsage line, RatedCharge rated) {
    var currency = line.input().cut().unit();
    return rated.netStored().compareTo(line.exact()) == 0
        && Rounding.round(rated.net(), currency).compareTo(line.whole()) == 0;
  }
}
