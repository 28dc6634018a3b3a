package org.tallystick.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.readers.RejectFile;
import org.tallystick.readers.SuspenseReader;
import org.tallystick.readers.SuspenseReader.Filter;
import org.tallystick.readers.WaitingFile;

/// Waiting lines written as reject files.
final class Rejects {

  private final SuspenseReader suspense;
  private final Filter filter;
  private final Map<String, String> overrides;

  /// `overrides` are values that columns get in every line.
  Rejects(Session session, Filter filter, Map<String, String> overrides) {
    this.suspense = new SuspenseReader(session.get(JdbcClient.class));
    this.filter = filter;
    this.overrides = overrides;
  }

  /// The files with waiting lines; throws [BadInput] if one has not the columns to be set.
  List<WaitingFile> files() {
    var files = suspense.files(filter);
    for (var file : files) {
      for (var column : overrides.keySet()) {
        if (!file.columns().contains(column)) {
          throw new BadInput(
              "--set expects a column of %s, one of %s; found '%s'"
                  .formatted(file.name(), String.join(", ", file.columns()), column));
        }
      }
    }
    return files;
  }

  /// Writes the lines of `file` to `path`; how many there were.
  long write(WaitingFile file, Path path) {
    var count = new long[1];
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      try (var out = new PrintWriter(Files.newBufferedWriter(path, UTF_8))) {
        out.print(RejectFile.header(file));
        suspense.forEach(
            file,
            filter,
            line -> {
              count[0]++;
              out.print(RejectFile.row(file, line, overrides));
            });
        if (out.checkError()) {
          throw new IOException("cannot write " + path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count[0];
  }

  /// What a file's reject file is called. What it was called may come from anywhere.
  static String name(WaitingFile file) {
    return file.name().replaceAll("[^\\p{Alnum}._-]+", "_") + ".rejects.csv";
  }
}
