/// The books: balanced entries, chained by hash. Knows accounts, not why an amount is what it is.
@NullMarked
package org.tallystick.domain.ledger;

import org.jspecify.annotations.NullMarked;
