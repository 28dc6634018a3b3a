/// What is sold: meters, rate cards, pricing models, contracts. Knows no customer's usage.
@NullMarked
package org.tallystick.domain.catalog;

import org.jspecify.annotations.NullMarked;
