package org.tallystick.readers;

import java.util.List;
import java.util.Optional;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.sql.Query;

/// The formats that come along, declared in the same words as those of a catalog file. A catalog's
/// format of the same key wins.
final class BuiltInFormats {

  static final List<String> KEYS = List.of("cloudevents", "focus-1.0", "focus-1.2");

  private BuiltInFormats() {}

  /// The format `key` as it is declared, in YAML; none if no such format comes along.
  static Optional<String> yaml(String key) {
    return KEYS.contains(key)
        ? Optional.of(Query.read("/formats/" + key + ".yaml"))
        : Optional.empty();
  }

  /// The format `key`; none if no such format comes along.
  static Optional<UsageFormat> format(String key) {
    return yaml(key).map(UsageFormatReader::read);
  }
}
