package org.tallystick.domain.time;

import java.time.Instant;

/// One time that an item is charged: `full`, the period that its cadence gives; `service`, what of
/// it the item is in force, which is priced; `billing`, the period whose invoice it may be on.
public record Occurrence(ServicePeriod full, ServicePeriod service, ServicePeriod billing) {

  /// When it can be invoiced: in advance as the billing period starts, else when both the service
  /// period and the billing period have ended.
  public Instant invoiceAt(boolean isInAdvance) {
    if (isInAdvance) {
      return billing.starts();
    }
    return service.ends().isAfter(billing.ends()) ? service.ends() : billing.ends();
  }
}
