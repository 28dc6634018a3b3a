package org.tallystick.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.tallystick.readers.InputFile;

/// The usage files that a command line names.
final class InputFiles {

  private static final String STANDARD_INPUT = "-";

  private InputFiles() {}

  /// `given` with the files of a folder in its place, by name, hidden ones and its folders left
  /// out; and with what `in` holds for `-`. That is kept below `data`, so that an import of it can
  /// be restarted.
  static List<Path> of(List<Path> given, Path data, InputStream in) {
    var files = new ArrayList<Path>();
    for (var path : given) {
      if (path.toString().equals(STANDARD_INPUT)) {
        files.add(kept(data, in));
      } else if (Files.isDirectory(path)) {
        files.addAll(filesIn(path));
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private static List<Path> filesIn(Path folder) {
    try (var entries = Files.list(folder)) {
      var files =
          entries
              .filter(Files::isRegularFile)
              .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new BadInput(folder + " holds no files");
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Named by its SHA-256, so that the same input is the same file.
  private static Path kept(Path data, InputStream in) {
    try {
      var folder = Files.createDirectories(data.resolve("standard-input"));
      var part = Files.createTempFile(folder, ".part", "");
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      return Files.move(
          part, folder.resolve(InputFile.of(part).sha256()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
