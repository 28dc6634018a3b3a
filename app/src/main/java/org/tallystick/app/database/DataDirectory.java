package org.tallystick.app.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A data directory and the names of the files that the embedded database keeps in it.
///
/// `path` is real: absolute and without symbolic links, so that equal directories are equal
/// records.
record DataDirectory(Path path) {

  private static final String CLUSTER = "postgresql";
  private static final String PARTIAL = "postgresql.partial";
  private static final String LOG = "postgresql.log";
  private static final String LOCK = "postgresql.lock";
  private static final String PROGRAMS = "postgresql.programs";
  private static final Set<String> NAMES = Set.of(CLUSTER, PARTIAL, LOG, LOCK, PROGRAMS);

  /// The directory, created when missing, once it is known to be ours to write.
  static DataDirectory prepare(Path path) {
    if (Files.notExists(path)) {
      create(path);
    }
    return existing(path);
  }

  private static void create(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new DatabaseUnavailable(
          "data directory %s cannot be created: %s".formatted(path, e), e);
    }
  }

  /// The directory, once it is known to be ours to write.
  static DataDirectory existing(Path path) {
    if (!Files.isDirectory(path)) {
      throw new DatabaseUnavailable("data directory %s is not a directory".formatted(path));
    }
    try {
      DataDirectory directory = new DataDirectory(path.toRealPath());
      requireOwn(directory.path);
      if (Files.exists(directory.cluster())) {
        requireOwn(directory.cluster());
      }
      if (!Files.isWritable(directory.path)) {
        throw new DatabaseUnavailable(directory + " is not writable");
      }
      return directory;
    } catch (IOException e) {
      throw new DatabaseUnavailable("data directory %s cannot be read: %s".formatted(path, e), e);
    }
  }

  private static void requireOwn(Path path) throws IOException {
    UnixSystem self = new UnixSystem();
    if (((Number) Files.getAttribute(path, "unix:uid")).longValue() != self.getUid()) {
      throw new DatabaseUnavailable(
          "data directory %s belongs to user %s; this is user %s"
              .formatted(path, Files.getOwner(path).getName(), System.getProperty("user.name")));
    }
  }

  /// The cluster, PostgreSQL's PGDATA. Whole whenever it is there: made and unmade as `partial`.
  Path cluster() {
    return path.resolve(CLUSTER);
  }

  /// A cluster being made or deleted; left over when that was cut short.
  Path partial() {
    return path.resolve(PARTIAL);
  }

  /// What the server has to say.
  Path log() {
    return path.resolve(LOG);
  }

  /// See [DirectoryLock].
  Path lockFile() {
    return path.resolve(LOCK);
  }

  /// Where the server's programs are unpacked for a user without a home directory.
  Path programs() {
    return path.resolve(PROGRAMS);
  }

  /// Refuses a directory that holds anything but the database's files.
  void requireNoOtherFiles() {
    try (Stream<Path> entries = Files.list(path)) {
      List<String> others =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> !NAMES.contains(name))
              .sorted()
              .toList();
      if (!others.isEmpty()) {
        throw new DatabaseUnavailable(
            "%s holds files that are not the database's: %s"
                .formatted(this, String.join(", ", others)));
      }
    } catch (IOException e) {
      throw new DatabaseUnavailable(this + " cannot be read: " + e, e);
    }
  }

  /// Deletes all files but the lock. The cluster is renamed first: cut short, it is never half
  /// there.
  void deleteFiles() throws IOException {
    deleteTree(partial());
    if (Files.exists(cluster())) {
      Files.move(cluster(), partial());
      deleteTree(partial());
    }
    deleteTree(programs());
    Files.deleteIfExists(log());
  }

  /// Deletes a directory and what it holds, if it is there; symbolic links are not followed.
  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(root, new Deletion());
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }

  @Override
  public String toString() {
    return "data directory " + path;
  }
}
