package org.tallystick.domain.time;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// One time that an item is charged: `full`, the period that its cadence gives; `service`, what of
/// it the item is in force, which is priced; `billing`, the period whose invoice it may be on.
public record Occurrence(ServicePeriod full, ServicePeriod service, ServicePeriod billing) {

  /// Its parts between `cuts`, in order, where other terms begin. Each is charged by itself, at its
  /// share of the full period; all are invoiced when the whole would be.
  public List<Occurrence> cutAt(List<Instant> cuts) {
    var bounds = new TreeSet<>(List.of(service.starts(), service.ends()));
    cuts.stream().filter(service::contains).forEach(bounds::add);
    var at = List.copyOf(bounds);
    return IntStream.range(1, at.size())
        .mapToObj(n -> new ServicePeriod(at.get(n - 1), at.get(n)))
        .map(part -> new Occurrence(full, part, billing))
        .toList();
  }

  /// When it can be invoiced: in advance as the billing period starts, else when both the service
  /// period and the billing period have ended.
  public Instant invoiceAt(boolean isInAdvance) {
    if (isInAdvance) {
      return billing.starts();
    }
    return service.ends().isAfter(billing.ends()) ? service.ends() : billing.ends();
  }
}
