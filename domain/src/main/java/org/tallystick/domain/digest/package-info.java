/// Fingerprints of content. Owns no content.
@NullMarked
package org.tallystick.domain.digest;

import org.jspecify.annotations.NullMarked;
