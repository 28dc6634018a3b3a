package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.readers.RunVerifier;

/// October's bill is the same to the byte, however it comes about.
class ReproducibleTest {

  private static String october = "";
  private static String november = "";

  @TempDir private Path directory = Path.of("");

  /// The fees of October, then October itself rated once at its end.
  @BeforeAll
  static void billOctoberAtItsEnd() {
    try (var world = World.withDemo(Map.of())) {
      october = hash(world, World.OCTOBER);
      november = hash(world, World.NOVEMBER);
    }
    assertThat(october).hasSize(64).isNotEqualTo(november);
  }

  private static String hash(World world, LocalDate asOf) {
    var run = world.nightly(asOf);
    assertThat(run.message()).isEmpty();
    return String.valueOf(run.outputHash());
  }

  private static void assertSameBills(World world) {
    assertThat(hash(world, World.OCTOBER)).isEqualTo(october);
    assertThat(hash(world, World.NOVEMBER)).isEqualTo(november);
  }

  @Test
  void whenRatedEveryNight() {
    try (var world = World.withDemo(Map.of())) {
      assertThat(hash(world, World.OCTOBER)).isEqualTo(october);
      for (var night = World.OCTOBER.plusDays(1);
          night.isBefore(World.NOVEMBER);
          night = night.plusDays(1)) {
        hash(world, night);
      }
      assertThat(hash(world, World.NOVEMBER)).isEqualTo(november);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "4", "16"})
  void withAnyNumberOfPartitions(String partitions) {
    var settings =
        Map.of("tallystick.batch.partitions", partitions, "tallystick.batch.chunk-customers", "3");
    try (var world = World.withDemo(settings)) {
      assertSameBills(world);
      assertThat(
              world.count(
                  "select count(*) from batch_step_execution where step_name like 'draftShare:%'"
                      + " and job_execution_id = (select max(job_execution_id)"
                      + " from batch_job_execution)"))
          .isEqualTo(Long.parseLong(partitions));
    }
  }

  @Test
  void withTheLinesShuffled() {
    try (var world = World.empty(Map.of("tallystick.batch.chunk-lines", "777"))) {
      world.apply(World.CATALOG);
      world.importFile(DemoLog.write(directory.resolve("s.swf"), DemoLog.shuffled(1993)), "swf");
      assertSameBills(world);
    }
  }

  @Test
  void withTheSameUsageAsCsv() {
    try (var world = World.empty(Map.of())) {
      world.apply(World.CATALOG);
      world.importFile(DemoLog.write(directory.resolve("jobs.csv"), DemoLog.csv()), "jobs-csv");
      assertThat(world.count("select count(*) from usage_record")).isEqualTo(14_952);
      assertSameBills(world);
    }
  }

  @Test
  void inAnotherZoneAndLanguage() {
    try (var world = World.empty(Map.of())) {
      var jvm = List.of("-Duser.timezone=Asia/Kolkata", "-Duser.language=tr", "-Duser.country=TR");
      for (var command :
          List.of(
              List.of("catalog", "apply", World.CATALOG.toString()),
              List.of("usage", "import", World.LOG.toString(), "--format", "swf"),
              List.of("run", "nightly", "--as-of", "1993-10-01"),
              List.of("run", "nightly", "--as-of", "1993-11-01"))) {
        var ended = world.start(Map.of(), jvm, command.toArray(String[]::new)).await();
        assertThat(ended.exitCode()).as(ended.output()).isZero();
      }
      assertSameBills(world);
    }
  }

  @Test
  void whenVerifiedLater() {
    try (var world = World.withDemo(Map.of())) {
      world.nightly(World.OCTOBER);
      var run = world.nightly(World.NOVEMBER);
      var verifier = new RunVerifier(world.jdbc());
      assertThat(verifier.verify(run)).isEmpty();
      world.jdbc().sql("set session_replication_role = replica").update();
      world
          .jdbc()
          .sql(
              """
              update invoice_line_part set quantity = quantity + 1
               where (invoice_id, line_no, part_no) =
                     (select invoice_id, line_no, part_no from invoice_line_part
                       where key = 'tier-2' order by 1, 2, 3 limit 1)\
              """)
          .update();
      assertThat(verifier.verify(run))
          .singleElement()
          .asString()
          .contains("was posted with output hash " + november);
    }
  }
}
