package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.app.ChildCommand.Result;
import org.tallystick.writers.Withdrawals.Outcome;

/// `tallystick usage withdraw`
class WithdrawCommandTest {

  private final CorrectedWorld corrected;
  private final World world;

  WithdrawCommandTest(@TempDir Path directory) {
    this.corrected = new CorrectedWorld(directory);
    this.world = corrected.world();
  }

  @AfterEach
  void close() {
    corrected.close();
  }

  @Test
  void filesOfOneNameAreToldApartByTheirBytes() {
    corrected.importLines("a.csv", CorrectedWorld.OCTOBER_RECORDS);
    corrected.importLines("again/a.csv", "c,s,1993-10-07T10:00:00Z,1");
    var hashes =
        world
            .jdbc()
            .sql("select sha256 from intake_file order by started_at")
            .query(String.class)
            .list();
    assertThat(corrected.withdrawals().file("a.csv", "which?"))
        .isEqualTo(
            new Outcome.Refused(
                "2 files are called 'a.csv'; name one by its SHA-256: "
                    + String.join(", ", hashes)));
    assertThat(corrected.withdrawals().file(hashes.getLast(), "this one"))
        .isEqualTo(new Outcome.Withdrawn("a.csv", 1, Optional.empty()));
    world.jdbc().sql("update intake_file set finished_at = null").update();
    assertThat(corrected.withdrawals().file(hashes.getFirst(), "half of it"))
        .isEqualTo(
            new Outcome.Refused(
                "the import of a.csv has not come to its end; go on with it first"));
  }

  @Test
  void isWhatItIsOnTheCommandLine() {
    corrected.importLines("a.csv", CorrectedWorld.OCTOBER_RECORDS);
    assertThat(withdraw("test", "a", "--reason", "counted twice"))
        .isEqualTo(new Result(0, "test/a: 1 withdrawn\n"));
    var again = withdraw("test", "a", "--reason", "again");
    assertThat(again.exitCode()).isZero();
    assertThat(again.output())
        .startsWith("test/a: 0 withdrawn, 1 withdrawn before, first on ")
        .endsWith(": counted twice\n");
    assertThat(withdraw("--file", "a.csv", "--reason", "all of it", "--json").output())
        .contains("\"withdrawn\" : 1", "\"withdrawnBefore\" : 1");
    assertThat(withdraw("test", "z", "--reason", "typo"))
        .isEqualTo(new Result(1, "tallystick: there is no usage record test/z\n"));
    assertThat(withdraw("--file", "z.csv", "--reason", "typo"))
        .isEqualTo(new Result(1, "tallystick: no file 'z.csv' was imported\n"));
    assertThat(withdraw("test", "--reason", "half"))
        .isEqualTo(new Result(2, "tallystick: expected SOURCE ID or --file FILE, found 1 names\n"));
    assertThat(withdraw("test", "a", "--reason", " ").exitCode()).isEqualTo(2);
    assertThat(withdraw("test", "a").exitCode()).isEqualTo(2);
    corrected.importLines("b.csv", CorrectedWorld.OCTOBER_RECORDS[0], "c,s,1993-10-07T10:00:00Z,1");
    assertThat(world.count("select sum(duplicate) from intake_batch")).isOne();
    world.nightly(World.NOVEMBER);
    assertThat(world.lines()).containsExactly("peak 1993-10-01 0.50", "units 1993-10-01 1.20");
  }

  private Result withdraw(String... arguments) {
    var command = new ArrayList<>(List.of("usage", "withdraw"));
    command.addAll(List.of(arguments));
    return world.start(Map.of(), List.of(), command.toArray(String[]::new)).await();
  }
}
