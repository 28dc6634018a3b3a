package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.readers.CatalogRefused;

/// Declared prices of jobs.
class JobPriceCatalogTest {

  @TempDir private Path directory = Path.of("");

  @Test
  void refusesWhatIsNoPrice() throws IOException {
    try (var world = World.empty(Map.of())) {
      apply(world, "qpu", "{devices: [FRESNEL], metric: shot, price: 1}");
      requireRefused(world, "{devices: [], metric: shot, price: 1}", "'devices': expected one");
      requireRefused(world, "{devices: [A, A], metric: shot, price: 1}", "'A' is there twice");
      requireRefused(
          world, "{devices: [A], metric: run, price: 1}", "expected shot or hour, found 'run'");
      requireRefused(
          world,
          "{devices: [A], metric: shot, price: -1}",
          "'price': expected from 0 to 1000000000000, with up to 12 decimals, found -1");
      requireRefused(
          world,
          "{devices: [A], metric: shot, price: 1, then: [emu]}",
          "'then': expected other wallets than emu, each once");
      requireRefused(
          world,
          "{devices: [FRESNEL], metric: shot, price: 1}",
          "device 'FRESNEL' is paid from wallet qpu already");
      assertThat(world.count("select count(*) from job_price")).isOne();
    }
  }

  /// A device moves from one wallet to another in one file, whichever of them stands first.
  @Test
  void movesADeviceToAnotherWallet() throws IOException {
    try (var world = World.empty(Map.of())) {
      var jobs = "{devices: [FRESNEL], metric: shot, price: 1}";
      applyBoth(world, jobs, "");
      applyBoth(world, "", jobs);
      applyBoth(world, jobs, "");
      assertThatThrownBy(() -> applyBoth(world, jobs, jobs))
          .hasMessageContaining("device 'FRESNEL' is paid from wallet");
    }
  }

  private void applyBoth(World world, String qpu, String emu) throws IOException {
    var yaml =
        """
        customers:
          - {key: alpha, name: A, currency: EUR, zone: UTC}
        wallets:
          - {customer: alpha, unit: qpu, jobs: [%s]}
          - {customer: alpha, unit: emu, jobs: [%s]}
        """
            .formatted(qpu, emu);
    world.apply(Files.writeString(directory.resolve("catalog.yaml"), yaml));
  }

  /// What was in force stays to be seen.
  @Test
  void keepsFormerPrices() throws IOException {
    try (var world = World.empty(Map.of())) {
      apply(world, "qpu", "{devices: [FRESNEL], metric: shot, price: 1}");
      apply(world, "qpu", "{devices: [FRESNEL], metric: hour, price: 2, secondsPerRun: 1}");
      apply(world, "qpu", "");
      assertThat(
              world
                  .jdbc()
                  .sql(
                      "select revision || metric || price || devices::text from job_price order by"
                          + " 1")
                  .query((row, _) -> row.getString(1))
                  .list())
          .containsExactly("1shot1{FRESNEL}", "2hour2{FRESNEL}", "3shot0{}");
    }
  }

  private void requireRefused(World world, String jobs, String message) {
    assertThatThrownBy(() -> apply(world, "emu", jobs))
        .isInstanceOf(CatalogRefused.class)
        .hasMessageContaining(message);
  }

  private void apply(World world, String unit, String jobs) throws IOException {
    var yaml =
        """
        customers:
          - {key: alpha, name: A, currency: EUR, zone: UTC}
        wallets:
          - {customer: alpha, unit: %s, jobs: [%s]}
        """
            .formatted(unit, jobs);
    world.apply(Files.writeString(directory.resolve("catalog.yaml"), yaml));
  }
}
