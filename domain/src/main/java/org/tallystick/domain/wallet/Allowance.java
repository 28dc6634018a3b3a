package org.tallystick.domain.wallet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tallystick.domain.time.Cadence;

/// How much a grant gives: `amount` as it takes effect, and again at each `recurrence`, which fills
/// it up to that and adds nothing to what is left. A reset leaves at least `keptMin` and at most
/// `keptMax` of it.
public record Allowance(
    BigDecimal amount, Optional<Cadence> recurrence, BigDecimal keptMin, BigDecimal keptMax) {

  public Allowance {
    if (keptMin.signum() < 0 || keptMin.compareTo(keptMax) > 0) {
      throw new IllegalArgumentException(
          "kept at a reset must be from zero up, was " + keptMin + " to " + keptMax);
    }
  }

  /// Given once; a reset takes nothing of it and adds nothing.
  public static Allowance once(BigDecimal amount) {
    return new Allowance(amount, Optional.empty(), BigDecimal.ZERO, amount);
  }

  /// Whether an amount is short enough to be kept and written out: up to 40 digits before and up to
  /// 20 after the decimal point.
  public static boolean isShort(BigDecimal amount) {
    return amount.scale() <= 20 && amount.precision() - amount.scale() <= 40;
  }

  /// What a reset makes of `balance`.
  public BigDecimal afterReset(BigDecimal balance) {
    return keptMax.min(keptMin.max(balance));
  }

  /// The instants in (from, to) at which it is filled up again.
  List<Instant> refills(Instant from, Instant to) {
    var refills = new ArrayList<Instant>();
    recurrence.ifPresent(cadence -> {
      for (int n = cadence.numberAt(from) + 1; cadence.start(n).isBefore(to); n++) {
        refills.add(cadence.start(n));
      }
    });
    return refills;
  }
}
