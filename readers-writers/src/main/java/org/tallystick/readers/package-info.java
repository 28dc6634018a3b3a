/// How things get in: usage files, catalog files, rows. Decides nothing about them.
@NullMarked
package org.tallystick.readers;

import org.jspecify.annotations.NullMarked;
