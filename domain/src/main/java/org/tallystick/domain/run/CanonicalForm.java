package org.tallystick.domain.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tallystick.domain.digest.Sha256;

/// What "the same to the byte" means: one text line per posted line, part and posting, of natural
/// keys only, sorted by bytes; decimals stripped and plain, instants in UTC microseconds.
///
/// Not in it: generated ids, document numbers, wall-clock times, chain hashes. A run's hash is
/// built from its customers' hashes, so it does not depend on who was written first.
public final class CanonicalForm {

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final MessageDigest run = Sha256.digest();
  private String last = "";

  /// Adds the lines of one customer, in any order; customers come in ascending order of their key's
  /// bytes, each once.
  public void add(String customer, List<String> lines) {
    if (Arrays.compareUnsigned(last.getBytes(UTF_8), customer.getBytes(UTF_8)) >= 0) {
      throw new IllegalStateException("customer " + customer + " came after " + last);
    }
    last = customer;
    run.update((customer + "|" + customerHash(lines) + "\n").getBytes(UTF_8));
  }

  /// The output hash: 64 hexadecimal digits.
  public String hash() {
    return Sha256.hex(run.digest());
  }

  private static String customerHash(List<String> lines) {
    var bytes = new ArrayList<>(lines.stream().map(line -> line.getBytes(UTF_8)).toList());
    bytes.sort(Arrays::compareUnsigned);
    var digest = Sha256.digest();
    for (var line : bytes) {
      digest.update(line);
      digest.update((byte) '\n');
    }
    return Sha256.hex(digest.digest());
  }

  /// One canonical line. Text is escaped, so that no value can pass for two.
  public static String line(Object... values) {
    var line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      line.append(i == 0 ? "" : "|").append(text(values[i]));
    }
    return line.toString();
  }

  private static String text(Object value) {
    return switch (value) {
      case BigDecimal decimal ->
          decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
      case Instant instant -> MICROSECONDS.format(instant);
      default -> value.toString().replace("\\", "\\\\").replace("|", "\\p").replace("\n", "\\n");
    };
  }
}
