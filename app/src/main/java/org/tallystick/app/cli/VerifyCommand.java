package org.tallystick.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.readers.Checks;
import org.tallystick.readers.LedgerVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `tallystick verify`
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Runs every check, hashes the books again entry by entry, and verifies every posted run.",
      "Exit 1 if anything is found."
    })
final class VerifyCommand implements Callable<Integer> {

  @Mixin private Workplace workplace = new Workplace();

  @Override
  public Integer call() {
    return workplace.with(this::verify);
  }

  private int verify(Session session) {
    var jdbc = session.get(JdbcClient.class);
    var findings = new ArrayList<String>();
    for (var finding : new Checks(jdbc).run()) {
      findings.add(finding.check() + ": " + finding.what());
    }
    findings.addAll(new LedgerVerifier(jdbc).verify());
    var runs = RunsCommand.posted(session);
    findings.addAll(RunsCommand.findings(session, runs));
    if (workplace.isJson()) {
      var json = new LinkedHashMap<String, Object>();
      json.put("checks", Checks.NAMES);
      json.put("runs", runs.size());
      json.put("findings", findings);
      workplace.json(json);
    } else {
      findings.forEach(workplace.out()::println);
      workplace
          .out()
          .println(
              Checks.NAMES.size()
                  + " checks, the hash chain of the books and "
                  + runs.size()
                  + " posted runs verified, findings: "
                  + findings.size());
    }
    return findings.isEmpty() ? 0 : 1;
  }
}
