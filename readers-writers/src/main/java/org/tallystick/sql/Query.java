package org.tallystick.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The statements of the sql module, by file name.
public final class Query {

  private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

  private Query() {}

  /// The text of `sql/queries/NAME.sql`; a name without a file is a bug and throws.
  public static String of(String name) {
    return TEXTS.computeIfAbsent(name, n -> read("/sql/queries/" + n + ".sql"));
  }

  /// The text of a file on the class path.
  public static String read(String path) {
    try (var file = Query.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException("there is no " + path);
      }
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
