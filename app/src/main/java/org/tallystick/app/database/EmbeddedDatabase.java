package org.tallystick.app.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A process's use of the embedded PostgreSQL server of a data directory.
///
/// The server belongs to the directory, not to the process: the first user starts it, later ones
/// attach to it, and the last to close stops it. Every user holds a lock that the kernel gives back
/// when the process ends, so a killed process never counts as a user. When the last user is killed
/// the server stays up; the next to open attaches to it and, leaving last, stops it.
///
/// Opens of one directory within one process share its lock. All methods may be called by any
/// thread; the static ones run one at a time.
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Map<Path, Tenancy> TENANCIES = new HashMap<>();

  private final DataDirectory directory;
  private final ServerAddress address;
  private boolean isClosed;

  private EmbeddedDatabase(DataDirectory directory, ServerAddress address) {
    this.directory = directory;
    this.address = address;
  }

  /// Opens the database kept in `dataDirectory`, which is created when missing: starts the server,
  /// or attaches to the one that runs. Waits while another process starts or stops it.
  ///
  /// @throws DatabaseUnavailable when the directory is unusable or the server does not come up
  public static EmbeddedDatabase open(Path dataDirectory) {
    synchronized (TENANCIES) {
      DataDirectory directory = DataDirectory.prepare(dataDirectory);
      Tenancy tenancy = TENANCIES.get(directory.path());
      if (tenancy == null) {
        return join(directory);
      }
      tenancy.lock.enter();
      try {
        EmbeddedDatabase database =
            new EmbeddedDatabase(directory, PostgresServer.of(directory).ensureRunning());
        tenancy.users++;
        return database;
      } finally {
        tenancy.lock.leave();
      }
    }
  }

  /// Deletes the database kept in `dataDirectory`, and nothing else: the cluster with its password,
  /// the log, the lock, the programs. The directory itself stays. Nothing to delete is no error.
  ///
  /// @throws DatabaseUnavailable without having deleted anything, when a process uses the database
  ///   or the directory holds a file that is not the database's
  public static void delete(Path dataDirectory) {
    if (Files.notExists(dataDirectory)) {
      return;
    }
    synchronized (TENANCIES) {
      DataDirectory directory = DataDirectory.existing(dataDirectory);
      directory.requireNoOtherFiles();
      if (TENANCIES.containsKey(directory.path())) {
        throw new DatabaseUnavailable(directory + " is in use by this process");
      }
      try (DirectoryLock lock = DirectoryLock.entered(directory.lockFile())) {
        if (!lock.isWithoutUsers()) {
          throw new DatabaseUnavailable(directory + " is in use by another process");
        }
        if (Files.exists(directory.cluster())) {
          PostgresServer.of(directory).stop();
        }
        directory.deleteFiles();
        lock.deleteFile();
      } catch (IOException e) {
        throw new DatabaseUnavailable(directory + " cannot be deleted: " + e, e);
      }
    }
  }

  /// The URL without user and password. It holds while any process uses the database.
  public String jdbcUrl() {
    return address.jdbcUrl();
  }

  /// The user, who owns the server.
  public String user() {
    return ServerAddress.USER;
  }

  /// The password, random for every data directory. A secret: not to be logged.
  public String password() {
    return address.password();
  }

  /// Ends this use; the last use of all stops the server, ending any connection still open. Closing
  /// again does nothing. Works in an interrupted thread, which stays interrupted.
  ///
  /// @throws DatabaseUnavailable when the server does not stop
  @Override
  public void close() {
    synchronized (TENANCIES) {
      if (isClosed) {
        return;
      }
      isClosed = true;
      boolean isInterrupted = Thread.interrupted();
      try {
        leave(directory);
      } finally {
        if (isInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private static EmbeddedDatabase join(DataDirectory directory) {
    DirectoryLock lock = DirectoryLock.entered(directory.lockFile());
    boolean isJoined = false;
    try {
      lock.join();
      ServerAddress address = PostgresServer.of(directory).ensureRunning();
      lock.leave();
      TENANCIES.put(directory.path(), new Tenancy(lock));
      isJoined = true;
      return new EmbeddedDatabase(directory, address);
    } finally {
      if (!isJoined) {
        lock.close();
      }
    }
  }

  private static void leave(DataDirectory directory) {
    Tenancy tenancy = TENANCIES.get(directory.path());
    if (tenancy == null) {
      throw new IllegalStateException(directory + " has a user but no lock");
    }
    tenancy.users--;
    if (tenancy.users > 0) {
      return;
    }
    TENANCIES.remove(directory.path());
    try (DirectoryLock lock = tenancy.lock) {
      lock.enter();
      if (lock.isWithoutUsers()) {
        PostgresServer.of(directory).stop();
      }
    }
  }

  /// This process's lock on a directory, and how many opens share it.
  private static final class Tenancy {

    private final DirectoryLock lock;
    private int users = 1;

    private Tenancy(DirectoryLock lock) {
      this.lock = lock;
    }
  }
}
