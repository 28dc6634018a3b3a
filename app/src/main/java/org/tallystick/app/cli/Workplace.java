package org.tallystick.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tallystick.app.session.Session;
import org.tallystick.sql.Json;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What every command has: where the data is, how to print.
final class Workplace {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".tallystick",
      description = "Where the embedded database lives (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of(".tallystick");

  @Option(names = "--json", description = "Print JSON.")
  private boolean isJson;

  Path data() {
    return data;
  }

  /// A command to type next, on the same database: `tallystick runs list --data DIR`.
  String command(String words) {
    boolean isDefault = data.equals(Path.of(".tallystick"));
    return "tallystick " + words + (isDefault ? "" : " --data " + data);
  }

  boolean isJson() {
    return isJson;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /// Opens the application, does `work` and closes it, also when the process is told to end.
  int with(Function<Session, Integer> work) {
    return with((session, _) -> work.apply(session));
  }

  /// The same, for work that says itself how far it is.
  int with(BiFunction<Session, TerminalProgress, Integer> work) {
    var progress = new TerminalProgress(err());
    try (var session = Session.open(data, progress)) {
      var closing = new Thread(session::close, "closing");
      Runtime.getRuntime().addShutdownHook(closing);
      try {
        return work.apply(session, progress);
      } finally {
        progress.close();
        if (!isShuttingDown(closing)) {
          out().flush();
        }
      }
    }
  }

  private static boolean isShuttingDown(Thread hook) {
    try {
      return !Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /// Rows with the same columns: as JSON, or as a table.
  void print(List<Map<String, @Nullable Object>> rows) {
    if (isJson) {
      json(rows);
    } else {
      Table.of(rows).forEach(out()::println);
    }
  }

  void json(Object value) {
    out().println(Json.pretty(value));
  }
}
