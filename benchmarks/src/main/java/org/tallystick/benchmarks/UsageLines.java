package org.tallystick.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A seeded usage file: a header, then a month of use in the order of time, customers and models at
/// random.
///
/// @param isRandom whether ids are 128 random bits in hexadecimal digits, which come in anywhere in
///   an index; otherwise they count from 1
record UsageLines(long lines, int customers, boolean isRandom) {

  private static final long SEED = 2026;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long SECONDS = 31L * 24 * 3_600;
  private static final int USE_SECONDS_MAX = 3_600;
  private static final int QUANTITY_MAX = 100_000;
  private static final List<String> MODELS = List.of("small", "medium", "large", "vision");

  /// A catalog with nothing but the format of these files.
  static Path writeCatalog(Path file, String format) throws IOException {
    return Files.writeString(
        file,
        """
        formats:
          - key: %1$s
            layout: csv
            columns: [id, customer, from, to, quantity, model]
            source: %1$s
            id: id
            type: use
            subject: customer
            time: {from: from, to: to}
            quantity: quantity
            dimensions: {model: model}
        """
            .formatted(format));
  }

  Path write(Path file) throws IOException {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    try (var out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      out.write("id,customer,from,to,quantity,model\n");
      for (long n = 1; n <= lines; n++) {
        out.write(line(n, random));
      }
    }
    return file;
  }

  private String line(long n, RandomGenerator random) {
    var hex = HexFormat.of();
    var id =
        isRandom
            ? hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong())
            : String.valueOf(n);
    var to = START.plusSeconds(n * SECONDS / (lines + 1));
    return id
        + ",c-"
        + random.nextInt(1, customers + 1)
        + ','
        + to.minusSeconds(random.nextInt(1, USE_SECONDS_MAX))
        + ','
        + to
        + ','
        + random.nextInt(1, QUANTITY_MAX + 1)
        + ','
        + MODELS.get(random.nextInt(MODELS.size()))
        + '\n';
  }
}
