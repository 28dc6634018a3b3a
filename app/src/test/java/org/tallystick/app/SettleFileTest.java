package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallystick.app.RequestFiles.refused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.readers.UnreadableFile;

/// Files of jobs and of used credits: what becomes of their lines, and of the wallets.
class SettleFileTest {

  private static final String JOBS = "project,batch,job,device,runs,start,end,cancel";
  private static final String END = "2026-03-01T11:30:00Z";

  @TempDir private Path directory = Path.of("");

  /// The table "Holds" of docs/concepts/wallets.md, as files.
  @Test
  void tellsAContractsStory() throws IOException {
    try (var world = new WalletWorld(directory)) {
      alpha(world, "0.02");
      assertThat(
              settle(
                  world,
                  JOBS,
                  "alpha,B1,J1,FRESNEL,500,,,",
                  "alpha,B1,J2,EMU_FREE,1000,,,",
                  "alpha,B1,J3,EMU_MPS,200,,,"))
          .isEqualTo("settled 3, repeated 0, refused 0, unreadable 0, no request 1");
      assertThat(world.balances()).containsExactly("emu 50", "qpu 90");
      assertThat(
              settle(
                  world,
                  JOBS,
                  "alpha,B1,J1,FRESNEL,480,,%s,".formatted(END),
                  "alpha,B1,J3,EMU_MPS,,2026-03-01T11:00:00+01:00,%s,".formatted(END),
                  "alpha,B1,J2,EMU_FREE,1000,,%s,".formatted(END)))
          .isEqualTo("settled 3, repeated 0, refused 0, unreadable 0, no request 1");
      assertThat(world.balances()).containsExactly("emu 49.25", "qpu 90.4");
      assertThat(
              settle(
                  world,
                  JOBS,
                  "alpha,,J4,FRESNEL,5000,,,",
                  "alpha,,J5,FRESNEL,1000,,,",
                  "alpha,,J5,FRESNEL,,,,true",
                  "alpha,,J1,FRESNEL,,,,true"))
          .isEqualTo("settled 2, repeated 0, refused 2, unreadable 0, no request 1");
      assertThat(refused(world, 3))
          .containsExactly(
              "2 J4 insufficient not enough qpu: 100 wanted, 90.4 available",
              "5 J1 captured hold J1 was captured before");
      assertThat(world.balances()).containsExactly("emu 49.25", "qpu 90.4");
      assertThat(world.findings()).isEmpty();
    }
  }

  /// 20 and 100 are one batch and too much; 20 alone are not. A batch with a line that can't be
  /// asked is refused too.
  @Test
  void settlesABatchAllOrNotAtAll() throws IOException {
    try (var world = new WalletWorld(directory)) {
      alpha(world, "0.02");
      assertThat(
              settle(
                  world,
                  JOBS,
                  "alpha,B,J1,FRESNEL,1000,,,",
                  "alpha,B,J2,FRESNEL,5000,,,",
                  "alpha,C,J3,FRESNEL,1000,,,",
                  "alpha,D,J4,FRESNEL,1000,,,",
                  "alpha,D,J5,ABACUS,1000,,,"))
          .isEqualTo("settled 1, repeated 0, refused 4, unreadable 0, no request 1");
      assertThat(refused(world, 1))
          .containsExactly(
              "2 J1 batch nothing of its batch is settled: not enough qpu: 100 wanted, 80"
                  + " available",
              "3 J2 insufficient not enough qpu: 100 wanted, 80 available",
              "5 J4 batch nothing of its batch is settled: another line is refused",
              "6 J5 unknown_device device: expected one of [EMU_FREE, EMU_MPS, EMU_SV, FRESNEL,"
                  + " LOST], found 'ABACUS'");
      assertThat(world.balances()).containsExactly("emu 50", "qpu 80");
    }
  }

  /// Held at 0.02, captured at that: 480 shots are 9.6; a job that nobody submitted costs 0.05 a
  /// shot by then, 3,000 shots 150, and leaves 59.6 owed.
  @Test
  void capturesAtThePriceOfTheHold() throws IOException {
    try (var world = new WalletWorld(directory)) {
      alpha(world, "0.02");
      settle(world, JOBS, "alpha,,J1,FRESNEL,500,,,");
      alpha(world, "0.05");
      var ended =
          new String[] {
            JOBS,
            "alpha,,J1,FRESNEL,480,,%s,".formatted(END),
            "alpha,,J2,FRESNEL,3000,,%s,".formatted(END),
            "alpha,,J3,FRESNEL,1,,,"
          };
      assertThat(settle(world, ended))
          .isEqualTo("settled 2, repeated 0, refused 1, unreadable 0, no request 1");
      assertThat(world.balances()).containsExactly("emu 50", "qpu -59.6");
      assertThat(settle(world, ended))
          .isEqualTo("settled 0, repeated 2, refused 1, unreadable 0, no request 1");
      assertThat(world.balances()).containsExactly("emu 50", "qpu -59.6");
      assertThat(world.world().count("select max(number) from business_run where kind = 'settle'"))
          .isEqualTo(2);
      assertThat(world.findings()).isEmpty();
    }
  }

  /// 500 shots at 0.02 are 10, also in the lines after it; a job can't come to an end on another
  /// device. A wallet that isn't there is why finished work is not taken.
  @Test
  void keepsAJobsDevice() throws IOException {
    try (var world = new WalletWorld(directory)) {
      alpha(world, "0.02");
      settle(
          world,
          JOBS,
          "alpha,,J1,FRESNEL,500,,,",
          "alpha,,J1,EMU_FREE,500,,%s,".formatted(END),
          "alpha,,J2,LOST,500,,%s,".formatted(END));
      assertThat(refused(world, 1))
          .containsExactly(
              "3 J1 conflict device: expected FRESNEL, which credit is held for, found 'EMU_FREE'",
              "4 J2 unknown_wallet there is no wallet in one of [emu, lost]; expected one of [qpu,"
                  + " emu]");
      assertThat(world.balances()).containsExactly("emu 50", "qpu 90");
    }
  }

