/// OpenMeter's billing API: its words and its rounding at the edge, the domain's rating behind.
@NullMarked
package org.tallystick.api.openmeter;

import org.jspecify.annotations.NullMarked;
