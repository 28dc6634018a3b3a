package org.tallystick.app.cli;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.tallystick.domain.run.RunKind;
import org.tallystick.domain.run.RunState;
import org.tallystick.jobs.Runs;
import org.tallystick.readers.BusinessRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tallystick run KIND --as-of DATE`
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Executes a run to its end: nightly (meter, rate, invoice, post, reconcile), rate (meter and",
      "rate only) or reconcile (every check). A run that was begun goes on where it stood; one"
          + " that",
      "is posted is shown as it is, unless --reason says why it is to be run again."
    },
    footer = {
      "",
      "Examples:",
      "  tallystick run nightly --as-of 1993-11-01",
      "  tallystick run rate --as-of 1993-10-15 --customer user-4"
    })
final class RunCommand implements Callable<Integer> {

  @Mixin private Workplace workplace = new Workplace();

  @Parameters(paramLabel = "KIND", description = "nightly, rate or reconcile.")
  private String kind = "";

  @Option(
      names = "--as-of",
      required = true,
      paramLabel = "DATE",
      description = "The start of this local day, exclusive: 1993-11-01 bills October.")
  private LocalDate asOf = LocalDate.EPOCH;

  @Option(
      names = "--customer",
      paramLabel = "KEY",
      description = "Only what this customer used; repeatable.")
  private List<String> customers = List.of();

  @Option(
      names = "--reason",
      defaultValue = "",
      paramLabel = "TEXT",
      description = "Why a run that is posted is run again.")
  private String reason = "";

  @Override
  public Integer call() {
    var wanted = kind();
    return workplace.with(session -> {
      var run = session.get(Runs.class).run(wanted, asOf, customers, reason);
      RunsCommand.print(workplace, session, run);
      return run.state() == RunState.POSTED ? 0 : 1;
    });
  }

  private RunKind kind() {
    for (var known : List.of(RunKind.NIGHTLY, RunKind.RATE, RunKind.RECONCILE)) {
      if (known.code().equals(kind)) {
        return known;
      }
    }
    throw new BadInput("expected nightly, rate or reconcile, found '" + kind + "'");
  }

  /// What a run that was executed says in one line.
  static String line(BusinessRun run) {
    var name =
        "run "
            + run.runNo()
            + " "
            + run.kind().code()
            + (run.asOf() == null ? "" : " as-of " + run.asOf())
            + (run.scope().equals(Runs.ALL) || run.asOf() == null ? "" : " for " + run.scope());
    return run.message().isEmpty()
        ? name + ": " + run.state().code()
        : name + ": " + run.state().code() + ", " + run.message();
  }
}
