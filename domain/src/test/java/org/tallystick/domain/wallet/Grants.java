package org.tallystick.domain.wallet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.tallystick.domain.time.ServicePeriod;

/// Grants for tests.
public final class Grants {

  private Grants() {}

  /// In force from the beginning of time until `expires`.
  static Grant of(String key, Grant.Kind kind, int priority, Instant expires) {
    return new Grant(
        UUID.randomUUID(),
        key,
        kind,
        priority,
        Instant.EPOCH,
        expires,
        Instant.EPOCH,
        Set.of(),
        Allowance.once(BigDecimal.ONE));
  }

  /// What a customer owes in a wallet, without its sign.
  public static Credit owed(String amount) {
    return of("overdraft", Grant.Kind.OVERDRAFT, Integer.MAX_VALUE, Instant.MAX)
        .withBalance(new BigDecimal(amount).negate());
  }

  /// Paid for, in force over `period`, with so much left.
  public static Credit paid(int number, int priority, ServicePeriod period, String balance) {
    return new Grant(
            new UUID(3, number),
            "g-" + number,
            Grant.Kind.PAID,
            priority,
            period.starts(),
            period.ends(),
            period.starts(),
            Set.of(),
            Allowance.once(BigDecimal.ONE))
        .withBalance(new BigDecimal(balance));
  }
}
