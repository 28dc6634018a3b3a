package org.tallystick.app.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.dao.CannotAcquireLockException;
import org.tallystick.app.database.DatabaseUnavailable;
import org.tallystick.domain.time.Window;
import org.tallystick.jobs.RunRefused;
import org.tallystick.readers.CatalogRefused;
import org.tallystick.readers.UnreadableFile;
import org.tallystick.sql.Query;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.TypeConversionException;

/// All commands, and what a failure of any of them is to the one who typed it: exit 0 done, 1
/// failed or a check found something, 2 bad arguments or unreadable input.
@Command(
    name = "tallystick",
    mixinStandardHelpOptions = true,
    versionProvider = CommandTree.Version.class,
    description = "The open-source bill run: usage in, invoices and ledger out.",
    footer = {
      "",
      "Examples:",
      "  tallystick demo",
      "  tallystick catalog apply catalog.yaml --dry-run",
      "  tallystick usage import usage.swf.gz --format swf",
      "  tallystick run nightly --as-of 1993-11-01",
      "",
      "TALLYSTICK_DB_URL (with _USER, _PASSWORD) names a PostgreSQL server, 15 or newer; without"
          + " it",
      "an embedded PostgreSQL keeps its data in .tallystick, or where --data says.",
      "Exit codes: 0 done, 1 failed or a check found something, 2 bad arguments or input."
    },
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      CatalogCommand.class,
      UsageCommand.class,
      RunCommand.class,
      RunsCommand.class,
      SimulateCommand.class,
      InvoiceCommand.class,
      WalletCommand.class,
      VerifyCommand.class
    })
public final class CommandTree implements Runnable {

  private static final int FAILED = 1;
  private static final int BAD_INPUT = 2;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /// Executes what was typed; returns the exit code.
  public static int execute(String... arguments) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    return execute(out, err, arguments);
  }

  /// The same, printed elsewhere.
  public static int execute(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new CommandTree())
        .setOut(out)
        .setErr(err)
        .setUsageHelpWidth(100)
        .registerConverter(LocalDate.class, CommandTree::date)
        .registerConverter(Instant.class, CommandTree::instant)
        .registerConverter(Window.class, CommandTree::window)
        .registerConverter(Long.class, CommandTree::number)
        .registerConverter(long.class, CommandTree::number)
        .setExecutionExceptionHandler((failure, line, _) -> tell(failure, line))
        .execute(arguments);
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("expected a date like 1993-11-01, found '" + text + "'");
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "expected an instant like 2024-01-01T00:00:00Z, found '" + text + "'");
    }
  }

  private static Window window(String text) {
    try {
      return Window.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "expected one of " + List.of(Window.values()) + ", found '" + text + "'");
    }
  }

  private static long number(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new TypeConversionException("expected a number, found '" + text + "'");
    }
    return Long.parseLong(text);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int tell(Exception failure, CommandLine line) {
    var problem = problem(failure);
    if (problem.isPresent()) {
      line.getErr().println("tallystick: " + problem.get().message());
      return problem.get().exitCode();
    }
    line.getErr().println("tallystick: internal error, please report it with this trace");
    failure.printStackTrace(line.getErr());
    return FAILED;
  }

  /// The first failure in the chain of causes that a person can do something about.
  private static Optional<Problem> problem(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      var message = String.valueOf(cause.getMessage());
      switch (cause) {
        case CatalogRefused _, UnreadableFile _, BadInput _ -> {
          return Optional.of(new Problem(message, BAD_INPUT));
        }
        case RunRefused _, DatabaseUnavailable _ -> {
          return Optional.of(new Problem(message, FAILED));
        }
        case CannotAcquireLockException busy -> {
          return Optional.of(new Problem(message.replaceFirst(";.*", ""), FAILED));
        }
        case PortInUseException port -> {
          return Optional.of(
              new Problem(
                  "port " + port.getPort() + " is in use; choose another with --port", FAILED));
        }
        case SQLException e when isUnusable(e) -> {
          return Optional.of(new Problem("the database cannot be used: " + message, FAILED));
        }
        case UncheckedIOException _ -> {
          return Optional.of(new Problem(message, FAILED));
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  /// No connection, no permission, no such database, or shutting down (SQLSTATE classes 08, 28, 3D
  /// and 57): anything else is a bug of ours.
  private static boolean isUnusable(SQLException failure) {
    var state = String.valueOf(failure.getSQLState());
    return state.startsWith("08")
        || state.startsWith("28")
        || state.startsWith("3D")
        || state.startsWith("57");
  }

  private record Problem(String message, int exitCode) {}

  /// What `--version` says.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "tallystick " + Query.read("/version.txt").strip() + ", Java " + Runtime.version()
      };
    }
  }
}
