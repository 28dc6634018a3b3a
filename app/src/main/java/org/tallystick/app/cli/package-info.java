/// The command line: what people type and what they read. Computes nothing.
@NullMarked
package org.tallystick.app.cli;

import org.jspecify.annotations.NullMarked;
