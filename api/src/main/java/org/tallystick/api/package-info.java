/// What all HTTP APIs share: who may call them.
@NullMarked
package org.tallystick.api;

import org.jspecify.annotations.NullMarked;
