package org.tallystick.api.tallystick;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/// The SHA-256 that bytes must have, as clients write it; here always 64 lower-case hexadecimal
/// digits.
final class Checksum {

  /// RFC 9530: of the bytes of this request.
  static final String OF_CONTENT = "Content-Digest";

  /// RFC 9530: of the whole file.
  static final String OF_FILE = "Repr-Digest";

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FIELD =
      Pattern.compile("(?:.*,)?\\s*sha-256=:([A-Za-z0-9+/]{43}=):\\s*(?:,.*)?");

  private Checksum() {}

  static String hex(String text) {
    var hex = text.toLowerCase(Locale.ROOT);
    if (!HEX.matcher(hex).matches()) {
      throw Problems.badRequest(
          "sha256: expected 64 hexadecimal digits, found '" + Announcement.shown(text) + "'");
    }
    return hex;
  }

  /// What the header `name` says; other digests beside SHA-256 are passed over.
  static Optional<String> header(HttpServletRequest request, String name) {
    var value = request.getHeader(name);
    if (value == null) {
      return Optional.empty();
    }
    var field = FIELD.matcher(value);
    if (!field.matches()) {
      throw Problems.badRequest(
          name + ": expected sha-256=:BASE64:, found '" + Announcement.shown(value) + "'");
    }
    return Optional.of(HexFormat.of().formatHex(Base64.getDecoder().decode(field.group(1))));
  }

  /// The one that `first` and `second` agree on.
  static Optional<String> same(Optional<String> first, Optional<String> second) {
    if (first.isPresent() && second.isPresent() && !first.equals(second)) {
      throw Problems.badRequest(
          "expected one SHA-256, found " + first.get() + " and " + second.get());
    }
    return first.or(() -> second);
  }

  /// Refuses bytes that are not the expected ones.
  static void require(Optional<String> expected, String found) {
    if (expected.isPresent() && !expected.get().equals(found)) {
      throw new Refusal(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "expected SHA-256 "
              + expected.get()
              + ", found "
              + found
              + "; nothing of this request was kept");
    }
  }
}
