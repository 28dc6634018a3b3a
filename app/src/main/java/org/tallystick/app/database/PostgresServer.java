package org.tallystick.app.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Starts and stops the server of a data directory. Its methods are for who is within the gate of
/// [DirectoryLock]: one process at a time.
record PostgresServer(DataDirectory directory, PostgresPrograms programs) {

  /// How long a start or stop may take: a recovery of 4 GB of log, a checkpoint on a slow disk.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int LOG_LINES_SHOWN = 10;

  /// Failures to start that pass: backends of a killed server that have not ended yet; a port that
  /// another program took in the moment between choosing and using it.
  private static final List<String> PASSING =
      List.of("pre-existing shared memory block", "Address already in use");

  /// Given on the command line, so that they hold whatever the cluster's own files say. The last
  /// two keep personal data out of the log.
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=100",
          "client_connection_check_interval=1s",
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "shared_buffers=256MB",
          "work_mem=32MB",
          "maintenance_work_mem=256MB",
          "max_wal_size=4GB",
          "checkpoint_timeout=15min",
          "jit=off",
          "timezone=UTC",
          "log_timezone=UTC",
          "log_checkpoints=off",
          "log_error_verbosity=terse",
          "log_min_error_statement=panic");

  static PostgresServer of(DataDirectory directory) {
    return new PostgresServer(directory, PostgresPrograms.unpacked(directory));
  }

  /// The server, started unless it runs; its cluster made unless it is there. One that is starting,
  /// recovering or stopping because its starter or stopper was killed is waited for.
  ServerAddress ensureRunning() {
    Cluster cluster = Cluster.ensureMade(directory, programs);
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE.toNanos()) {
      Optional<Postmaster> postmaster = Postmaster.of(directory.cluster());
      if (postmaster.filter(Postmaster::isRunning).isEmpty()) {
        postmaster.ifPresent(Postmaster::disown);
        if (!start(postmaster)) {
          pause();
        }
        continue;
      }
      ServerAddress address = new ServerAddress(postmaster.get().port(), cluster.password());
      if (address.answers()) {
        return address;
      }
      pause();
    }
    throw notStarted("did not answer for " + PATIENCE, logEnd(0));
  }

  /// Stops the server if it runs, ending its connections.
  void stop() {
    if (!isRunning()) {
      return;
    }
    PostgresPrograms.Result result =
        programs.run(
            directory.path(), "pg_ctl", "stop", "-w", "-m", "fast", "-t", seconds(), "-D", name());
    if (!result.isDone() && isRunning()) {
      throw new DatabaseUnavailable("PostgreSQL did not stop: " + result.output());
    }
  }

  private boolean isRunning() {
    return Postmaster.of(directory.cluster()).filter(Postmaster::isRunning).isPresent();
  }

  /// Starts the server, on the port of the one before if that was killed: other users know it by
  /// that. False when the failure is one that passes.
  private boolean start(Optional<Postmaster> before) {
    long logSize = logSize();
    PostgresPrograms.Result result =
        programs.run(
            directory.path(),
            List.of(
                "pg_ctl",
                "start",
                "-w",
                "-t",
                seconds(),
                "-D",
                name(),
                "-l",
                logName(),
                "-o",
                options(before.map(Postmaster::port).orElse(0))));
    if (result.isDone()) {
      return true;
    }
    List<String> log = logEnd(logSize);
    if (log.stream().noneMatch(line -> PASSING.stream().anyMatch(line::contains))) {
      throw notStarted("did not start", log.isEmpty() ? List.of(result.output()) : log);
    }
    return false;
  }

  private static String options(int portBefore) {
    return SETTINGS.stream().map(setting -> "-c " + setting).collect(Collectors.joining(" "))
        + " -c port="
        + (portBefore != 0 && isFree(portBefore) ? portBefore : anyFreePort());
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = bound(port)) {
      return socket.isBound();
    } catch (IOException _) {
      return false;
    }
  }

  private static int anyFreePort() {
    try (ServerSocket socket = bound(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new DatabaseUnavailable("no free port on 127.0.0.1: " + e, e);
    }
  }

  private static ServerSocket bound(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }

  private long logSize() {
    try {
      return Files.exists(directory.log()) ? Files.size(directory.log()) : 0;
    } catch (IOException e) {
      throw logUnreadable(e);
    }
  }

  /// The last lines of the log after a number of bytes.
  private List<String> logEnd(long after) {
    if (logSize() <= after) {
      return List.of();
    }
    try (var log = Files.newInputStream(directory.log())) {
      log.skipNBytes(after);
      List<String> lines = new String(log.readAllBytes(), UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size());
    } catch (IOException e) {
      throw logUnreadable(e);
    }
  }

  private DatabaseUnavailable logUnreadable(IOException cause) {
    return new DatabaseUnavailable(directory.log() + " cannot be read: " + cause, cause);
  }

  private DatabaseUnavailable notStarted(String what, List<String> log) {
    return new DatabaseUnavailable(
        "PostgreSQL %s; the end of %s:%n%s"
            .formatted(what, directory.log(), String.join(System.lineSeparator(), log)));
  }

  private String name() {
    return directory.cluster().getFileName().toString();
  }

  private String logName() {
    return directory.log().getFileName().toString();
  }

  private static String seconds() {
    return Long.toString(PATIENCE.toSeconds());
  }

  /// The one place that sleeps: PostgreSQL tells nobody that it is ready, or that the last backend
  /// of a killed server has gone, so one has to look, as pg_ctl does; at most [#PATIENCE] long.
  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailable("interrupted while waiting for PostgreSQL", e);
    }
  }
}
