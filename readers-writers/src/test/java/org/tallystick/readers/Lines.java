package org.tallystick.readers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tallystick.readers.LineBlock.Position;

/// The physical lines of files.
final class Lines {

  private Lines() {}

  static List<RawLine> read(Path file) throws IOException {
    return read(file, Position.START);
  }

  /// What is left at `position`.
  static List<RawLine> read(Path file, Position position) throws IOException {
    try (var source = new LineSource(file)) {
      source.skip(position);
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
