package org.tallystick.domain.wallet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.UUID;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.time.ServicePeriod;

/// Credit given to a customer, in force in [effective, expires), with what is left of it; for the
/// rate cards with the keys `items`, or for all if there are none.
public record Grant(
    UUID id,
    String key,
    Kind kind,
    int priority,
    Instant effective,
    Instant expires,
    Set<String> items,
    BigDecimal balance) {

  public Grant {
    items = Set.copyOf(items);
  }

  /// Grants burn by priority, then expiry, then creation, then their key.
  public static final Comparator<Grant> BURN_ORDER =
      Comparator.comparingInt(Grant::priority)
          .thenComparing(Grant::expires)
          .thenComparing(Grant::effective)
          .thenComparing(Grant::key);

  /// Whether it may settle a charge of `period`: it is in force at the period's last instant, or at
  /// its first for a fee in advance.
  public boolean covers(RateCard card, ServicePeriod period) {
    if (!items.isEmpty() && !items.contains(card.key())) {
      return false;
    }
    return card.isInAdvance()
        ? !period.starts().isBefore(effective) && period.starts().isBefore(expires)
        : period.ends().isAfter(effective) && !period.ends().isAfter(expires);
  }

  public Grant withBalance(BigDecimal changed) {
    return new Grant(id, key, kind, priority, effective, expires, items, changed);
  }

  /// Who gave it: the customer paid for it, or it is a present. Decides how it is booked.
  public enum Kind {
    PAID,
    PROMOTIONAL
  }
}
