package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.app.ChildCommand.Result;

/// `docs/how-to/settle-jobs.md`, followed word for word.
class SettleJobsDocTest {

  private static final DocPage PAGE = DocPage.of("how-to/settle-jobs");

  @TempDir private Path folder = Path.of("");

  @Test
  void aFileOfJobsIsSettledByTheCommandLine() throws Exception {
    try (var world = new WalletWorld(folder)) {
      world
          .world()
          .apply(
              Files.writeString(folder.resolve("catalog.yaml"), PAGE.after("and what they cost:")));
      var file =
          Files.writeString(folder.resolve("jobs.csv"), PAGE.after("first line of a file names"));
      var settled = run(world, "settle", file.toString());
      assertThat(settled.exitCode()).as(settled.output()).isZero();
      assertThat(settled.output()).endsWith(PAGE.after("$ ./tallystick wallet settle jobs.csv\n"));
      assertThat(world.balances()).containsExactly("emu 49.25", "qpu 90.4");
      assertThat(run(world, "refused", "1", "--json").output())
          .contains("\"reason\" : \"insufficient\"", "\"text\" : \"alpha,,J4,FRESNEL,5000,,,\"");
      assertThat(run(world, "settle", folder.resolve("none.csv").toString()).exitCode())
          .isEqualTo(2);
      assertThat(run(world, "refused", "2"))
          .isEqualTo(new Result(2, "tallystick: run 2 settles no file of requests\n"));
      assertThat(world.findings()).isEmpty();
    }
  }

  private static Result run(WalletWorld world, String... words) throws InterruptedException {
    var command = new String[words.length + 1];
    command[0] = "wallet";
    System.arraycopy(words, 0, command, 1, words.length);
    return world.world().start(Map.of(), List.of(), command).await();
  }
}
