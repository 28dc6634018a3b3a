package org.tallystick.readers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tallystick.domain.usage.UsageFormat;

/// The physical lines of files.
final class Lines {

  private static final UsageFormat ANY =
      UsageFormatReader.read(
          """
          {key: any, layout: blanks, columns: [a], source: s, id: a, type: t, subject: a,
           time: {from: a, to: a}, quantity: a}
          """);

  private Lines() {}

  static LineSource open(Path file) throws IOException {
    return LineSource.open(InputFile.of(file), ANY);
  }

  /// As the import counts them, apart from the source.
  static long count(Path file) {
    return InputFile.of(file).countLines(ANY);
  }

  static List<RawLine> read(Path file) throws IOException {
    return read(file, 0);
  }

  /// What is left after `lines` lines.
  static List<RawLine> read(Path file, long lines) throws IOException {
    try (var source = open(file)) {
      source.skip(lines);
      return rest(source);
    }
  }

  private static List<RawLine> rest(LineSource source) throws IOException {
    var lines = new ArrayList<RawLine>();
    for (var line = source.next(); line != null; line = source.next()) {
      lines.add(line);
    }
    return lines;
  }
}
