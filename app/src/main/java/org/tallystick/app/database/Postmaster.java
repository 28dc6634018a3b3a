package org.tallystick.app.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The server process that a cluster's `postmaster.pid` tells of, living or dead: PostgreSQL
/// deletes the file when it stops, but not when it is killed. Line 1 is the process, line 4 the
/// port.
record Postmaster(Path file, long pid, int port) {

  private static final int LINE_OF_PID = 0;
  private static final int LINE_OF_PORT = 3;

  /// More than any system's greatest process number.
  private static final int NO_PROCESS = Integer.MAX_VALUE;

  /// What the cluster's file tells, or empty when there is none or it is unreadable as one; what
  /// stands in the way of a start is then for PostgreSQL to say.
  static Optional<Postmaster> of(Path cluster) {
    Path file = cluster.resolve("postmaster.pid");
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() <= LINE_OF_PORT) {
        return Optional.empty();
      }
      long pid = Long.parseLong(lines.get(LINE_OF_PID).strip());
      int port = Integer.parseInt(lines.get(LINE_OF_PORT).strip());
      return Optional.of(new Postmaster(file, pid, port));
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new DatabaseUnavailable("%s cannot be read: %s".formatted(file, e), e);
    }
  }

  /// Whether the process lives and is a PostgreSQL; another program may have got its number since.
  boolean isRunning() {
    return process().flatMap(process -> process.info().command()).stream()
        .anyMatch(command -> Path.of(command).endsWith("postgres"));
  }

  /// Takes the process out of the file when its number belongs to another program by now, or to a
  /// killed server that nobody has reaped: PostgreSQL would take either for a running server. The
  /// rest stays: the port, and the shared memory by which PostgreSQL knows of backends still busy.
  /// Only for who keeps others from starting a server.
  void disown() {
    if (process().isEmpty() || isRunning()) {
      return;
    }
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      lines.set(LINE_OF_PID, Integer.toString(NO_PROCESS));
      Path changed = file.resolveSibling("postmaster.pid.changed");
      Files.write(changed, lines);
      Files.move(changed, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new DatabaseUnavailable("%s cannot be changed: %s".formatted(file, e), e);
    }
  }

  private Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }
}
