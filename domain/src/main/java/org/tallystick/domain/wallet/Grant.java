package org.tallystick.domain.wallet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.UUID;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.time.ServicePeriod;

/// Credit given to a customer at `created`, in force in [effective, expires); for the rate cards
/// with the keys `items`, or for all if there are none. What is left of it is a [Credit].
public record Grant(
    UUID id,
    String key,
    Kind kind,
    int priority,
    Instant effective,
    Instant expires,
    Instant created,
    Set<String> items,
    Allowance allowance) {

  public Grant {
    items = Set.copyOf(items);
    if (!effective.isBefore(expires)) {
      throw new IllegalArgumentException(
          "grant " + key + " must expire after " + effective + ", was " + expires);
    }
    if (kind != Kind.OVERDRAFT && allowance.amount().signum() <= 0) {
      throw new IllegalArgumentException(
          "grant " + key + " must give more than zero, was " + allowance.amount());
    }
  }

  /// Grants burn by priority, then expiry, then creation, then their key.
  public static final Comparator<Grant> BURN_ORDER =
      Comparator.comparingInt(Grant::priority)
          .thenComparing(Grant::expires)
          .thenComparing(Grant::created)
          .thenComparing(Grant::key);

  /// Whether it may settle a charge of `period`: it is in force at the period's last instant, or at
  /// its first for a fee in advance.
  public boolean covers(RateCard card, ServicePeriod period) {
    if (!items.isEmpty() && !items.contains(card.key())) {
      return false;
    }
    return card.isInAdvance()
        ? isInForce(period.starts())
        : period.ends().isAfter(effective) && !period.ends().isAfter(expires);
  }

  public boolean isInForce(Instant at) {
    return !at.isBefore(effective) && at.isBefore(expires);
  }

  public Credit withBalance(BigDecimal balance) {
    return new Credit(this, balance);
  }

  /// Who gave it. Decides how it is booked.
  public enum Kind {
    /// The customer paid for it.
    PAID,
    /// It is a present.
    PROMOTIONAL,
    /// Nobody yet: what the customer draws here is owed, so its balance is never above zero.
    OVERDRAFT
  }
}
