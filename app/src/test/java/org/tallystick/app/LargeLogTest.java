package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Five million jobs of 2,000 customers pass intake, rating and billing with a heap of 512 MB. The
/// number of jobs is `tallystick.jobs`. Prints what each step took; asserts no time.
@Tag("prove")
class LargeLogTest {

  private static final int JOBS = Integer.getInteger("tallystick.jobs", 5_000_000);
  private static final int CUSTOMERS = 2_000;
  private static final long SEED = 1993;
  private static final int SECONDS_OF_OCTOBER = 745 * 3_600;

  @TempDir private Path directory = Path.of("");

  @Test
  void passesWith512MegabytesOfHeap() throws IOException {
    var log = log();
    try (var world = World.empty(Map.of())) {
      run(world, "catalog", "apply", catalog().toString());
      run(world, "usage", "import", log.toString(), "--format", "swf");
      assertThat(world.count("select count(*) from usage_record")).isEqualTo(JOBS);
      run(world, "run", "nightly", "--as-of", "1993-10-01");
      run(world, "run", "nightly", "--as-of", "1993-10-16");
      run(world, "run", "nightly", "--as-of", "1993-11-01");
      assertThat(world.count("select sum(records) from service_period where ends < '1993-11-02'"))
          .isEqualTo(JOBS);
      assertThat(
              world.count(
                  "select sum(quantity * 3600)::bigint from invoice_line where category = 'usage'"))
          .isEqualTo(world.count("select sum(quantity)::bigint from usage_record"));
      run(world, "verify");
    }
  }

  private static void run(World world, String... command) {
    long started = System.nanoTime();
    var ended =
        world.start(Map.of(), List.of("-Xmx512m", "-XX:TieredStopAtLevel=4"), command).await();
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    var took = Duration.ofNanos(System.nanoTime() - started);
    System.out.println(String.join(" ", command) + ": " + took.toMillis() + " ms");
  }

  private Path catalog() throws IOException {
    var demo = Files.readString(World.CATALOG);
    var catalog = new StringBuilder(demo.substring(0, demo.indexOf("customers:")));
    catalog.append("customers:\n");
    for (int n = 1; n <= CUSTOMERS; n++) {
      catalog.append(
          ("  - {key: c-%1$d, name: C %1$d, currency: USD, zone: America/Los_Angeles,"
                  + " subjects: [\"%1$d\"]}\n")
              .formatted(n));
    }
    catalog.append("contracts:\n");
    for (int n = 1; n <= CUSTOMERS; n++) {
      catalog.append(
          "  - {key: k-%d, customer: c-%d, plan: public, from: 1993-10-01}\n".formatted(n, n));
    }
    return Files.writeString(directory.resolve("catalog.yaml"), catalog);
  }

  private Path log() throws IOException {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    var file = directory.resolve("large.swf.gz");
    try (var gzip = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16);
        var out = new BufferedWriter(new OutputStreamWriter(gzip, StandardCharsets.US_ASCII))) {
      for (int n = 1; n <= JOBS; n++) {
        int submit = (int) ((long) n * (SECONDS_OF_OCTOBER - 40_000) / JOBS);
        out.write(
            n
                + " "
                + submit
                + " -1 "
                + random.nextInt(0, 36_000)
                + " "
                + (1 << random.nextInt(8))
                + " -1 -1 -1 -1 -1 -1 "
                + random.nextInt(1, CUSTOMERS + 1)
                + " 1 -1 -1 -1 -1 -1\n");
      }
    }
    return file;
  }
}
