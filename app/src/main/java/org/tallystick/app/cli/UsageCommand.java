package org.tallystick.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
      footer = {"", "Example:", "  tallystick usage import jobs.swf.gz --format swf"})
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
        description = "A format that the catalog declares.")
    private String format = "";

    @Override
    public Integer call() {
      return workplace.with(session ->
          UsageImport.report(
              workplace,
              session,
              UsageFiles.of(files, workplace.data(), System.in).stream()
                  .map(file -> new UsageImport(file, format))
                  .toList()));
    }
  }
}
