package org.tallystick.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.writers.Withdrawals;
import org.tallystick.writers.Withdrawals.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tallystick usage withdraw SOURCE ID` and `--file FILE`
@Command(
    name = "withdraw",
    mixinStandardHelpOptions = true,
    description = {
      "Says that a usage record, or every record of a file, no longer counts. The next run bills",
      "the difference; what is posted stays as it is. The record stays known: importing it again",
      "finds a duplicate."
    },
    footer = {
      "",
      "Examples:",
      "  tallystick usage withdraw nasa-ipsc 90001 --reason \"ran for the operator\"",
      "  tallystick usage withdraw --file late.csv --reason \"the wrong month\""
    })
final class WithdrawCommand implements Callable<Integer> {

  @Mixin private Workplace workplace = new Workplace();

  @Parameters(
      arity = "0..2",
      paramLabel = "SOURCE ID",
      description = "The identity of one record: the source of its format, and its id.")
  private List<String> identity = List.of();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A file by the name it was imported by, or by the SHA-256 of its bytes.")
  private @Nullable String file;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why it no longer counts; kept with it.")
  private String reason = "";

  @Override
  public Integer call() {
    if (reason.isBlank()) {
      throw new BadInput("--reason expects a text, found '" + reason + "'");
    }
    if (identity.size() != (file == null ? 2 : 0)) {
      throw new BadInput("expected SOURCE ID or --file FILE, found " + identity.size() + " names");
    }
    return workplace.with(session -> {
      var withdrawals = new Withdrawals(session.get(JdbcClient.class));
      return switch (file == null
          ? withdrawals.record(identity.get(0), identity.get(1), reason)
          : withdrawals.file(file, reason)) {
        case Outcome.Withdrawn withdrawn -> print(withdrawn);
        case Outcome.Refused(var why) -> refuse(why);
      };
    });
  }

  private int print(Outcome.Withdrawn withdrawn) {
    if (workplace.isJson()) {
      var json = new LinkedHashMap<String, Object>();
      json.put("what", withdrawn.what());
      json.put("withdrawn", withdrawn.records());
      json.put("withdrawnBefore", withdrawn.before().map(Withdrawals.Before::records).orElse(0L));
      workplace.json(json);
    } else {
      workplace.out().println(message(withdrawn));
    }
    return 0;
  }

  private static String message(Outcome.Withdrawn withdrawn) {
    var before =
        withdrawn
            .before()
            .map(b ->
                "%s withdrawn before, first on %s: %s"
                    .formatted(Table.grouped(b.records()), b.day(), b.reason()));
    var records = withdrawn.what() + ": " + Table.grouped(withdrawn.records()) + " withdrawn";
    return before.map(b -> records + ", " + b).orElse(records);
  }

  private int refuse(String why) {
    workplace.err().println("tallystick: " + why);
    return 1;
  }
}