  /// 7,200 runs of a second are two hours, at 0.5 one credit, 500 shots at 0.02 are 10; the same
  /// again is the same, at any price of now.
  @Test
  void holdsOnceWhateverThePriceIsNow() throws IOException {
    try (var world = new WalletWorld(directory)) {
      alpha(world, "0.02");
      var submitted = new String[] {JOBS, "alpha,,J1,EMU_SV,7200,,,", "alpha,,J2,FRESNEL,500,,,"};
      assertThat(settle(world, submitted)).startsWith("settled 2,");
      assertThat(world.balances()).containsExactly("emu 49", "qpu 90");
      alpha(world, "0.05");
      assertThat(settle(world, submitted)).startsWith("settled 0, repeated 2,");
      assertThat(world.balances()).containsExactly("emu 49", "qpu 90");
    }
  }

  /// 400 given; 20, 20 again, and 381, which there are no more; a floor of 20 below lends 10.
  @Test
  void settlesUsedCredits() throws IOException {
    try (var world = new WalletWorld(directory)) {
      apply(
          world,
          """
          - {customer: alpha, unit: VC, floor: -20, grants:
              [{key: g, kind: paid, amount: 400, from: 2026-01-01}]}
          """);
      assertThat(
              settle(
                  world,
                  "customer;id;amount;source;description;type",
                  "alpha;u1;20;API;\"render; 4 frames\";credit",
                  "alpha;u1;20;;;",
                  "alpha;u1;21;;;",
                  "alpha;u2;390;;;",
                  "alpha;u3;11;;;",
                  "beta;u4;1;;;"))
          .isEqualTo("settled 2, repeated 1, refused 3, unreadable 0, no request 1");
      assertThat(refused(world, 1))
          .containsExactly(
              "4 u1 conflict key u1 was used before, for a usage of 20 in VC",
              "6 u3 insufficient not enough VC: 11 wanted, 10 available",
              "7 u4 unknown_customer there is no customer 'beta'");
      assertThat(world.balances()).containsExactly("VC -10");
      assertThat(
              world
                  .world()
                  .jdbc()
                  .sql("select details ->> 'description' from wallet_entry where key = 'u1'")
                  .query(String.class)
                  .single())
          .isEqualTo("render; 4 frames");
    }
  }

  /// Which lines can't be read: WalletLineParserTest.
  @Test
  void accountsForEveryLine() throws IOException {
    try (var world = new WalletWorld(directory)) {
      alpha(world, "0.02");
      var late = "2026-03-01T12:00:00Z";
      assertThat(
              settle(
                  world,
                  "# exported",
                  JOBS,
                  "",
                  "alpha,,J1,FRESNEL,many,,,",
                  "alpha,,J7\0,FRESNEL,1,,,",
                  "alpha,,J8,FRESNEL,,,,",
                  "alpha,,J9,EMU_MPS,1,%s,%s,".formatted(late, END)))
          .isEqualTo("settled 0, repeated 0, refused 2, unreadable 2, no request 3");
      assertThat(refused(world, 1))
          .containsExactly(
              "4 null bad_number runs: expected a number like 12.5, found 'many'",
              "5 null bad_line expected text, found a NUL character",
              "6 J8 missing_value runs: expected a number, found nothing",
              "7 J9 missing_value start: expected a time no later than the end, found " + late);
      assertThat(world.balances()).containsExactly("emu 50", "qpu 100");
    }
  }

  @Test
  void refusesWhatIsNoFileOfRequests() throws IOException {
    try (var world = new WalletWorld(directory)) {
      alpha(world, "0.02");
      assertThatThrownBy(() -> settle(world, "a,b,c", "1,2,3"))
          .isInstanceOf(UnreadableFile.class)
          .hasMessage(
              "the first line must name the columns project, job, device for jobs, or customer, id,"
                  + " amount for used credits; it is 'a,b,c'");
      assertThatThrownBy(() -> settle(world, "# nothing"))
          .isInstanceOf(UnreadableFile.class)
          .hasMessageEndingWith(" says nothing");
      assertThat(world.world().count("select count(*) from business_run")).isZero();
    }
  }

  private String settle(WalletWorld world, String... lines) throws IOException {
    return RequestFiles.settle(directory, world, lines);
  }

  /// One wallet of 100 for shots on a quantum processor, one of 50 for hours on emulators.
  private void alpha(WalletWorld world, String shotPrice) throws IOException {
    apply(
        world,
        """
        - customer: alpha
          unit: qpu
          grants: [{key: q, kind: paid, amount: 100, from: 2026-01-01}]
          jobs: [{devices: [FRESNEL], metric: shot, price: %s}]
        - customer: alpha
          unit: emu
          grants: [{key: e, kind: paid, amount: 50, from: 2026-01-01}]
          jobs:
            - {devices: [EMU_MPS], metric: hour, price: 0.5}
            - {devices: [EMU_FREE], metric: shot, price: 0}
            - {devices: [EMU_SV], metric: hour, price: 0.5, secondsPerRun: 1}
            - {devices: [LOST], metric: shot, price: 1, then: [lost]}
        """
            .formatted(shotPrice));
  }

  private void apply(WalletWorld world, String wallets) throws IOException {
    world
        .world()
        .apply(
            Files.writeString(
                directory.resolve("catalog.yaml"),
                "customers:\n  - {key: alpha, name: A, currency: EUR, zone: UTC}\nwallets:\n"
                    + wallets.indent(2)));
  }
}
