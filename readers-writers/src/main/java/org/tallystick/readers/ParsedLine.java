package org.tallystick.readers;

import org.jspecify.annotations.Nullable;
import org.tallystick.domain.usage.Disposition;

/// A line with what the format makes of it; null is a line that holds no row: a comment, a header,
/// a blank line.
public record ParsedLine(RawLine line, @Nullable Disposition disposition) {}
