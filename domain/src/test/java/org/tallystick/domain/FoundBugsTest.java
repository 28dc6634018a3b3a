package org.tallystick.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.catalog.RateCard.Discounts;
import org.tallystick.domain.catalog.Spend;
import org.tallystick.domain.invoice.DuePeriod;
import org.tallystick.domain.invoice.Invoicing;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.rating.Portion;
import org.tallystick.domain.rating.PricedPart;
import org.tallystick.domain.rating.RatedCharge;
import org.tallystick.domain.rating.Rating;
import org.tallystick.domain.run.CanonicalForm;
import org.tallystick.domain.time.Cadence;
import org.tallystick.domain.time.Schedule;
import org.tallystick.domain.time.ServicePeriod;
import org.tallystick.domain.time.Span;
import org.tallystick.domain.usage.Expression;
import org.tallystick.domain.wallet.Drawdowns;
import org.threeten.extra.PeriodDuration;

class FoundBugsTest {

  @Test
  void ratingRefusesANegativeQuantity() {
    assertThatThrownBy(() -> Rating.rate(card("0", "0"), Fraction.of(new BigDecimal("-1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("quantity must not be negative, was -1");
  }

  @Test
  void anEmptyFirstValueKeepsItsPlaceInACanonicalLine() {
    assertThat(CanonicalForm.line("", "a")).isNotEqualTo(CanonicalForm.line("a"));
  }

  @Test
  void aBadNumberInAnExpressionIsToldWithItsPosition() {
    assertThatThrownBy(() -> Expression.parse("a * 1.2.3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("position");
  }

  @Test
  void aDayThatAZoneSkipsIsNoBrokenInvariant() {
    var daily =
        new Cadence(
            LocalDateTime.parse("2011-12-29T00:00"),
            PeriodDuration.parse("P1D"),
            ZoneId.of("Pacific/Apia"));
    var always = Span.from(Instant.parse("2011-12-20T10:00:00Z"));
    assertThat(
            new Schedule(Optional.of(daily), daily, always, always, false)
                .occurrences(Instant.EPOCH, Instant.parse("2012-01-01T00:00:00Z")))
        .hasSize(12);
  }

  @Test
  void aShortfallBelowACentIsNoLine() {
    var part = PricedPart.of("unit", Fraction.ONE, new BigDecimal("10.00"));
    var due =
        new DuePeriod(
            new UUID(0, 1),
            new UUID(0, 2),
            card("10.004", "0"),
            "hour",
            new ServicePeriod(Instant.EPOCH, Instant.EPOCH.plusSeconds(1)),
            Portion.WHOLE,
            new RatedCharge(Fraction.ONE, List.of(part)),
            Optional.of(BigDecimal.ZERO),
            Map.of());
    assertThat(
            Invoicing.draft(List.of(due), Monetary.getCurrency("USD"), new Drawdowns(List.of()))
                .lines())
        .hasSize(1);
  }

  private static RateCard card(String spendMin, String free) {
    return RateCard.monthly("k", "N", new Usage("m"), new PerUnit(BigDecimal.ONE))
        .withDiscounts(new Discounts(new BigDecimal(free), BigDecimal.ZERO, BigDecimal.ZERO))
        .withSpend(Spend.atLeast(new BigDecimal(spendMin)));
  }
}
