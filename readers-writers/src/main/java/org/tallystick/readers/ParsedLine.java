package org.tallystick.readers;

import org.jspecify.annotations.Nullable;
import org.tallystick.domain.usage.Disposition;

/// A line with what the format makes of it.
///
/// @param disposition null for a line that holds no row: a comment, a header, a blank line
/// @param origin null but in a reject file
public record ParsedLine(RawLine line, @Nullable Disposition disposition, @Nullable Origin origin) {

  /// The suspended line that comes back as this one: line `number` of the file with this SHA-256
  /// (hexadecimal).
  public record Origin(String sha256, long number) {}
}
