package org.tallystick.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.domain.run.RunKind;
import org.tallystick.domain.run.RunState;
import org.tallystick.jobs.Runs;
import org.tallystick.readers.InputFile;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.SettledFileReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tallystick wallet settle` and `tallystick wallet refused`
@Command(
    name = "settle",
    mixinStandardHelpOptions = true,
    description = {
      "Settles the requests on wallets in CSV files: jobs, or credits that were used. The first"
          + " line",
      "names the columns; of jobs: project, job, device, and batch, runs, start, end, cancel; of",
      "credits: customer, id, amount, and unit, and others that are kept with it. A line is"
          + " settled",
      "once, however often it is given."
    },
    footer = {
      "",
      "Examples:",
      "  tallystick wallet settle jobs-2026-03-01.csv",
      "  tallystick wallet settle exports/"
    })
final class WalletSettleCommand implements Callable<Integer> {

  private static final int SHOWN = 10;

  @Mixin private Workplace workplace = new Workplace();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files, folders of them, or - for standard input.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    return workplace.with(session -> {
      var reports = new ArrayList<Map<String, @Nullable Object>>();
      var refused = new ArrayList<String>();
      for (var path : InputFiles.of(files, workplace.data(), System.in)) {
        var run = session.get(Runs.class).settleFile(InputFile.of(path));
        if (run.state() != RunState.POSTED) {
          throw new RunFailed(path, run);
        }
        var report = new SettledFileReport(session.get(JdbcClient.class));
        var lines = report.of(run.id());
        lines.put("run", run.runNo());
        reports.add(lines);
        List<Map<String, @Nullable Object>> first = report.refused(run.id(), SHOWN);
        for (var line : first) {
          refused.add(text(path, line));
        }
        if (!first.isEmpty()) {
          refused.add("all of them: " + workplace.command("wallet refused " + run.runNo()));
        }
      }
      workplace.print(reports);
      if (!workplace.isJson()) {
        refused.forEach(workplace.out()::println);
      }
      return 0;
    });
  }

  private static String text(Path path, Map<String, @Nullable Object> line) {
    return path.getFileName() + ", line " + line.get("line") + ": " + line.get("message");
  }

  /// `tallystick wallet refused RUN`
  @Command(
      name = "refused",
      mixinStandardHelpOptions = true,
      description = "Lists the lines of a file of requests that were not settled, and why.",
      footer = {"", "Examples:", "  tallystick wallet refused 12 --json"})
  static final class RefusedLines implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();

    @Parameters(paramLabel = "RUN", description = "The number of the run that settled the file.")
    private long runNo;

    @Option(
        names = "--limit",
        defaultValue = "1000",
        paramLabel = "N",
        description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
      return workplace.with(session -> {
        var report = new SettledFileReport(session.get(JdbcClient.class));
        workplace.print(report.refused(run(session), limit));
        return 0;
      });
    }

    private UUID run(Session session) {
      return new RunReader(session.get(JdbcClient.class))
          .byNo(runNo)
          .filter(run -> run.kind() == RunKind.SETTLE)
          .orElseThrow(() -> new BadInput("run " + runNo + " settles no file of requests"))
          .id();
    }
  }
}
