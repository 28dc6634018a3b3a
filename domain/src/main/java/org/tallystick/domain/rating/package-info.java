/// From a quantity to an exact amount with its parts. Rounds nothing.
@NullMarked
package org.tallystick.domain.rating;

import org.jspecify.annotations.NullMarked;
