package org.tallystick.jobs;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.run.RunKind;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.InputFile;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.UsageFormats;
import org.tallystick.writers.IntakeFiles;
import org.tallystick.writers.RunLock;
import org.tallystick.writers.RunWriter;

/// A usage file at the door: nobody else takes it in until this is closed. What cannot be taken in
/// is refused before anything is written.
final class FileAdmission implements AutoCloseable {

  private final JdbcClient jdbc;
  private final IntakeFiles files;
  private final InputFile file;
  private final UsageFormat format;
  private final RunLock lock;

  /// Throws [RunRefused] if there is no such format or somebody else is taking the file in.
  FileAdmission(DataSource dataSource, InputFile file, String formatKey) {
    this.jdbc = JdbcClient.create(dataSource);
    this.files = new IntakeFiles(jdbc);
    this.file = file;
    this.format = format(jdbc, file, formatKey);
    this.lock =
        RunLock.take(
            dataSource,
            RunLock.ofFile(file.sha256()),
            file.path() + " is being imported by another process");
  }

  /// How to read `file` by the format `key`; throws [RunRefused] if there is none.
  static UsageFormat format(JdbcClient jdbc, InputFile file, String key) {
    var formats = new UsageFormats(jdbc);
    return formats
        .find(key, file)
        .orElseThrow(() ->
            new RunRefused("there is no format '" + key + "'; expected one of " + formats.keys()));
  }

  /// The run that takes the file in: the one that was begun, or a new one. Throws [RunRefused] if
  /// the file was taken in, or begun with another format, and
  /// [org.tallystick.readers.UnreadableFile] if it is none of the format.
  UUID run() {
    requireNotTaken(files, file);
    files.register(file, format.key(), file.requireFormat(format));
    requireSameFormat(files.formatOf(file.sha256()), format.key(), file.path());
    return new RunReader(jdbc)
        .latest(RunKind.IMPORT, Optional.empty(), file.sha256())
        .map(BusinessRun::id)
        .orElseGet(
            () -> new RunWriter(jdbc).request(RunKind.IMPORT, Optional.empty(), file.sha256(), ""));
  }

  /// How many physical lines the file has.
  long lines() {
    return file.countLines(format);
  }

  /// Throws [RunRefused] if a file of this content was taken in.
  static void requireNotTaken(IntakeFiles files, InputFile file) {
    var taken = files.taken(file.sha256());
    if (taken.isPresent()) {
      throw new RunRefused(
          "%s was imported before, as %s on %s; nothing was changed"
              .formatted(file.path(), taken.get().name(), taken.get().day()));
    }
  }

  private static void requireSameFormat(String begun, String wanted, Path path) {
    if (!begun.equals(wanted)) {
      throw new RunRefused(
          path + " was begun with format '" + begun + "'; go on with that, not '" + wanted + "'");
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
