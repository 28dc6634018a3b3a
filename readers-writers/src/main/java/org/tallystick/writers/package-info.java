/// How things get out: rows, in a fixed number of statements per chunk. Computes no price.
@NullMarked
package org.tallystick.writers;

import org.jspecify.annotations.NullMarked;
