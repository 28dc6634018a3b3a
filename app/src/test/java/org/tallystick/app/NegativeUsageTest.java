package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.domain.run.RunState;
import org.tallystick.readers.RunReport;

/// Records below zero, of a format that takes them.
class NegativeUsageTest {

  private static final String CONTINUED =
      """
      plans:
        - key: p
          from: 1993-10-01
          rateCards:
            - {key: used, name: U, meter: units, cadence: P1M, change: continue, price: {unit: 1}}
        - key: p
          from: 1993-10-15
          rateCards:
            - {key: used, name: U, meter: units, cadence: P1M, change: continue, price: {unit: 2}}
      customers:
        - {key: d, name: D, currency: USD, zone: UTC, subjects: [t]}
      contracts:
        - {key: l, customer: d, plan: p, from: 1993-10-01}
      """;

  private final Path directory;
  private final CorrectedWorld corrected;
  private final World world;

  NegativeUsageTest(@TempDir Path directory) {
    this.directory = directory;
    this.corrected = new CorrectedWorld(directory);
    this.world = corrected.world();
  }

  @AfterEach
  void close() {
    corrected.close();
  }

  /// 100 × 1.20; a correction of -30 comes when that is billed: 70 × 1.20.
  @Test
  void aNegativeRecordTakesBackWhatWasBilled() {
    corrected.importLines("a.csv", "a,s,1993-10-05T10:00:00Z,100");
    var october = world.nightly(World.NOVEMBER);
    corrected.importLines("b.csv", "b,s,1993-10-05T10:00:00Z,-30");
    var november = world.nightly(World.DECEMBER);
    assertThat(world.lines())
        .containsExactly(
            "peak 1993-10-01 50.00", "units 1993-10-01 -36.00", "units 1993-10-01 120.00");
    corrected.assertSound(october, november);
  }

  @Test
  void aPeriodBelowZeroQuarantinesItsCustomerUntilItIsNot() {
    corrected.importLines("a.csv", "a,s,1993-10-05T10:00:00Z,100", "b,s,1993-10-05T10:00:00Z,-130");
    var october = world.nightly(World.NOVEMBER);
    assertThat(october.state()).isEqualTo(RunState.POSTED);
    assertThat(world.lines()).isEmpty();
    assertThat(new RunReport(world.jdbc()).quarantined(october.id()))
        .singleElement()
        .satisfies(row ->
            assertThat(row)
                .containsEntry("reason", "quantity from 1993-10-01T00:00:00Z is below zero: -30"));
    corrected.withdrawals().record("test", "b", "a typo");
    var november = world.nightly(World.DECEMBER);
    assertThat(world.lines()).containsExactly("peak 1993-10-01 50.00", "units 1993-10-01 120.00");
    corrected.assertSound(october, november);
  }

  /// What counts on from less than nothing waits with it.
  @Test
  void aPartBelowZeroKeepsBackWhatContinuesIt() throws IOException {
    world.apply(Files.writeString(directory.resolve("continued.yaml"), CONTINUED));
    corrected.importLines("a.csv", "a,t,1993-10-05T10:00:00Z,-5", "b,t,1993-10-25T10:00:00Z,30");
    var october = world.nightly(World.NOVEMBER);
    assertThat(world.lines()).isEmpty();
    assertThat(new RunReport(world.jdbc()).quarantined(october.id())).hasSize(1);
    corrected.importLines("b.csv", "c,t,1993-10-05T10:00:00Z,5");
    var november = world.nightly(World.DECEMBER);
    assertThat(world.lines()).containsExactly("used 1993-10-15 60.00");
    corrected.assertSound(october, november);
  }
}
