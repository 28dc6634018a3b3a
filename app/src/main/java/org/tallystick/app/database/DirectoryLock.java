package org.tallystick.app.database;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Two locks in one file, given back by the kernel when the process ends however it ends.
///
/// The *gate*, byte 0, is held alone by whoever starts, stops or deletes the server. The *users*'
/// lock, byte 1, is shared by every process that uses the server, and changes hands only within the
/// gate: who is inside and can have it alone knows that nobody else uses the server.
///
/// A process may hold the file open once only: closing any of its channels would end all its locks.
final class DirectoryLock implements AutoCloseable {

  /// Others must not even read it: a reader can take a shared lock and keep everybody out.
  private static final FileAttribute<?> OWN =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final long GATE = 0;
  private static final long USERS = 1;

  private final Path file;
  private final FileChannel channel;
  private @Nullable FileLock gate;
  private @Nullable FileLock user;

  private DirectoryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Opens the lock file, creating it when missing, and waits for the gate. A file that was deleted
  /// meanwhile has one byte, see [#deleteFile()]: then the file that took its place is opened.
  static DirectoryLock entered(Path file) {
    while (true) {
      DirectoryLock lock = opened(file);
      boolean isUsable = false;
      try {
        lock.enter();
        isUsable = lock.channel.size() == 0;
        if (isUsable) {
          return lock;
        }
      } catch (IOException e) {
        throw failed(file, e);
      } finally {
        if (!isUsable) {
          lock.close();
        }
      }
    }
  }

  private static DirectoryLock opened(Path file) {
    try {
      return new DirectoryLock(file, FileChannel.open(file, Set.of(CREATE, READ, WRITE), OWN));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /// Waits for the gate.
  void enter() {
    try {
      gate = channel.lock(GATE, 1, false);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /// Leaves the gate, still a user if it has joined.
  void leave() {
    gate = released(gate);
  }

  /// Becomes a user. Within the gate only.
  void join() {
    try {
      user = channel.lock(USERS, 1, true);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /// Stops being a user and tells whether nobody else is one; nobody can become one before this
  /// gate is left. Within the gate only.
  boolean isWithoutUsers() {
    user = released(user);
    try {
      user = channel.tryLock(USERS, 1, false);
    } catch (IOException e) {
      throw failed(file, e);
    }
    return user != null;
  }

  /// Deletes the file and marks what is left of it with a byte, for those that wait at its gate.
  void deleteFile() throws IOException {
    Files.delete(file);
    channel.write(ByteBuffer.allocate(1), 0);
  }

  /// Gives all locks back.
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private @Nullable FileLock released(@Nullable FileLock lock) {
    try {
      if (lock != null) {
        lock.release();
      }
      return null;
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static DatabaseUnavailable failed(Path file, IOException cause) {
    return new DatabaseUnavailable("lock file " + file + " cannot be used: " + cause, cause);
  }
}
