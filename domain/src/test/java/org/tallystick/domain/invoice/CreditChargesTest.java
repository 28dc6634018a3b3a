package org.tallystick.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.tallystick.domain.catalog.CreditTerms;
import org.tallystick.domain.catalog.CreditTerms.Lacking;
import org.tallystick.domain.catalog.CreditTerms.Lacking.Converted;
import org.tallystick.domain.catalog.CreditTerms.Lacking.Owed;
import org.tallystick.domain.catalog.CreditTerms.Lacking.Refused;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.catalog.Spend;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.rating.Portion;
import org.tallystick.domain.rating.Rating;
import org.tallystick.domain.time.ServicePeriod;
import org.tallystick.domain.wallet.Allowance;
import org.tallystick.domain.wallet.Credit;
import org.tallystick.domain.wallet.Drawdown;
import org.tallystick.domain.wallet.Drawdowns;
import org.tallystick.domain.wallet.Grant;
import org.tallystick.domain.wallet.Grants;

/// Charges in credits: the tables "In the bill run" of docs/concepts/wallets.md. A shot costs 0.02
/// qpu, and 100 qpu are there.
class CreditChargesTest {

  private static final CurrencyUnit EUR = Monetary.getCurrency("EUR");
  private static final ServicePeriod JANUARY =
      new ServicePeriod(
          Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"));
  private static final Converted CONVERTED = new Converted(dec("1.50"));

  private final Map<LineCategory, Invoiced> invoiced = new EnumMap<>(LineCategory.class);
  private List<Credit> credits = List.of(Grants.paid(1, 0, JANUARY, "100"), Grants.owed("0"));
  private List<Drawdown> repayments = List.of();
  private String floor = "0";
  private String evened = "";

  @Test
  void refusesWhatIsNotThere() {
    assertThat(bill(new Refused(), 6_000)).isEqualTo("qpu 120: g-1 100, lacking 20");
    assertThat(left()).isEqualTo("g-1 100, overdraft 0");
    assertThat(bill(new Refused(), 5_000)).isEqualTo("qpu 100: g-1 100");
  }

  @Test
  void lendsWhatIsNotThereDownToTheFloor() {
    floor = "-50";
    assertThat(bill(new Owed(), 6_000)).isEqualTo("qpu 120: g-1 100, overdraft 20");
    assertThat(left()).isEqualTo("g-1 0, overdraft -20");
  }

  @Test
  void refusesWhatGoesBeyondTheFloor() {
    floor = "-10";
    assertThat(bill(new Owed(), 6_000)).isEqualTo("qpu 120: g-1 100, overdraft 10, lacking 10");
  }

  @Test
  void convertsWhatIsNotThereToMoney() {
    assertThat(bill(CONVERTED, 6_000)).isEqualTo("qpu 120: g-1 100; EUR 30.00 for 20 qpu");
    assertThat(bill(CONVERTED, 6_500)).isEqualTo("qpu 10: ; EUR 15.00 for 30 qpu");
    assertThat(bill(CONVERTED, 5_500)).isEqualTo("qpu -20: ; EUR -30.00 for 10 qpu");
    assertThat(bill(CONVERTED, 4_500)).isEqualTo("qpu -20: g-1 -10; EUR -15.00 for 0 qpu");
    assertThat(left()).isEqualTo("g-1 10, overdraft 0");
    assertThat(bill(CONVERTED, 4_500)).isEmpty();
  }

  /// 20 are owed, and 15 of them were repaid since. Of 12 that come back, 5 go to what is owed, and
  /// 7 to the grant that repaid.
  @Test
  void givesBackToTheGrantThatRepaid() {
    floor = "-50";
    bill(new Owed(), 6_000);
    var later = Grants.paid(2, 0, JANUARY, "0");
    var overdraft = credits.getLast().grant();
    credits = List.of(credits.getFirst(), later, overdraft.withBalance(dec("-5")));
    repayments = List.of(new Drawdown(later.grant(), dec("15")));
    assertThat(bill(new Owed(), 5_400)).isEqualTo("qpu -12: overdraft -12");
    assertThat(evened).isEqualTo("g-2 -7, overdraft 7");
    assertThat(left()).isEqualTo("g-1 0, g-2 7, overdraft 0");
    repayments =
        List.of(new Drawdown(later.grant(), dec("15")), new Drawdown(later.grant(), dec("-7")));
    assertThat(bill(new Owed(), 4_500)).isEqualTo("qpu -18: overdraft -8, g-1 -10");
    assertThat(left()).isEqualTo("g-1 10, g-2 15, overdraft 0");
  }

  /// Of 20 that were owed 15 are forgiven, by a reset: 5 come back of 12, the others are nobody's.
  @Test
  void givesNothingBackThatWasForgiven() {
    floor = "-50";
    bill(new Owed(), 6_000);
    credits = List.of(credits.getFirst(), credits.getLast().grant().withBalance(dec("-5")));
    assertThat(bill(new Owed(), 5_400)).isEqualTo("qpu -12: overdraft -5");
    assertThat(left()).isEqualTo("g-1 0, overdraft 0");
  }

  /// 10 of a card that lends come back, and go to the grant that repaid them, which is for that
  /// card alone: they don't pay for 10 of another, which are converted.
  @Test
  void paysNothingElseWithWhatComesBack() {
    var repaid =
        new Grant(
            new UUID(0, 8),
            "g-8",
            Grant.Kind.PAID,
            0,
            JANUARY.starts(),
            JANUARY.ends(),
            JANUARY.starts(),
            Set.of("shots"),
            Allowance.once(BigDecimal.TEN));
    var overdraft = Grants.owed("0");
    var drawn = List.of(new Drawdown(overdraft.grant(), BigDecimal.TEN));
    invoiced.put(LineCategory.USAGE, new Invoiced(1, BigDecimal.TEN, drawn));
    var fallen = due(card(new Owed(), new PerUnit(dec("0.02"))), 0);
    invoiced.clear();
    var other = RateCard.monthly("calls", "Calls", new Usage("calls"), new PerUnit(dec("0.02")));
    var risen = due(other.withCredits(new CreditTerms("qpu", CONVERTED)), 500);
    var wallet =
        Drawdowns.billed(
            List.of(overdraft, repaid.withBalance(BigDecimal.ZERO)),
            dec("-50"),
            List.of(new Drawdown(repaid, BigDecimal.TEN)));
    var drafts = Invoicing.bill(List.of(List.of(fallen, risen)), EUR, Map.of("qpu", wallet));
    assertThat(drafts.stream().flatMap(d -> d.lines().stream()).map(CreditChargesTest::shown))
        .containsExactly("qpu -10: overdraft -10", "qpu 10: ", "EUR 15.00 for 10 qpu");
    assertThat(shown(drafts.getFirst().repayments())).isEqualTo("g-8 -10, overdraft 10");
  }

  @Test
  void roundsCreditsToTwentyDecimals() {
    var third = new PerUnit(dec("0.000000000000000000015"));
    var card = card(new Refused(), third);
    var draft = Invoicing.bill(List.of(List.of(due(card, 1))), EUR, Map.of()).getFirst();
    assertThat(draft.total()).isEqualByComparingTo("0.00000000000000000002");
    assertThat(draft.lines().getFirst().residue()).isEqualByComparingTo("-0.000000000000000000005");
  }

  @Test
  void refusesTermsThatAreMoney() {
    assertThatThrownBy(() -> new CreditTerms("EUR", new Refused()))
        .hasMessage("credits are of a unit that is no currency, found 'EUR'");
    assertThatThrownBy(() -> new Converted(dec("-1")))
        .hasMessage("price of a credit must not be negative, was -1");
    var card = card(new Refused(), new PerUnit(BigDecimal.ONE));
    assertThatThrownBy(() -> card.withSpend(Spend.atLeast(BigDecimal.ONE)))
        .hasMessage("a price in credits has neither percentOff, amountOff, spendMin nor spendMax");
  }

  /// What a bill over so many shots says, posted unless something is lacking.
  private String bill(Lacking lacking, int shots) {
    var wallet = Drawdowns.billed(credits, dec(floor), repayments);
    var card = card(lacking, new PerUnit(dec("0.02")));
    var drafts = Invoicing.bill(List.of(List.of(due(card, shots))), EUR, Map.of("qpu", wallet));
    evened = shown(drafts.getFirst().repayments());
    var lines = drafts.stream().flatMap(draft -> draft.lines().stream()).toList();
    if (lines.stream().allMatch(line -> line.lacking().signum() == 0)) {
      lines.forEach(this::post);
      credits = wallet.credits();
    }
    return lines.stream().map(CreditChargesTest::shown).collect(Collectors.joining("; "));
  }

  private void post(InvoiceLine line) {
    var before = invoiced.getOrDefault(line.category(), Invoiced.NOTHING);
    assertThat(line.sequence()).isEqualTo(before.lines() + 1);
    var drawn = new ArrayList<>(before.drawn());
    drawn.addAll(line.drawdowns());
    invoiced.put(
        line.category(), new Invoiced(line.sequence(), before.sum().add(line.amount()), drawn));
  }

  private DuePeriod due(RateCard card, int shots) {
    return new DuePeriod(
        new UUID(0, 1),
        new UUID(0, 2),
        card,
        "shot",
        JANUARY,
        Portion.WHOLE,
        Rating.rate(card, Fraction.of(BigDecimal.valueOf(shots))),
        Optional.of(BigDecimal.ZERO),
        invoiced);
  }

  private static RateCard card(Lacking lacking, PerUnit price) {
    return RateCard.monthly("shots", "Shots", new Usage("shots"), price)
        .withCredits(new CreditTerms("qpu", lacking));
  }

  private static String shown(InvoiceLine line) {
    if (line.category() == LineCategory.OVERAGE) {
      return "EUR %s for %s %s"
          .formatted(line.amount(), plain(line.quantity().stored()), line.unit());
    }
    var draws = shown(line.drawdowns());
    var lacking = line.lacking().signum() > 0 ? ", lacking " + plain(line.lacking()) : "";
    return "qpu " + plain(line.amount()) + ": " + draws + lacking;
  }

  private static String shown(List<Drawdown> drawn) {
    return drawn.stream()
        .map(draw -> draw.grant().key() + " " + plain(draw.amount()))
        .collect(Collectors.joining(", "));
  }

  private String left() {
    return credits.stream()
        .map(credit -> credit.grant().key() + " " + plain(credit.balance()))
        .collect(Collectors.joining(", "));
  }

  private static String plain(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }

  private static BigDecimal dec(String value) {
    return new BigDecimal(value);
  }
}
