package org.tallystick.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.domain.run.RunState;
import org.tallystick.jobs.Runs;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.FileReport;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.RunReport;
import org.tallystick.readers.RunVerifier;
import org.tallystick.readers.SettledFileReport;
import org.tallystick.sql.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tallystick runs …`
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "What was run, and how it ended.",
    subcommands = {
      RunsCommand.ListRuns.class,
      RunsCommand.Show.class,
      RunsCommand.Restart.class,
      RunsCommand.Verify.class
    })
final class RunsCommand {

  /// `tallystick runs list`
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the latest runs, the newest first.")
  static final class ListRuns implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();

    @Option(
        names = "--limit",
        defaultValue = "20",
        paramLabel = "N",
        description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
      return workplace.with(session -> {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var run : new RunReader(session.get(JdbcClient.class)).latest(limit)) {
          rows.add(row(run));
        }
        workplace.print(rows);
        return 0;
      });
    }

    private static Map<String, @Nullable Object> row(BusinessRun run) {
      var row = new LinkedHashMap<String, @Nullable Object>();
      row.put("run", run.runNo());
      row.put("kind", run.kind().code());
      row.put("as_of", run.asOf() == null ? "" : run.asOf().toString());
      row.put("scope", run.scope().length() > 40 ? run.scope().substring(0, 12) : run.scope());
      row.put("number", (long) run.number());
      row.put("state", run.state().code());
      row.put("output_hash", run.outputHash() == null ? "" : run.outputHash().substring(0, 12));
      row.put("message", run.message());
      return row;
    }
  }

  /// `tallystick runs show RUN`
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "Shows a run with its control totals and quarantined customers; --json its manifest too.")
  static final class Show implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();

    @Parameters(paramLabel = "RUN", description = "The number that `runs list` shows.")
    private long runNo;

    @Override
    public Integer call() {
      return workplace.with(session -> {
        print(workplace, session, find(session, runNo));
        return 0;
      });
    }
  }

  /// `tallystick runs restart RUN`
  @Command(
      name = "restart",
      mixinStandardHelpOptions = true,
      description = "Goes on with a run that failed, was stopped or died, where it stood.")
  static final class Restart implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();

    @Parameters(paramLabel = "RUN", description = "The number that `runs list` shows.")
    private long runNo;

    @Override
    public Integer call() {
      return workplace.with(session -> {
        var run = session.get(Runs.class).restart(runNo);
        print(workplace, session, run);
        return run.state() == RunState.POSTED ? 0 : 1;
      });
    }
  }

  /// `tallystick runs verify [RUN]`
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Hashes again what a run wrote and compares with its manifest; rates its usage lines again",
        "from the records. All posted runs if none is named."
      })
  static final class Verify implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The number of a posted run.")
    private @Nullable Long runNo;

    @Override
    public Integer call() {
      return workplace.with(session -> {
        var runs = runNo == null ? posted(session) : List.of(find(session, runNo));
        var findings = findings(session, runs);
        if (workplace.isJson()) {
          workplace.json(Map.of("runs", runs.size(), "findings", findings));
        } else {
          findings.forEach(workplace.out()::println);
          workplace
              .out()
              .println("runs verified: " + runs.size() + ", findings: " + findings.size());
        }
        return findings.isEmpty() ? 0 : 1;
      });
    }
  }

  /// Every posted run but those of files, oldest first.
  static List<BusinessRun> posted(Session session) {
    return new RunReader(session.get(JdbcClient.class))
        .latest(Integer.MAX_VALUE).reversed().stream()
            .filter(run -> run.state() == RunState.POSTED && !run.kind().isOfFile())
            .toList();
  }

  static List<String> findings(Session session, List<BusinessRun> runs) {
    var verifier = new RunVerifier(session.get(JdbcClient.class));
    var findings = new ArrayList<String>();
    for (var run : runs) {
      if (run.state() != RunState.POSTED) {
        throw new BadInput("run " + run.runNo() + " is " + run.state().code() + ", not posted");
      }
      findings.addAll(verifier.verify(run));
    }
    return findings;
  }

  private static BusinessRun find(Session session, long runNo) {
    return new RunReader(session.get(JdbcClient.class))
        .byNo(runNo)
        .orElseThrow(() -> new BadInput("there is no run " + runNo));
  }

  private static List<Map<String, @Nullable Object>> outcome(Session session, BusinessRun run) {
    var jdbc = session.get(JdbcClient.class);
    return switch (run.kind()) {
      case IMPORT -> List.of(new FileReport(jdbc).of(run.scope()));
      case SETTLE -> List.of(new SettledFileReport(jdbc).of(run.id()));
      case NIGHTLY, RATE, RECONCILE -> new RunReport(jdbc).outcome(run.id());
    };
  }

  /// Prints a run with everything that is known of it.
  static void print(Workplace workplace, Session session, BusinessRun run) {
    var report = new RunReport(session.get(JdbcClient.class));
    if (workplace.isJson()) {
      var json = report.of(run);
      json.put("manifest", run.manifest() == null ? null : Json.read(run.manifest()));
      workplace.json(json);
      return;
    }
    var out = workplace.out();
    out.println(RunCommand.line(run));
    Table.of(outcome(session, run)).forEach(line -> out.println("  " + line));
    var quarantined = report.quarantined(run.id());
    if (!quarantined.isEmpty()) {
      out.println("quarantined");
      Table.of(quarantined).forEach(line -> out.println("  " + line));
    }
    if (run.outputHash() != null) {
      out.println("output hash " + run.outputHash());
    }
    if (run.state() == RunState.FAILED) {
      out.println("when it is mended: " + workplace.command("runs restart " + run.runNo()));
    }
  }
}
