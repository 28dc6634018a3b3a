/// Settling requests on wallets: what it locks, reads and writes. The rules are the domain's.
@NullMarked
package org.tallystick.writers.wallet;

import org.jspecify.annotations.NullMarked;
