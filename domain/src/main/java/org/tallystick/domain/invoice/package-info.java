/// From rated periods to the lines of an invoice: subtraction of what was billed, rounding, credit.
@NullMarked
package org.tallystick.domain.invoice;

import org.jspecify.annotations.NullMarked;
