package org.tallystick.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.tallystick.api.openmeter.BadRequest;
import org.tallystick.api.openmeter.Customer;
import org.tallystick.api.openmeter.Problem;
import org.tallystick.api.openmeter.Simulation;
import org.tallystick.sql.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tallystick simulate`
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Prices invoice lines, as OpenMeter's \"simulate an invoice\" does: the body of that request",
      "in, the invoice out. Needs no server, database or customer. A file with one body a line",
      "(NDJSON) is answered with one result a line, in the same order; a body that is wrong is",
      "answered with a problem that names the field."
    },
    footer = {
      "",
      "Examples:",
      "  tallystick simulate invoice.json",
      "  tallystick simulate bodies.ndjson > results.ndjson",
      "  tallystick simulate - < invoice.json",
      "",
      "Exit codes: 0 done, 2 a body was wrong."
    })
final class SimulateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "JSON, or NDJSON; - is standard input.")
  private String file = "";

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description = "When the invoice is created, like 2024-01-01T00:00:00Z (default: now).")
  private Instant at = Instant.now();

  @Option(names = "--json", description = "Print JSON, also when the one body is wrong.")
  private boolean isJson;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    try (var in = open()) {
      var first = nextLine(in);
      in.mark(1);
      boolean hasMore = in.read() >= 0;
      if (hasMore) {
        in.reset();
      }
      var second = isWhole(first) && hasMore ? nextLine(in) : "";
      boolean isOneALine = file.endsWith(".ndjson") || file.endsWith(".jsonl") || !second.isEmpty();
      return isOneALine
          ? lines(in, first, second, out)
          : one(first + "\n" + in.lines().reduce("", (text, line) -> text + line + "\n"), out);
    } catch (NoSuchFileException e) {
      throw new BadInput("there is no file " + file);
    } catch (IOException | UncheckedIOException e) {
      throw new BadInput(file + " cannot be read: " + e.getMessage());
    }
  }

  /// What is not UTF-8 becomes U+FFFD, so that one bad line spoils no other.
  private BufferedReader open() throws IOException {
    var bytes = file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
    return new BufferedReader(new InputStreamReader(bytes, UTF_8));
  }

  /// The next line that is not blank; empty at the end.
  private static String nextLine(BufferedReader in) throws IOException {
    var line = in.readLine();
    while (line != null && line.isBlank()) {
      line = in.readLine();
    }
    return line == null ? "" : line;
  }

  private static boolean isWhole(String line) {
    return line.strip().startsWith("{") && line.strip().endsWith("}");
  }

  private int one(String body, PrintWriter out) {
    try {
      out.println(Simulation.invoice(body, Customer.NOBODY, at, true));
      return 0;
    } catch (BadRequest e) {
      if (isJson) {
        out.println(Json.pretty(Problem.of(e, file)));
        return 2;
      }
      throw new BadInput(file + ": " + e.getMessage());
    }
  }

  private int lines(BufferedReader in, String first, String second, PrintWriter out)
      throws IOException {
    int number = 0;
    boolean isAllGood = true;
    var line = first;
    while (!line.isEmpty()) {
      number++;
      isAllGood &= answer(line, number, out);
      line = number == 1 && !second.isEmpty() ? second : nextLine(in);
    }
    out.flush();
    return isAllGood ? 0 : 2;
  }

  private boolean answer(String body, int number, PrintWriter out) {
    try {
      out.println(Simulation.invoice(body, Customer.NOBODY, at, false));
      return true;
    } catch (BadRequest e) {
      out.println(Json.write(Problem.of(e, "#" + number)));
      return false;
    }
  }
}
