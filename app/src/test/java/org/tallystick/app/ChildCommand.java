package org.tallystick.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// `tallystick` in a JVM of its own, for tests that kill it or look at it from outside. It starts
/// in half the time without the optimizing compiler; what runs long asks for it.
final class ChildCommand {

  private static final int LOOK_MILLIS = 10;

  private final Process process;

  private ChildCommand(Process process) {
    this.process = process;
  }

  static ChildCommand start(
      Map<String, String> environment, List<String> jvm, List<String> arguments) {
    return start(Tallystick.class, environment, jvm, arguments);
  }

  static ChildCommand start(
      Class<?> main, Map<String, String> environment, List<String> jvm, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("TALLYSTICK_"));
    builder.environment().putAll(environment);
    try {
      return new ChildCommand(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The first line that it prints with `text` in it; reads no further.
  String line(String text) throws IOException {
    var line = new StringBuilder();
    for (int c = process.getInputStream().read(); c >= 0; c = process.getInputStream().read()) {
      line.append((char) c);
      if (c == '\n' && line.indexOf(text) >= 0) {
        return line.toString();
      }
      if (c == '\n') {
        line.setLength(0);
      }
    }
    throw new IllegalStateException("ended without saying: " + text);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Looks again and again until `isTime` or it has ended by itself.
  void watch(BooleanSupplier isTime) throws InterruptedException {
    boolean hasEnded = false;
    while (!hasEnded && !isTime.getAsBoolean()) {
      hasEnded = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /// Ends it as `kill -9` does.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Ends it as `kill -9` does unless it ends by itself within `millis`; how it did.
  Optional<Result> killAfter(long millis) throws InterruptedException {
    var output = CompletableFuture.supplyAsync(this::output);
    boolean hasEnded = process.waitFor(millis, TimeUnit.MILLISECONDS);
    kill();
    return hasEnded
        ? Optional.of(new Result(process.exitValue(), output.join()))
        : Optional.empty();
  }

  /// Waits for its end.
  Result await() {
    try {
      var output = output();
      return new Result(process.waitFor(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String output() {
    try {
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How a command ended, with all that it printed.
  record Result(int exitCode, String output) {}
}
