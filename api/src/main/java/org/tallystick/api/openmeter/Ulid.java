package org.tallystick.api.openmeter;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.tallystick.domain.digest.Sha256;

/// Identifiers as OpenMeter writes them: 128 bits in 26 characters of Crockford's base 32.
final class Ulid {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 26;

  private Ulid() {}

  /// `id` as OpenMeter writes it.
  static String of(UUID id) {
    return of(new BigInteger(id.toString().replace("-", ""), 16));
  }

  /// The UUID of the same 128 bits; empty if `text` is no identifier.
  static Optional<UUID> uuid(String text) {
    if (!text.matches("[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}")) {
      return Optional.empty();
    }
    var bits = BigInteger.ZERO;
    for (char digit : text.toUpperCase(Locale.ROOT).toCharArray()) {
      bits = bits.shiftLeft(5).or(BigInteger.valueOf(ALPHABET.indexOf(digit)));
    }
    return Optional.of(new UUID(bits.shiftRight(64).longValue(), bits.longValue()));
  }

  /// The identifier of what `key` names: the same key, the same identifier.
  static String of(String key) {
    return of(new BigInteger(Sha256.hex(key).substring(0, 32), 16));
  }

  private static String of(BigInteger number) {
    var bits = number;
    var text = new StringBuilder();
    for (int n = 0; n < LENGTH; n++) {
      text.append(ALPHABET.charAt(bits.intValue() & 31));
      bits = bits.shiftRight(5);
    }
    return text.reverse().toString();
  }
}
