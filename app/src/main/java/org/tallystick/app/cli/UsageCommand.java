package org.tallystick.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.tallystick.app.session.Session;
import org.tallystick.jobs.DryRuns;
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
      SuspenseCommand.class,
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
      var paths = InputFiles.of(files, workplace.data(), System.in);
      var reports = session.get(DryRuns.class).importFiles(paths, format);
      if (workplace.isJson()) {
        workplace.json(reports.stream().map(DryRunText::json).toList());
      } else {
        DryRunText.of(reports).forEach(workplace.out()::println);
      }
      return reports.stream().allMatch(report -> report.suspendedTotal() == 0) ? 0 : 1;
    }

    private int takeIn(Session session) {
      return UsageImport.report(
          workplace,
          session,
          InputFiles.of(files, workplace.data(), System.in).stream()
              .map(file -> new UsageImport(file, format))
              .toList());
    }
  }
}
