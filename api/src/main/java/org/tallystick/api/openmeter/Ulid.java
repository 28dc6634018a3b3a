package org.tallystick.api.openmeter;

import java.math.BigInteger;
import org.tallystick.domain.digest.Sha256;

/// Identifiers as OpenMeter writes them: 128 bits in 26 characters of Crockford's base 32.
final class Ulid {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 26;

  private Ulid() {}

  /// The identifier of what `key` names: the same key, the same identifier.
  static String of(String key) {
    var bits = new BigInteger(Sha256.hex(key).substring(0, 32), 16);
    var text = new StringBuilder();
    for (int n = 0; n < LENGTH; n++) {
      text.append(ALPHABET.charAt(bits.intValue() & 31));
      bits = bits.shiftRight(5);
    }
    return text.reverse().toString();
  }
}
