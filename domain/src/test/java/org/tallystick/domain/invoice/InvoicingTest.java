package org.tallystick.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.domain.invoice.LineCategory.COMMITMENT;
import static org.tallystick.domain.invoice.LineCategory.FEE;
import static org.tallystick.domain.invoice.LineCategory.USAGE;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge;
import org.tallystick.domain.catalog.RateCard.Charge.Fee;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.catalog.Spend;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.rating.Portion;
import org.tallystick.domain.rating.PricedPart;
import org.tallystick.domain.rating.RatedCharge;
import org.tallystick.domain.time.ServicePeriod;
import org.tallystick.domain.wallet.Credit;
import org.tallystick.domain.wallet.Drawdown;
import org.tallystick.domain.wallet.Drawdowns;
import org.tallystick.domain.wallet.Grants;

class InvoicingTest {

  private static final CurrencyUnit USD = Monetary.getCurrency("USD");
  private static final ServicePeriod OCTOBER =
      new ServicePeriod(
          Instant.parse("1993-10-01T07:00:00Z"), Instant.parse("1993-11-01T08:00:00Z"));
  private static final Charge USED = new Usage("node-hours");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # exact whole | invoiced before | this line | residue
          120.555   | 100.00 | 20.56  | -0.005
          120.5549  | 100.00 | 20.55  | 0.0049
          90.00     | 100.00 | -10.00 | 0
          99.994    | 100.00 | -0.01  | 0.004
          0.005     | 0.00   | 0.01   | -0.005
          0         | 12.34  | -12.34 | 0
          120.555   | 0.00   | 120.56 | -0.005
          1e30      | 0.01   | 999999999999999999999999999999.99 | 0
          """,
      delimiter = '|')
  void billsTheRoundedWholeLessWhatWasInvoiced(
      String exact, BigDecimal before, BigDecimal amount, BigDecimal residue) {
    var line = lines(due(USED, "0", exact, Map.of(USAGE, invoiced(3, before)))).getFirst();
    assertThat(line.amount()).isEqualByComparingTo(amount);
    assertThat(line.sequence()).isEqualTo(4);
    assertThat(line.invoicedBefore()).isEqualTo(before);
    assertThat(line.residue()).isEqualByComparingTo(residue);
    assertThat(line.whole().add(line.residue())).isEqualByComparingTo(dec(exact));
  }

  @ParameterizedTest
  @CsvSource({"120.555, 120.56", "120.5649, 120.56", "0, 0.00", "0.0049, 0.00"})
  void billsNothingWhenTheWholeWasInvoiced(String exact, BigDecimal before) {
    assertThat(lines(due(USED, "0", exact, Map.of(USAGE, invoiced(1, before))))).isEmpty();
  }

  @Test
  void showsAFirstLineOfZeroWithItsQuantity() {
    var free = PricedPart.of("free", Fraction.of(dec("40")), BigDecimal.ZERO);
    var rated = new RatedCharge(Fraction.of(dec("40")), List.of(free));
    var draft = draft(due(card(USED, "0"), rated, Map.of()));
    assertThat(draft.lines()).hasSize(1);
    var line = draft.lines().getFirst();
    assertThat(line.quantity()).isEqualTo(Fraction.of(dec("40")));
    assertThat(line.amount()).isZero();
    assertThat(line.sequence()).isEqualTo(1);
    assertThat(line.unit()).isEqualTo("node-hour");
    assertThat(draft.isEmpty()).isTrue();
  }

  @Test
  void drawsUpNoLineForNothing() {
    var nothing = new RatedCharge(Fraction.ZERO, List.of());
    assertThat(lines(due(card(USED, "0"), nothing, Map.of()))).isEmpty();
    assertThat(draft().isEmpty()).isTrue();
    assertThat(draft().total()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # exact whole | minimum | charge | commitment
          120.555   | 150.00 | 120.56 | 29.44
          149.995   | 150.00 | 150.00 | none
          149.99499 | 150.00 | 149.99 | 0.01
          150.00    | 150.00 | 150.00 | none
          150.01    | 150.00 | 150.01 | none
          0.004     | 150.00 | 0.00   | 150.00
          """,
      delimiter = '|')
  void fillsUpToTheMinimumToTheCent(
      String exact, String minimum, BigDecimal charge, String commitment) {
    var draft = draft(due(USED, minimum, exact, Map.of()));
    assertThat(draft.lines().getFirst().amount()).isEqualTo(charge);
    if (commitment.equals("none")) {
      assertThat(draft.lines()).hasSize(1);
    } else {
      var line = draft.lines().getLast();
      assertThat(line.amount()).isEqualByComparingTo(dec(commitment));
      assertThat(line.category()).isEqualTo(COMMITMENT);
      assertThat(line.unit()).isEqualTo("commitment");
      assertThat(draft.total()).isEqualByComparingTo(dec(minimum));
    }
  }

  @Test
  void billsTheWholeMinimumWhenNothingWasUsed() {
    var nothing = new RatedCharge(Fraction.ZERO, List.of());
    var lines = lines(due(card(USED, "150.00"), nothing, Map.of()));
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().category()).isEqualTo(COMMITMENT);
    assertThat(lines.getFirst().amount()).isEqualByComparingTo("150.00");
  }

  @Test
  void lateUsageTakesTheCommitmentBack() {
    var before =
        Map.of(
            USAGE, invoiced(1, dec("120.56")),
            COMMITMENT, invoiced(1, dec("29.44")));
    var lines = lines(due(USED, "150.00", "160.00", before));
    assertThat(lines.stream().map(InvoiceLine::amount))
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(dec("39.44"), dec("-29.44"));
    assertThat(lines.getLast().sequence()).isEqualTo(2);
    assertThat(lines.getLast().whole()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void billsAFeeAsAFee(boolean isInAdvance) {
    var line = lines(due(new Fee(isInAdvance, BigDecimal.ONE), "0", "25.00", Map.of())).getFirst();
    assertThat(line.category()).isEqualTo(FEE);
    assertThat(line.amount()).isEqualTo(dec("25.00"));
  }

  @Test
  void keepsTheOrderOfItsPeriods() {
    var fee = due(new Fee(true, BigDecimal.ONE), "0", "25.00", Map.of());
    var usage = due(USED, "0", "7.50", Map.of());
    var draft = draft(fee, usage);
    assertThat(draft.lines().stream().map(InvoiceLine::category)).containsExactly(FEE, USAGE);
    assertThat(draft.total()).isEqualTo(dec("32.50"));
  }

  @ParameterizedTest
  @CsvSource({"USD, 20.56", "JPY, 21", "KWD, 20.555"})
  void roundsToTheCurrency(String currency, BigDecimal amount) {
    var due = due(USED, "0", "20.5551", Map.of());
    var draft =
        Invoicing.draft(List.of(due), Monetary.getCurrency(currency), new Drawdowns(List.of()));
    assertThat(draft.total()).isEqualTo(amount);
  }

  @Test
  void settlesWithCreditAndGivesBackWhatTheFallenWholeNoLongerNeeds() {
    var grant = grant(3, 0, "30.00");
    var wallet = new Drawdowns(List.of(grant));
    var first = Invoicing.draft(List.of(due(USED, "0", "100.00", Map.of())), USD, wallet);
    assertThat(first.credit()).isEqualByComparingTo("30.00");
    var drawn = first.lines().getFirst().drawdowns();
    var before = new Invoiced(1, dec("100.00"), drawn);
    var second =
        Invoicing.draft(List.of(due(USED, "0", "20.00", Map.of(USAGE, before))), USD, wallet);
    assertThat(second.total()).isEqualByComparingTo("-80.00");
    assertThat(second.credit()).isEqualByComparingTo("-10.00");
    assertThat(wallet.credits().getFirst().balance()).isEqualByComparingTo("10.00");
  }

  /// The commitment of 90.00 had drawn all of grant a; late usage takes its place. Grant b burns
  /// first, yet the period keeps what it had: 80.00 of a, and 10.00 more go to b.
  @Test
  void usageThatReplacesACommitmentKeepsTheCreditOfItsPeriod() {
    var a = grant(1, 1, "0.00");
    var b = grant(2, 0, "50.00");
    var before =
        Map.of(
            USAGE,
            invoiced(1, dec("10.00")),
            COMMITMENT,
            new Invoiced(1, dec("90.00"), List.of(new Drawdown(a.grant(), dec("80.00")))));
    var due = due(USED, "100.00", "100.00", before);
    var draft = Invoicing.draft(List.of(due), USD, new Drawdowns(List.of(a, b)));
    assertThat(draft.total()).isZero();
    var usage = draft.lines().getFirst();
    assertThat(usage.drawdowns()).extracting(d -> d.grant().key()).containsExactly("g-1", "g-2");
    assertThat(usage.drawdowns())
        .extracting(Drawdown::amount)
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(dec("80"), dec("10"));
    assertThat(draft.lines().getLast().credit()).isEqualByComparingTo("-80.00");
  }

  /// The second period fell and frees 20.00, which the first, earlier on the bill, can use.
  @Test
  void whatOneLineGivesBackIsThereForAllOthers() {
    var spent = grant(1, 0, "0.00");
    var fallen =
        Map.of(
            USAGE,
            new Invoiced(1, dec("20.00"), List.of(new Drawdown(spent.grant(), dec("20.00")))));
    var rising = due(USED, "0", "30.00", Map.of());
    var falling = due(USED, "0", "0.00", fallen);
    var draft = Invoicing.draft(List.of(rising, falling), USD, new Drawdowns(List.of(spent)));
    assertThat(draft.lines().stream().map(InvoiceLine::credit))
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(dec("20"), dec("-20"));
  }

  @Test
  void drawsCreditForOneLineAfterTheOther() {
    var draft =
        Invoicing.draft(
            List.of(
                due(new Fee(false, BigDecimal.ONE), "0", "25.00", Map.of()),
                due(USED, "0", "10.00", Map.of())),
            USD,
            new Drawdowns(List.of(grant(3, 0, "30.00"))));
    assertThat(draft.lines().stream().map(InvoiceLine::credit))
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(dec("25"), dec("5"));
    assertThat(draft.lines().stream().flatMap(line -> line.drawdowns().stream()))
        .extracting(Drawdown::amount)
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(dec("25"), dec("5"));
  }

  private static List<InvoiceLine> lines(DuePeriod due) {
    return draft(due).lines();
  }

  private static InvoiceDraft draft(DuePeriod... due) {
    return Invoicing.draft(List.of(due), USD, new Drawdowns(List.of()));
  }

  private static DuePeriod due(
      Charge charge, String spendMin, String exact, Map<LineCategory, Invoiced> before) {
    var part = PricedPart.of("unit", Fraction.ONE, dec(exact));
    var rated = new RatedCharge(Fraction.ONE, List.of(part));
    return due(card(charge, spendMin), rated, before);
  }

  private static DuePeriod due(
      RateCard card, RatedCharge rated, Map<LineCategory, Invoiced> before) {
    return new DuePeriod(
        new UUID(0, 1),
        new UUID(0, 2),
        card,
        "node-hour",
        OCTOBER,
        Portion.WHOLE,
        rated,
        Optional.of(BigDecimal.ZERO),
        before);
  }

  private static RateCard card(Charge charge, String spendMin) {
    return RateCard.monthly("node-hours", "Node-hours", charge, new PerUnit(BigDecimal.ONE))
        .withSpend(Spend.atLeast(dec(spendMin)));
  }

  private static Invoiced invoiced(int lines, BigDecimal sum) {
    return new Invoiced(lines, sum, List.of());
  }

  private static Credit grant(int number, int priority, String balance) {
    return Grants.paid(number, priority, OCTOBER, balance);
  }

  private static BigDecimal dec(String value) {
    return new BigDecimal(value);
  }
}
