package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.domain.run.RunState;
import org.tallystick.jobs.Runs;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.SettledFileReport;
import org.tallystick.readers.UnreadableUsageFile;
import org.tallystick.readers.UsageFile;

/// Files of jobs and of used credits: what becomes of their lines, and of the wallets.
class SettleFileTest {

  private static final String JOBS = "project,batch,job,device,runs,start,end,cancel";
  private static final String END = "2026-03-01T11:30:00Z";

  @TempDir private Path directory = Path.of("");
  private int files;

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
              "6 J5 unknown_device device: expected one of [EMU_FREE, EMU_MPS, FRESNEL], found"
                  + " 'ABACUS'");
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
          .isInstanceOf(UnreadableUsageFile.class)
          .hasMessage(
              "the first line must name the columns project, job, device for jobs, or customer, id,"
                  + " amount for used credits; it is 'a,b,c'");
      assertThatThrownBy(() -> settle(world, "# nothing"))
          .isInstanceOf(UnreadableUsageFile.class)
          .hasMessageEndingWith(" says nothing");
      assertThat(world.world().count("select count(*) from business_run")).isZero();
    }
  }

  private String settle(WalletWorld world, String... lines) throws IOException {
    var run = world.world().get(Runs.class).settleFile(UsageFile.of(file(lines)));
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

  /// Line, key, reason and message.
  private static List<String> refused(WalletWorld world, long runNo) {
    var run = new RunReader(world.world().jdbc()).byNo(runNo).orElseThrow();
    return new SettledFileReport(world.world().jdbc())
        .refused(run.id(), 100).stream()
            .map(line ->
                Stream.of("line", "key", "reason", "message")
                    .map(column -> String.valueOf(line.get(column)))
                    .collect(Collectors.joining(" ")))
            .toList();
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

  private Path file(String... lines) throws IOException {
    return Files.write(directory.resolve("requests-" + files++ + ".csv"), List.of(lines));
  }
}
