/// Service periods and as-of dates. Owns no clock: time comes in as a parameter.
@NullMarked
package org.tallystick.domain.time;

import org.jspecify.annotations.NullMarked;
