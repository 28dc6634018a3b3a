package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.app.WalletWorld.NOW;
import static org.tallystick.app.WalletWorld.dec;
import static org.tallystick.app.WalletWorld.hold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.app.ChildCommand.Result;
import org.tallystick.domain.wallet.WalletRequest.Usage;

/// What a person sees of wallets, and does to them.
class WalletCommandTest {

  @TempDir private Path directory = Path.of("");

  /// 10 given, 5 of them promotional; 7 held or used, and what is left of the promotional voided.
  @Test
  void grantsAreGivenSeenAndVoided() throws IOException {
    try (var world = new WalletWorld(directory)) {
      var c = world.customer("-2", "qpu: 5");
      var given =
          run(world, "grant c qpu 5 --key gift --kind promotional --from 2026-01-01 --priority 1");
      assertThat(given).isEqualTo(new Result(0, "5 qpu given as gift\n"));
      assertThat(world.settle(c, new Usage("U", NOW, List.of("qpu"), dec("3"))))
          .isEqualTo("settled");
      assertThat(world.settle(c, hold("H", "4", "qpu"))).isEqualTo("settled");
      assertThat(run(world, "show c qpu").output().lines().map(line -> line.replaceAll(" +", " ")))
          .contains(
              "c qpu 3.00 4.00 0.00 -2.00",
              "first paid 0 2026-01-01T00:00:00Z 5.00 0.00 catalog",
              "gift promotional 1 2026-01-01T00:00:00Z 5.00 3.00 command line",
              "H 4.00 4.00 2026-03-01T00:00:00Z 2026-04-01T00:00:00Z");
      assertThat(run(world, "void c qpu gift --reason wrong").output())
          .isEqualTo("3 qpu taken from gift\n");
      assertThat(run(world, "history c qpu --json").output())
          .contains("\"what\" : \"void\"", "\"reason\" : \"wrong\"", "\"reference\" : \"U\"");
      assertThat(run(world, "show c VC"))
          .isEqualTo(
              new Result(
                  2,
                  "tallystick: customer 'c' has no wallet in 'VC'; `tallystick wallet list` shows"
                      + " what there is\n"));
      assertThat(world.balances()).containsExactly("qpu 0");
      assertThat(world.findings()).isEmpty();
    }
  }

  /// 10 given, 7 used in March. Of the first 5 everything was used, of the others 2.
  @Test
  void areToldByWindowsAndAtATime() throws IOException {
    try (var world = new WalletWorld(directory)) {
      var c = world.customer("0", "qpu: 5");
      run(world, "grant c qpu 5 --key more --from 2026-01-01 --priority 1");
      world.settle(c, new Usage("U", NOW, List.of("qpu"), dec("7")));
      assertThat(
              run(world, "history c qpu --by month --from 2026-01-01 --to 2026-04-01")
                  .output()
                  .lines()
                  .map(line -> line.replaceAll(" +", " ").strip()))
          .contains(
              "2026-01-01T00:00:00Z 10.00 0.00 10.00",
              "2026-02-01T00:00:00Z 0.00 0.00 10.00",
              "2026-03-01T00:00:00Z 0.00 7.00 3.00");
      assertThat(
              run(world, "show c qpu --at 2026-02-28T00:00:00Z --json").output().lines().toList())
          .filteredOn(line -> line.contains("\"left\""))
          .containsExactly("  \"left\" : 5", "  \"left\" : 5");
      assertThat(run(world, "history c qpu --from 2026-01-01").exitCode()).isEqualTo(2);
    }
  }

  /// The table "Burning down" of docs/concepts/wallets.md: whatever order the usage comes in.
  @Test
  void areToldAgainFromTheirFacts() throws IOException {
    try (var world = new WalletWorld(directory)) {
      world
          .world()
          .apply(
              Files.writeString(
                  directory.resolve("wallet.yaml"),
                  """
                  customers: [{key: c, name: C, currency: EUR, zone: UTC}]
                  wallets: [{customer: c, unit: qpu, floor: -1000}]
                  """));
      var c = world.customers().getFirst();
      run(world, "grant c qpu 100 --key A --priority 1 --from 2026-01-01 --to 2026-01-20");
      run(world, "grant c qpu 50 --key B --priority 1 --from 2026-01-01 --to 2026-01-10");
      run(world, "grant c qpu 80 --key C --priority 2 --from 2026-01-05");
      for (var used : List.of("31 90", "15 60", "07 30", "19 40", "02 40")) {
        var day = used.split(" ", -1);
        var at = Instant.parse("2026-01-" + day[0] + "T12:00:00Z");
        world.settle(c, new Usage(used, at, List.of("qpu"), dec(day[1])));
      }
      assertThat(
              run(world, "history c qpu --burn-down --from 2026-01-01 --to 2026-02-01")
                  .output()
                  .lines()
                  .map(line -> line.replace("T00:00:00Z", "").replaceAll(" +", " ").strip()))
          .containsSequence(
              "2026-01-01 2026-01-05 40.00 B 40 110.00 0.00",
              "2026-01-05 2026-01-10 30.00 B 10, A 20 160.00 0.00",
              "2026-01-10 2026-01-20 100.00 A 80, C 20 60.00 0.00",
              "2026-01-20 2026-02-01 90.00 C 60 0.00 30.00");
    }
  }

  private static Result run(WalletWorld world, String command) {
    var words = ("wallet " + command).split(" ", -1);
    return world.world().start(Map.of(), List.of(), words).await();
  }
}
