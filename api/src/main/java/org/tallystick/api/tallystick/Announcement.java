package org.tallystick.api.tallystick;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a client says of a usage file before it is there.
///
/// @param format the key of a format, declared or not
/// @param name what people know the file by, at most 200 characters; never a path
/// @param sha256 of all its bytes, as [Checksum] writes it
record Announcement(String format, String name, Optional<String> sha256) {

  private static final int NAME_LENGTH_MAX = 200;
  private static final int SHOWN_LENGTH_MAX = 100;
  private static final String NAMELESS = "upload";

  /// Of the query of a request; `digest` is what its headers say.
  static Announcement of(HttpServletRequest request, Optional<String> digest) {
    return of(query(request), digest);
  }

  /// Of fields by name: `format`, and if the client likes `name` and `sha256`.
  static Announcement of(Map<String, String> fields, Optional<String> digest) {
    for (var field : fields.keySet()) {
      if (!field.equals("format") && !field.equals("name") && !field.equals("sha256")) {
        throw Problems.badRequest("expected format, name and sha256, found '" + shown(field) + "'");
      }
    }
    var format = fields.getOrDefault("format", "");
    if (format.isEmpty()) {
      throw Problems.badRequest(
          "format: expected a key of " + UsageFormatController.PATH + ", found nothing");
    }
    var sha256 = Optional.ofNullable(fields.get("sha256")).map(Checksum::hex);
    return new Announcement(
        format, name(fields.getOrDefault("name", "")), Checksum.same(sha256, digest));
  }

  /// The fields of a query. Not by the servlet's parameters: those would read a body whose type
  /// says form, as curl does if nobody tells it otherwise.
  static Map<String, String> query(HttpServletRequest request) {
    var fields = new TreeMap<String, String>();
    var query = Optional.ofNullable(request.getQueryString()).orElse("");
    for (var pair : query.split("&", -1)) {
      int at = pair.indexOf('=');
      if (!pair.isEmpty()) {
        fields.put(
            decoded(at < 0 ? pair : pair.substring(0, at)),
            at < 0 ? "" : decoded(pair.substring(at + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problems.badRequest("expected a query in URL encoding, found '" + shown(text) + "'");
    }
  }

  /// What a client calls a file is shown and searched for: the end of a path, without characters
  /// that do not show.
  static String name(String given) {
    var last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    var name = visible(last, NAME_LENGTH_MAX).strip();
    return name.isEmpty() ? NAMELESS : name;
  }

  /// What of `text` may stand in a message.
  static String shown(String text) {
    return visible(text, SHOWN_LENGTH_MAX);
  }

  private static String visible(String text, int lengthMax) {
    return text.codePoints()
        .filter(Announcement::isVisible)
        .limit(lengthMax)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
