/// Tallystick's own API: usage files in, the runs that take them in, the formats that there are.
/// Owns the folder of uploads; what an import does is the jobs' business.
@NullMarked
package org.tallystick.api.tallystick;

import org.jspecify.annotations.NullMarked;
