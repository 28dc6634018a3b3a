package org.tallystick.jobs;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How work is cut up; `tallystick.batch.*`. The result of a run does not depend on it.
///
/// @param partitions shares that customers are worked in side by side, 1 to 1,024; about 4 per core
/// @param chunkCustomers customers per transaction
/// @param chunkLines lines of a usage file per transaction
@ConfigurationProperties("tallystick.batch")
public record BatchSettings(
    @DefaultValue("4") int partitions,
    @DefaultValue("200") int chunkCustomers,
    @DefaultValue("10000") int chunkLines) {

  public BatchSettings {
    requireWithin("partitions", partitions, 1_024);
    requireWithin("chunk-customers", chunkCustomers, 10_000);
    requireWithin("chunk-lines", chunkLines, 100_000);
  }

  private static void requireWithin(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "tallystick.batch." + name + " must be 1 to " + max + ", was " + value);
    }
  }
}
