/// A running application on its database: how a process finds the one and starts the other. Owns
/// the clock.
@NullMarked
package org.tallystick.app.session;

import org.jspecify.annotations.NullMarked;
