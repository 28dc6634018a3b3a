/// How fast it is. Measures, never asserts.
@NullMarked
package org.tallystick.benchmarks;

import org.jspecify.annotations.NullMarked;
