/// From what a catalog file declares to the rows that the jobs join with: customers, contracts,
/// their terms, wallets. Owns what may be changed once applied, and what may not.
@NullMarked
package org.tallystick.writers.catalog;

import org.jspecify.annotations.NullMarked;
