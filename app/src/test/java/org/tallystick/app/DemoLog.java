package org.tallystick.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/// The demo's log in other guises.
final class DemoLog {

  private static final long START = 749_458_803;

  private DemoLog() {}

  /// The physical lines of the log.
  static List<String> lines() {
    try (var in = new GZIPInputStream(Files.newInputStream(World.LOG));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The jobs, without the header.
  static List<String> jobs() {
    return lines().stream().filter(line -> !line.startsWith(";")).toList();
  }

  static Path write(Path file, List<String> lines) {
    try {
      return Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> shuffled(long seed) {
    var lines = new ArrayList<>(lines());
    Collections.shuffle(lines, new Random(seed));
    return lines;
  }

  /// A job of user 1 on one processor that starts at an instant.
  static String job(int number, String start, int hours) {
    long submit = Instant.parse(start).getEpochSecond() - START;
    return "%d %d -1 %d 1 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1"
        .formatted(number, submit, hours * 3_600);
  }

  /// The same jobs as CSV with ISO times, some fields quoted.
  static List<String> csv() {
    var rows = new ArrayList<String>();
    rows.add("job,user,group,application,start,end,run_time,processors");
    for (var job : jobs()) {
      var f = job.strip().split("\\s+", -1);
      var start = Instant.ofEpochSecond(START + Long.parseLong(f[1]));
      var end = start.plusSeconds(Long.parseLong(f[3]));
      var application = f[13].equals("-1") ? "" : f[13];
      rows.add(
          String.join(
              ",",
              "\"" + f[0] + "\"",
              f[11],
              f[12],
              application,
              start.toString(),
              end.toString(),
              "\"" + f[3] + "\"",
              f[4]));
    }
    return rows;
  }
}
