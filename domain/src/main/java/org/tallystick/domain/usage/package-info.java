/// What a usage record is, and how a line of a declared format becomes one. Reads no files.
@NullMarked
package org.tallystick.domain.usage;

import org.jspecify.annotations.NullMarked;
