package org.tallystick.domain.time;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// When an item is charged and when that is invoiced. An item without a cadence is charged once.
///
/// Worked examples: docs/reference/time.md, "Three periods".
///
/// @param billing the rhythm of the contract's invoices
/// @param item when the item is in force
/// @param phase when the phase of the contract that it belongs to is; cuts billing periods
public record Schedule(
    Optional<Cadence> cadence, Cadence billing, Span item, Span phase, boolean isInAdvance) {

  public Schedule {
    if (item.from().isBefore(phase.from()) || !item.from().isBefore(phase.to())) {
      throw new IllegalArgumentException(
          "item must begin within its phase, was " + item + " in " + phase);
    }
    item = new Span(item.from(), item.to().isAfter(phase.to()) ? phase.to() : item.to());
  }

  /// The occurrences, in order, whose service starts at `after` or later, as far as they have begun
  /// or can be invoiced by `through`. A day that the zone skips (Samoa, 30 December 2011) has none.
  public List<Occurrence> occurrences(Instant after, Instant through) {
    return cadence.isEmpty() ? once(after, through) : recurring(cadence.get(), after, through);
  }

  /// The occurrence that begins at `starts` in the period `full`, as far as the item is in force;
  /// none if it is not any more.
  public Optional<Occurrence> occurrenceAt(ServicePeriod full, Instant starts) {
    if (!starts.isBefore(item.to())) {
      return Optional.empty();
    }
    if (cadence.isEmpty()) {
      return once(starts, starts).stream().findFirst();
    }
    var ends = full.ends().isAfter(item.to()) ? item.to() : full.ends();
    return Optional.of(new Occurrence(full, new ServicePeriod(starts, ends), billingAt(starts)));
  }

  private List<Occurrence> recurring(Cadence rhythm, Instant after, Instant through) {
    var occurrences = new ArrayList<Occurrence>();
    int n = rhythm.numberAt(after.isBefore(item.from()) ? item.from() : after);
    for (; rhythm.start(n).isBefore(item.to()); n++) {
      if (!rhythm.start(n).isBefore(rhythm.start(n + 1))) {
        continue;
      }
      var full = rhythm.period(n);
      var service = full.in(item);
      if (service.starts().isBefore(after)) {
        continue;
      }
      var occurrence = new Occurrence(full, service, billingAt(service.starts()));
      if (!isOpen(occurrence, through)) {
        break;
      }
      occurrences.add(occurrence);
    }
    return occurrences;
  }

  /// A charge without an end in sight is one for the billing period that it is made in.
  private List<Occurrence> once(Instant after, Instant through) {
    var billed = billingAt(item.from());
    var ends = item.isOpen() ? billed.ends() : item.to();
    var service = new ServicePeriod(item.from(), ends);
    var occurrence = new Occurrence(service, service, billed);
    return !service.starts().isBefore(after) && isOpen(occurrence, through)
        ? List.of(occurrence)
        : List.of();
  }

  private ServicePeriod billingAt(Instant instant) {
    return billing.periodAt(instant).in(phase);
  }

  private boolean isOpen(Occurrence occurrence, Instant through) {
    return !occurrence.service().starts().isAfter(through)
        || !occurrence.invoiceAt(isInAdvance).isAfter(through);
  }
}
