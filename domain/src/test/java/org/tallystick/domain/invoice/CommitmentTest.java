package org.tallystick.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.Proration;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge.Commitment;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.catalog.Spend;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.rating.Portion;
import org.tallystick.domain.rating.Rating;
import org.tallystick.domain.time.ServicePeriod;
import org.tallystick.domain.wallet.Drawdowns;
import org.tallystick.domain.wallet.Grants;
import org.threeten.extra.PeriodDuration;

/// Commitments over several items, on the invoice with them.
class CommitmentTest {

  private static final ServicePeriod OCTOBER =
      new ServicePeriod(
          Instant.parse("1993-10-01T00:00:00Z"), Instant.parse("1993-11-01T00:00:00Z"));

  /// 700.00 are used and at most 500.00 may be: credit settles those, not what is taken off.
  @Test
  void drawsNoCreditForWhatAMaximumTakesOff() {
    var maximum =
        RateCard.commitment(
            "all",
            "All",
            new Commitment(List.of("hours")),
            Optional.of(PeriodDuration.of(Period.ofMonths(1))),
            Proration.ACTUAL,
            new Spend(BigDecimal.ZERO, Optional.of(new BigDecimal("500.00"))));
    var hours = RateCard.monthly("hours", "Hours", new Usage("hours"), new PerUnit(BigDecimal.ONE));
    var grant = Grants.paid(4, 0, OCTOBER, "600.00");
    var draft =
        Invoicing.draft(
            List.of(due(maximum), due(hours)),
            Monetary.getCurrency("USD"),
            new Drawdowns(List.of(grant)));
    assertThat(draft.lines())
        .extracting(line -> line.category() + " " + line.amount() + " " + line.credit())
        .containsExactly("COMMITMENT -200.00 0", "USAGE 700.00 500.00");
    assertThat(draft.total()).isEqualByComparingTo(draft.credit());
  }

  /// Both for 700.
  private static DuePeriod due(RateCard card) {
    var quantity = Fraction.of(new BigDecimal("700.00"));
    var rated = Rating.rate(card, Portion.WHOLE, quantity, UnaryOperator.identity());
    return new DuePeriod(
        new UUID(0, 1),
        new UUID(0, 2),
        card,
        "unit",
        OCTOBER,
        Portion.WHOLE,
        rated,
        Optional.of(BigDecimal.ZERO),
        Map.of());
  }
}
