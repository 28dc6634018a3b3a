/// What makes a run the same run: its identity, its states, its canonical output.
@NullMarked
package org.tallystick.domain.run;

import org.jspecify.annotations.NullMarked;
