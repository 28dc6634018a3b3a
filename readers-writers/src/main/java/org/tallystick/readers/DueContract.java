package org.tallystick.readers;

import java.util.List;
import java.util.UUID;
import org.tallystick.domain.invoice.DuePeriod;

/// What is due of a contract; `customer` is whose usage it is.
public record DueContract(UUID customer, UUID contract, List<DuePeriod> periods) {}
