package org.tallystick.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.domain.invoice.LineCategory.COMMITMENT;
import static org.tallystick.domain.invoice.LineCategory.USAGE;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.catalog.RateCard.Discounts;
import org.tallystick.domain.catalog.Spend;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.rating.Portion;
import org.tallystick.domain.rating.Rating;
import org.tallystick.domain.time.ServicePeriod;
import org.tallystick.domain.wallet.Credit;
import org.tallystick.domain.wallet.Drawdowns;
import org.tallystick.domain.wallet.Grants;

/// However often a period is billed on the way, the lines sum to the price of its whole.
class SuccessiveDraftsTest {

  private static final CurrencyUnit USD = Monetary.getCurrency("USD");
  private static final ServicePeriod OCTOBER =
      new ServicePeriod(
          Instant.parse("1993-10-01T07:00:00Z"), Instant.parse("1993-11-01T08:00:00Z"));

  @Test
  void linesSumToTheRoundedWholeOfAGrowingOrFallingQuantity() {
    var random = random(40);
    for (int i = 0; i < 20_000; i++) {
      var terms = Terms.random(random, 0);
      var walk = new Walk(terms, 0);
      for (int n = random.nextInt(1, 7); n > 0; n--) {
        long seconds = random.nextLong(0, 4_000_000);
        walk.bill(seconds);
        assertThat(walk.sum(USAGE)).isEqualByComparingTo(terms.wholeInCents(seconds));
        assertThat(walk.sum(COMMITMENT)).isZero();
      }
    }
  }

  @Test
  void linesSumToTheMinimumOrTheWholeWhicheverIsMore() {
    var random = random(41);
    for (int i = 0; i < 20_000; i++) {
      var terms = Terms.random(random, random.nextLong(0, 500_000));
      var walk = new Walk(terms, 0);
      for (int n = random.nextInt(1, 7); n > 0; n--) {
        long seconds = random.nextLong(0, 4_000_000);
        walk.bill(seconds);
        var whole = terms.wholeInCents(seconds);
        assertThat(walk.sum(USAGE)).isEqualByComparingTo(whole);
        assertThat(walk.sum(USAGE).add(walk.sum(COMMITMENT)))
            .isEqualByComparingTo(whole.max(BigDecimal.valueOf(terms.spendMinCents, 2)));
      }
    }
  }

  @Test
  void billingTheSameQuantityAgainBillsNothing() {
    var random = random(42);
    for (int i = 0; i < 20_000; i++) {
      var walk = new Walk(Terms.random(random, random.nextLong(0, 500_000)), 0);
      long seconds = random.nextLong(1, 4_000_000);
      walk.bill(seconds);
      assertThat(walk.bill(seconds)).isEmpty();
    }
  }

  @Test
  void neverDrawsMoreThanWasBilledOrGranted() {
    var random = random(43);
    for (int i = 0; i < 20_000; i++) {
      long grantedCents = random.nextLong(0, 400_000);
      var walk = new Walk(Terms.random(random, 0), grantedCents);
      for (int n = random.nextInt(1, 7); n > 0; n--) {
        walk.bill(random.nextLong(0, 4_000_000));
        assertThat(walk.drawn()).isBetween(BigDecimal.ZERO, walk.sum(USAGE));
        assertThat(walk.drawn().add(walk.credit.balance()))
            .isEqualByComparingTo(BigDecimal.valueOf(grantedCents, 2));
        assertThat(walk.credit.balance()).isNotNegative();
      }
    }
  }

  /// One price, in whole numbers: cents an hour, tenths of a percent off.
  private record Terms(long cents, long permille, long spendMinCents) {

    static Terms random(RandomGenerator random, long spendMinCents) {
      return new Terms(random.nextLong(1, 500), random.nextLong(0, 1_000), spendMinCents);
    }

    RateCard card() {
      return RateCard.monthly(
              "node-hours",
              "Node-hours",
              new Usage("node-hours"),
              new PerUnit(BigDecimal.valueOf(cents, 2)))
          .withDiscounts(
              new Discounts(BigDecimal.ZERO, BigDecimal.valueOf(permille, 1), BigDecimal.ZERO))
          .withSpend(Spend.atLeast(BigDecimal.valueOf(spendMinCents, 2)));
    }

    /// Adding half the divisor before dividing rounds half up.
    BigDecimal wholeInCents(long seconds) {
      long divisor = 3_600L * 1_000;
      return BigDecimal.valueOf((seconds * cents * (1_000 - permille) + divisor / 2) / divisor, 2);
    }
  }

  /// One service period billed again and again; what was invoiced is read back from the lines.
  private static final class Walk {

    private final RateCard card;
    private final Map<LineCategory, Invoiced> invoiced = new EnumMap<>(LineCategory.class);
    private Credit credit;

    Walk(Terms terms, long grantedCents) {
      this.card = terms.card();
      this.credit = Grants.paid(3, 0, OCTOBER, BigDecimal.valueOf(grantedCents, 2).toString());
    }

    List<InvoiceLine> bill(long seconds) {
      var quantity = Fraction.of(BigDecimal.valueOf(seconds), BigDecimal.valueOf(3_600));
      var due =
          new DuePeriod(
              new UUID(0, 1),
              new UUID(0, 2),
              card,
              "node-hour",
              OCTOBER,
              Portion.WHOLE,
              Rating.rate(card, quantity),
              Optional.of(BigDecimal.ZERO),
              invoiced);
      var wallet = new Drawdowns(List.of(credit));
      var lines = Invoicing.draft(List.of(due), USD, wallet).lines();
      lines.forEach(this::post);
      credit = wallet.credits().getFirst();
      return lines;
    }

    private void post(InvoiceLine line) {
      var before = before(line.category());
      assertThat(line.sequence()).isEqualTo(before.lines() + 1);
      assertThat(line.invoicedBefore()).isEqualByComparingTo(before.sum());
      var drawn = new ArrayList<>(before.drawn());
      drawn.addAll(line.drawdowns());
      invoiced.put(
          line.category(), new Invoiced(line.sequence(), before.sum().add(line.amount()), drawn));
    }

    BigDecimal sum(LineCategory category) {
      return before(category).sum();
    }

    BigDecimal drawn() {
      return before(USAGE).drawn().stream()
          .map(drawdown -> drawdown.amount())
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Invoiced before(LineCategory category) {
      return invoiced.getOrDefault(category, Invoiced.NOTHING);
    }
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
