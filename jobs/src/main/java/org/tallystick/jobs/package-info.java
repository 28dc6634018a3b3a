/// The Spring Batch jobs, one configuration each, and the business runs they execute. Holds no SQL
/// and no arithmetic.
@NullMarked
package org.tallystick.jobs;

import org.jspecify.annotations.NullMarked;
