/// Credit grants and the order in which they burn. Owns no invoice.
@NullMarked
package org.tallystick.domain.wallet;

import org.jspecify.annotations.NullMarked;
