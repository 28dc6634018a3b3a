package org.tallystick.readers;

import java.util.regex.Pattern;

/// A JSON path that leads to one value, `$.data.tokens[0]` or `data['a b']`, as the JSON pointer
/// (RFC 6901) to it. What could lead to several, as `*`, `..` and filters, is refused: a column has
/// one value.
final class JsonPath {

  private static final Pattern STEP =
      Pattern.compile("\\.?([\\p{L}_][\\p{L}\\p{N}_-]*)|\\[(\\d{1,9})]|\\['([^']*)']");

  private JsonPath() {}

  /// Throws IllegalArgumentException if `path` is none.
  static String pointer(String path) {
    var pointer = new StringBuilder();
    var step = STEP.matcher(path);
    int at = path.startsWith("$") ? 1 : 0;
    boolean isRelative = at == 0;
    while (at < path.length()) {
      if (!step.find(at) || step.start() != at || isBare(path, at, isRelative)) {
        throw new IllegalArgumentException(
            "expected a path to one value like $.data.tokens, found '" + path + "'");
      }
      var name =
          step.group(1) != null
              ? step.group(1)
              : step.group(2) != null ? step.group(2) : step.group(3);
      pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
      at = step.end();
    }
    if (pointer.isEmpty()) {
      throw new IllegalArgumentException("expected a path to a value in it, found '" + path + "'");
    }
    return pointer.toString();
  }

  /// Names follow a point, unless a relative path begins with one.
  private static boolean isBare(String path, int at, boolean isRelative) {
    char first = path.charAt(at);
    return first != '.' && first != '[' && !(at == 0 && isRelative);
  }
}
