package org.tallystick.domain.wallet;

import java.math.BigDecimal;

/// What is left of a grant, in its wallet's unit.
public record Credit(Grant grant, BigDecimal balance) {}
