package org.tallystick.domain.catalog;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.tallystick.domain.time.Cadence;
import org.threeten.extra.PeriodDuration;

/// Percent off for contracts that are bound for long: that of the longest term that fits between
/// their first day and their end.
public record TermDiscounts(List<Step> steps) {

  public TermDiscounts {
    steps = List.copyOf(steps);
  }

  /// 0 for a contract that is shorter than every term, or has no end.
  public BigDecimal percentOff(LocalDate from, Optional<LocalDate> to) {
    var longest = from;
    var percentOff = BigDecimal.ZERO;
    for (var step : steps) {
      var end = from.plus(step.term());
      if (to.isPresent() && !end.isAfter(to.get()) && end.isAfter(longest)) {
        longest = end;
        percentOff = step.percentOff();
      }
    }
    return percentOff;
  }

  /// `percentOff` for contracts of at least `term`.
  public record Step(Period term, BigDecimal percentOff) {

    public Step {
      Cadence.requirePositive("term", PeriodDuration.of(term));
      Amounts.requirePercent("percent off", percentOff);
    }
  }
}
