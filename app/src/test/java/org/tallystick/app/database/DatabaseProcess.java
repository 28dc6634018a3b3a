package org.tallystick.app.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// Another process that uses the database of a data directory, for tests. It has opened the
/// database when `start` returns, and closes it when asked to.
final class DatabaseProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final String jdbcUrl;

  private DatabaseProcess(Process process, BufferedReader output, String jdbcUrl) {
    this.process = process;
    this.output = output;
    this.jdbcUrl = jdbcUrl;
  }

  /// Runs this class in a new JVM and waits until it has opened the database.
  static DatabaseProcess start(Path dataDirectory) throws IOException {
    Process process = process(dataDirectory).start();
    BufferedReader output = process.inputReader(UTF_8);
    String url = output.readLine();
    if (url == null) {
      throw new IllegalStateException("the process ended without opening " + dataDirectory);
    }
    return new DatabaseProcess(process, output, url);
  }

  /// The command that opens a database, prints its URL, and closes it at the end of its input.
  static ProcessBuilder process(Path dataDirectory) {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DatabaseProcess.class.getName(),
                dataDirectory.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  String jdbcUrl() {
    return jdbcUrl;
  }

  /// Ends the process as `kill -9` does.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Has the process close the database; returns its exit status once all of its output has ended.
  int leave() {
    try {
      process.getOutputStream().close();
      while (output.readLine() != null) {}
      return process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// Arguments: the data directory.
  public static void main(String[] arguments) throws IOException {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(Path.of(arguments[0]))) {
      System.out.println(database.jdbcUrl());
      System.in.transferTo(System.out);
    }
  }
}
