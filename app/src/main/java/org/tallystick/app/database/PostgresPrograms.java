package org.tallystick.app.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The unpacked PostgreSQL programs of a user of this machine, and the running of them.
///
/// PostgreSQL refuses to run as root. Root's are run by `unshare -U`: in a user namespace of their
/// own they see themselves as nobody, while their files are root's and their rights no more than
/// those of a common user.
record PostgresPrograms(Path path) {

  /// How a program ended: whether with success, and what it printed.
  record Result(boolean isDone, String output) {

    private static final int LINES_SHOWN = 3;

    /// The end of what it printed, where the reason of a failure is.
    String lastLines() {
      List<String> lines = output.lines().toList();
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }
  }

  /// The programs, unpacked now if they are not there: in the user's cache, or in the data
  /// directory for a user without a home.
  static PostgresPrograms unpacked(DataDirectory directory) {
    Path home = Path.of(System.getProperty("user.home"));
    Path parent =
        home.isAbsolute() && Files.isDirectory(home) && Files.isWritable(home)
            ? home.resolve(".cache/tallystick")
            : directory.programs();
    return new PostgresPrograms(PostgresArchive.ofThisMachine().unpackedIn(parent));
  }

  /// The major version, as initdb itself tells it from the first line of `postgres.bki`: `#
  /// PostgreSQL 18`.
  String major() throws IOException {
    try (Stream<String> lines = Files.lines(path.resolve("share/postgresql/postgres.bki"))) {
      return lines.findFirst().orElse("").replace("# PostgreSQL", "").strip();
    }
  }

  /// Runs a program to its end.
  Result run(Path workingDirectory, String... words) {
    return run(workingDirectory, List.of(words));
  }

  /// Runs a program to its end.
  Result run(Path workingDirectory, List<String> words) {
    return runReading("", workingDirectory, words);
  }

  /// Runs a program to its end, with an input. It inherits nothing but its directory, named without
  /// its path in the words: pg_ctl hands these to a shell.
  Result runReading(String input, Path workingDirectory, List<String> words) {
    ProcessBuilder builder =
        new ProcessBuilder(commandLine(words))
            .directory(workingDirectory.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    String program = words.getFirst();
    try {
      return run(builder.start(), input);
    } catch (IOException e) {
      throw new DatabaseUnavailable("%s cannot be run: %s".formatted(program, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailable("interrupted while running " + program, e);
    }
  }

  private List<String> commandLine(List<String> words) {
    List<String> line = new ArrayList<>();
    if (new UnixSystem().getUid() == 0) {
      line.addAll(List.of("unshare", "-U"));
    }
    line.add(path.resolve("bin").resolve(words.getFirst()).toString());
    line.addAll(words.subList(1, words.size()));
    return line;
  }

  private static Result run(Process process, String input)
      throws IOException, InterruptedException {
    try (OutputStream stream = process.getOutputStream()) {
      stream.write(input.getBytes(UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    boolean isDone = process.waitFor() == 0;
    if (!isDone && output.startsWith("unshare:")) {
      throw new DatabaseUnavailable(
          "PostgreSQL cannot be run by root where unshare -U fails; use another user: " + output);
    }
    return new Result(isDone, output);
  }
}
