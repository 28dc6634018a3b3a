package org.tallystick.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.domain.run.RunState;
import org.tallystick.jobs.Runs;
import org.tallystick.readers.FileReport;

/// A file to be taken in by a format.
record UsageImport(Path file, String format) {

  /// Takes files in, one after the other, and says what became of their lines; the exit code.
  /// Throws [RunFailed] at the first that does not come to its end.
  static int report(Workplace workplace, Session session, List<UsageImport> imports) {
    var reports = new ArrayList<Map<String, @Nullable Object>>();
    long late = 0;
    for (var next : imports) {
      var run = session.get(Runs.class).importFile(next.file(), next.format());
      if (run.state() != RunState.POSTED) {
        throw new RunFailed(next.file(), run);
      }
      var report = new FileReport(session.get(JdbcClient.class));
      reports.add(report.of(run.scope()));
      late += report.late(run.scope());
    }
    if (workplace.isJson()) {
      workplace.json(reports);
      return 0;
    }
    Table.of(reports).forEach(workplace.out()::println);
    if (reports.stream().anyMatch(report -> !Long.valueOf(0).equals(report.get("suspended")))) {
      workplace
          .out()
          .println("see the suspended lines: " + workplace.command("usage suspense list"));
    }
    if (late > 0) {
      workplace
          .out()
          .println(
              Table.grouped(late)
                  + " late: their periods are closed, the next invoices carry the difference");
    }
    return 0;
  }
}
