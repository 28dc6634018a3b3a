package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.app.ChildCommand.Result;

/// `tallystick usage suspense`
class SuspenseCommandTest {

  private final Path directory;
  private final CorrectedWorld corrected;
  private final World world;

  SuspenseCommandTest(@TempDir Path directory) {
    this.directory = directory;
    this.corrected = new CorrectedWorld(directory);
    this.world = corrected.world();
  }

  @AfterEach
  void close() {
    corrected.close();
  }

  @BeforeEach
  void importLines() {
    corrected.importLines(
        "a.csv",
        "a,s,1993-10-05T10:00:00Z,10",
        "b,s,1993-10-06T10:00:00Z,ten",
        "c,s,soon,20",
        "d,z,1993-10-07T10:00:00Z,4");
  }

  @Test
  void linesAreListedAndExported() throws IOException {
    world.nightly(World.NOVEMBER);
    var today = world.jdbc().sql("select current_date::text").query(String.class).single();
    assertThat(suspense("list", "--reason", "bad_time").output())
        .contains("a.csv     4  " + today + "  bad_time  at")
        .contains("24.00 USD  c,s,soon,20")
        .endsWith("unattributed usage\n(none)\n");
    var to = directory.resolve("mend");
    assertThat(suspense("export", "--to", to.toString()).output()).contains("a.csv      2");
    assertThat(Files.readAllLines(to.resolve("a.csv.rejects.csv"))).hasSize(3);
    assertThat(suspense("export", "--to", to.toString()).exitCode()).isEqualTo(2);
  }

  @Test
  void linesAreRecycledAndWrittenOff() {
    var line = List.of("recycle", "--file", "a.csv", "--line", "3", "--data", directory + "/data");
    assertThat(suspense(line, "--set", "q=1").exitCode()).isEqualTo(2);
    assertThat(suspense(line, "--set", "quantity=7").output())
        .contains("a.csv.rejects.csv      2     1         1");
    assertThat(suspense("write-off", "--why", "a test").exitCode()).isEqualTo(2);
    assertThat(suspense("write-off", "--why", "a test", "--reason", "bad_time"))
        .isEqualTo(new Result(0, "1 written off\n"));
    assertThat(suspense("list").output())
        .startsWith("suspended lines\n(none)\n")
        .contains("z        use         1      4.00  no customer has this subject");
  }

  private Result suspense(List<String> arguments, String... more) {
    return suspense(Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new));
  }

  private Result suspense(String... arguments) {
    var all = new ArrayList<>(List.of("usage", "suspense"));
    all.addAll(List.of(arguments));
    return world.start(Map.of(), List.of(), all.toArray(String[]::new)).await();
  }
}
