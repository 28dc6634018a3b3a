package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tallystick.domain.run.RunState;
import org.tallystick.jobs.Runs;
import org.tallystick.readers.InputFile;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.SettledFileReport;

/// Files of requests on wallets, and what becomes of their lines.
final class RequestFiles {

  private RequestFiles() {}

  /// Settles a file of these lines, written to `directory`; how many lines came to which end.
  static String settle(Path directory, WalletWorld world, String... lines) throws IOException {
    var file = Files.createTempFile(directory, "requests", ".csv");
    Files.write(file, List.of(lines));
    var run = world.world().get(Runs.class).settleFile(InputFile.of(file));
    assertThat(run.state()).as(run.message()).isEqualTo(RunState.POSTED);
    var report = new SettledFileReport(world.world().jdbc()).of(run.id());
    assertThat(report.get("lines")).isEqualTo((long) lines.length);
    return "settled %s, repeated %s, refused %s, unreadable %s, no request %s"
        .formatted(
            report.get("settled"),
            report.get("repeated"),
            report.get("refused"),
            report.get("unreadable"),
            report.get("no request"));
  }

  /// Of the lines that a run did not settle: number, key, reason and message.
  static List<String> refused(WalletWorld world, long runNo) {
    var run = new RunReader(world.world().jdbc()).byNo(runNo).orElseThrow();
    return new SettledFileReport(world.world().jdbc())
        .refused(run.id(), 100).stream()
            .map(line ->
                Stream.of("line", "key", "reason", "message")
                    .map(column -> String.valueOf(line.get(column)))
                    .collect(Collectors.joining(" ")))
            .toList();
  }
}
