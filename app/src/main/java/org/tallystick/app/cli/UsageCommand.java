package org.tallystick.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.domain.run.RunState;
import org.tallystick.domain.usage.SuspenseReason;
import org.tallystick.jobs.DryRuns;
import org.tallystick.jobs.Runs;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.FileReport;
import org.tallystick.readers.SuspenseReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tallystick usage …`
@Command(
    name = "usage",
    mixinStandardHelpOptions = true,
    description = "Usage files in, what became of their lines, and what meters say.",
    subcommands = {
      UsageCommand.Import.class,
      UsageFormatsCommand.class,
      UsageQueryCommand.class,
      UsageCommand.Suspense.class,
      WithdrawCommand.class,
      TraceCommand.class
    })
final class UsageCommand {

  /// `tallystick usage import FILE...`
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = {
        "Takes usage files in, plain, gzip, zip or zstd. Every line ends accepted, duplicate,"
            + " filtered or",
        "suspended. A file is known by its content: the same one again is refused, whatever its",
        "name. An import that was interrupted goes on where it stood."
      },
      footer = {
        "",
        "Examples:",
        "  tallystick usage formats detect jobs.swf.gz",
        "  tallystick usage import jobs.swf.gz --format swf --dry-run",
        "  tallystick usage import jobs.swf.gz --format swf",
        "",
        "With --dry-run, exit code 1 says that lines would be suspended."
      })
  static final class Import implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();

    @Parameters(
        arity = "1..*",
        paramLabel = "FILE",
        description = "Usage files, folders of them, or - for standard input.")
    private List<Path> files = List.of();

    @Option(
        names = "--format",
        required = true,
        paramLabel = "NAME",
        description = "A format that the catalog declares or that comes along.")
    private String format = "";

    @Option(
        names = "--dry-run",
        description = "Read the files, take nothing in, and say what an import would do.")
    private boolean isDryRun;

    @Override
    public Integer call() {
      return workplace.with(session -> isDryRun ? tryOut(session) : takeIn(session));
    }

    private int tryOut(Session session) {
      var paths = UsageFiles.of(files, workplace.data(), System.in);
      var reports = session.get(DryRuns.class).importFiles(paths, format);
      if (workplace.isJson()) {
        workplace.json(reports.stream().map(DryRunText::json).toList());
      } else {
        DryRunText.of(reports).forEach(workplace.out()::println);
      }
      return reports.stream().allMatch(report -> report.suspendedTotal() == 0) ? 0 : 1;
    }

    private int takeIn(Session session) {
      var reports = new ArrayList<Map<String, @Nullable Object>>();
      for (var file : UsageFiles.of(files, workplace.data(), System.in)) {
        var run = session.get(Runs.class).importFile(file, format);
        if (run.state() != RunState.POSTED) {
          throw new ImportFailed(file, run);
        }
        reports.add(new FileReport(session.get(JdbcClient.class)).of(run.scope()));
      }
      print(reports);
      return 0;
    }

    private void print(List<Map<String, @Nullable Object>> reports) {
      if (workplace.isJson()) {
        workplace.json(reports);
        return;
      }
      Table.of(reports).forEach(workplace.out()::println);
      if (reports.stream().anyMatch(report -> !Long.valueOf(0).equals(report.get("suspended")))) {
        workplace
            .out()
            .println("see the suspended lines: " + workplace.command("usage suspense list"));
      }
    }
  }

  /// `tallystick usage suspense …`
  @Command(
      name = "suspense",
      mixinStandardHelpOptions = true,
      description = "Lines that could not be read, and records that belong to nobody.",
      subcommands = SuspenseList.class)
  static final class Suspense {}

  /// `tallystick usage suspense list`
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description =
          "Lists suspended lines with file, line, reason and text, and unattributed usage.",
      footer = {"", "Example:", "  tallystick usage suspense list --reason bad_number"})
  static final class SuspenseList implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();

    @Option(
        names = "--reason",
        defaultValue = "",
        paramLabel = "REASON",
        description = "Only lines of this reason: bad_number, conflict, ...")
    private String reason = "";

    @Option(
        names = "--limit",
        defaultValue = "1000",
        paramLabel = "N",
        description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
      return workplace.with(this::list);
    }

    private void requireReason() {
      var known = Arrays.stream(SuspenseReason.values()).map(SuspenseReason::code).toList();
      if (!reason.isEmpty() && !known.contains(reason)) {
        throw new BadInput(
            "--reason expects one of " + String.join(", ", known) + ", found '" + reason + "'");
      }
    }

    private int list(Session session) {
      requireReason();
      var reader = new SuspenseReader(session.get(JdbcClient.class));
      var suspended = reader.suspended(reason, limit);
      var unattributed = reader.unattributed(limit);
      if (workplace.isJson()) {
        var both = new LinkedHashMap<String, Object>();
        both.put("suspended", suspended);
        both.put("unattributed", unattributed);
        workplace.json(both);
      } else {
        workplace.out().println("suspended lines");
        Table.of(suspended).forEach(workplace.out()::println);
        workplace.out().println();
        workplace.out().println("unattributed usage");
        Table.of(unattributed).forEach(workplace.out()::println);
      }
      return 0;
    }
  }

  /// An import that did not come to its end.
  static final class ImportFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImportFailed(Path file, BusinessRun run) {
      super(
          "import of "
              + file
              + " failed: "
              + run.message()
              + "; go on with it: tallystick runs restart "
              + run.runNo());
    }
  }
}
