/// From single records and quantities to an exact amount with its parts; what is rounded is said.
@NullMarked
package org.tallystick.domain.rating;

import org.jspecify.annotations.NullMarked;
