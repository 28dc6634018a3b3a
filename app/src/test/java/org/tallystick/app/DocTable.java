package org.tallystick.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The tables of the documentation that are tests.
final class DocTable {

  private DocTable() {}

  /// The first `columns` cells of each row of the table on `page` whose header starts so.
  static List<List<String>> rows(Path page, String header, int columns) throws IOException {
    return Files.readAllLines(page).stream()
        .dropWhile(line -> !line.startsWith(header))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line ->
            Stream.of(line.split("\\|", -1)).skip(1).limit(columns).map(String::strip).toList())
        .toList();
  }
}
