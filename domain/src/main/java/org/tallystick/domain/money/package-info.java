/// Exact amounts and the one place that rounds them. Owns no currency data: that is JavaMoney's.
@NullMarked
package org.tallystick.domain.money;

import org.jspecify.annotations.NullMarked;
