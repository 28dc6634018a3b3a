/// The one executable: main class, configuration, how a process reaches its database. Owns the
/// clock.
@NullMarked
package org.tallystick.app;

import org.jspecify.annotations.NullMarked;
