/// When runs are wanted: Quartz triggers in the database. Owns a clock; knows kinds of runs and
/// their business dates, nothing of what a run does.
@NullMarked
package org.tallystick.schedules;

import org.jspecify.annotations.NullMarked;
