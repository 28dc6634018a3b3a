package org.tallystick.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallystick.domain.ledger.LedgerAccount.BREAKAGE;
import static org.tallystick.domain.ledger.LedgerAccount.CASH;
import static org.tallystick.domain.ledger.LedgerAccount.CREDIT_ISSUED;
import static org.tallystick.domain.ledger.LedgerAccount.CUSTOMER_CREDIT;
import static org.tallystick.domain.ledger.LedgerAccount.OVERDRAFT;
import static org.tallystick.domain.ledger.LedgerAccount.PROMOTIONAL_CREDIT;
import static org.tallystick.domain.ledger.LedgerAccount.RECEIVABLE;
import static org.tallystick.domain.ledger.LedgerAccount.REVENUE;
import static org.tallystick.domain.ledger.Posting.credit;
import static org.tallystick.domain.ledger.Posting.debit;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.domain.ledger.Bookkeeping.Draw;
import org.tallystick.domain.ledger.Posting.Side;
import org.tallystick.domain.wallet.Grant.Kind;

class BookkeepingTest {

  private static final LocalDate DATE = LocalDate.parse("1993-11-01");

  @Test
  void booksABillAsReceivableAndRevenue() {
    assertThat(invoice("150.00", "0").postings())
        .containsExactly(usd(RECEIVABLE, "150.00"), toUsd(REVENUE, "150.00"));
  }

  @Test
  void booksNegativeLinesTheOtherWayRound() {
    assertThat(invoice("150.00", "20.00").postings())
        .containsExactly(
            usd(RECEIVABLE, "150.00"),
            toUsd(REVENUE, "150.00"),
            usd(REVENUE, "20.00"),
            toUsd(RECEIVABLE, "20.00"));
  }

  @Test
  void settlesWithPaidAndPromotionalCredit() {
    var entry =
        invoice(
            "150.00",
            "0",
            new Draw(Kind.PROMOTIONAL, dec("30.00")),
            new Draw(Kind.PAID, dec("45.00")));
    assertThat(entry.postings().subList(2, 6))
        .containsExactly(
            usd(PROMOTIONAL_CREDIT, "30.00"),
            toUsd(RECEIVABLE, "30.00"),
            usd(CUSTOMER_CREDIT, "45.00"),
            toUsd(RECEIVABLE, "45.00"));
  }

  @Test
  void givesCreditBackTheOtherWayRound() {
    var entry = invoice("0", "50.00", new Draw(Kind.PAID, dec("-30.00")));
    assertThat(entry.postings())
        .containsExactly(
            usd(REVENUE, "50.00"),
            toUsd(RECEIVABLE, "50.00"),
            usd(RECEIVABLE, "30.00"),
            toUsd(CUSTOMER_CREDIT, "30.00"));
  }

  @Test
  void addsNothingForADrawOfZero() {
    assertThat(invoice("1.00", "0.00", new Draw(Kind.PAID, dec("0.00"))).postings()).hasSize(2);
  }

  @Test
  void refusesABillOverNothing() {
    assertThatThrownBy(() -> invoice("0", "0.00"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("entry invoice 7 has no postings");
  }

  @Test
  void booksATopUpAndItsBreakage() {
    assertThat(Bookkeeping.granted("grant a", DATE, "USD", Kind.PAID, dec("3000.00")).postings())
        .containsExactly(usd(CASH, "3000.00"), toUsd(CUSTOMER_CREDIT, "3000.00"));
    assertThat(Bookkeeping.expired("grant a", DATE, "USD", Kind.PAID, dec("0.01")).postings())
        .containsExactly(usd(CUSTOMER_CREDIT, "0.01"), toUsd(BREAKAGE, "0.01"));
  }

  /// A present of money is a cost until it lapses; credits that are no money are nobody's.
  @Test
  void booksPresentsAndWhatIsTakenBackOfThem() {
    assertThat(granted("USD", Kind.PROMOTIONAL)).isEqualTo("PROMOTION to PROMOTIONAL_CREDIT");
    assertThat(expired("USD", Kind.PROMOTIONAL)).isEqualTo("PROMOTIONAL_CREDIT to PROMOTION");
    assertThat(granted("qpu", Kind.PROMOTIONAL)).isEqualTo("CREDIT_ISSUED to PROMOTIONAL_CREDIT");
    assertThat(expired("qpu", Kind.PROMOTIONAL)).isEqualTo("PROMOTIONAL_CREDIT to CREDIT_ISSUED");
    assertThat(granted("qpu", Kind.PAID)).isEqualTo("CREDIT_ISSUED to CUSTOMER_CREDIT");
    assertThat(expired("qpu", Kind.PAID)).isEqualTo("CUSTOMER_CREDIT to BREAKAGE");
    assertThat(shown(Bookkeeping.voided("void a", DATE, "USD", Kind.PAID, BigDecimal.ONE)))
        .isEqualTo("CUSTOMER_CREDIT to CASH");
  }

  private static String granted(String unit, Kind kind) {
    return shown(Bookkeeping.granted("grant a", DATE, unit, kind, BigDecimal.ONE));
  }

  private static String expired(String unit, Kind kind) {
    return shown(Bookkeeping.expired("expiry a", DATE, unit, kind, BigDecimal.ONE));
  }

  private static String shown(JournalEntry entry) {
    assertThat(entry.postings()).hasSize(2);
    return entry.postings().getFirst().account() + " to " + entry.postings().getLast().account();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.00", "-3000.00"})
  void refusesATopUpOrBreakageOfNothing(BigDecimal amount) {
    assertThatThrownBy(() -> Bookkeeping.granted("grant a", DATE, "USD", Kind.PAID, amount))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Bookkeeping.expired("grant a", DATE, "USD", Kind.PAID, amount))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// 120 of credits: 80 of them prepaid, 15 owed, 25 bought and used up at once. Nobody owes any.
  @Test
  void closesAStatementOfCredits() {
    var entry =
        Bookkeeping.invoice(
            "statement",
            DATE,
            "qpu",
            dec("120"),
            dec("0"),
            List.of(new Draw(Kind.PAID, dec("80")), new Draw(Kind.OVERDRAFT, dec("15"))),
            dec("25"));
    assertThat(balance(entry, RECEIVABLE)).isZero();
    assertThat(balance(entry, REVENUE)).isEqualByComparingTo("-120");
    assertThat(balance(entry, CUSTOMER_CREDIT)).isEqualByComparingTo("80");
    assertThat(balance(entry, OVERDRAFT)).isEqualByComparingTo("15");
    assertThat(balance(entry, CREDIT_ISSUED)).isEqualByComparingTo("25");
  }

  @Test
  void leavesWhatIsOwedOnReceivable() {
    var random = random(60);
    for (int i = 0; i < 20_000; i++) {
      long billed = random.nextLong(1, 1_000_000);
      long credited = random.nextLong(0, 1_000_000);
      long paid = random.nextLong(-1_000_000, 1_000_000);
      long given = random.nextLong(-1_000_000, 1_000_000);
      var entry =
          invoice(
              cents(billed).toPlainString(),
              cents(credited).toPlainString(),
              new Draw(Kind.PAID, cents(paid)),
              new Draw(Kind.PROMOTIONAL, cents(given)));
      assertThat(balance(entry, RECEIVABLE))
          .isEqualByComparingTo(cents(billed - credited - paid - given));
      assertThat(balance(entry, REVENUE)).isEqualByComparingTo(cents(credited - billed));
      assertThat(balance(entry, CUSTOMER_CREDIT)).isEqualByComparingTo(cents(paid));
      assertThat(balance(entry, PROMOTIONAL_CREDIT)).isEqualByComparingTo(cents(given));
    }
  }

  private static BigDecimal balance(JournalEntry entry, LedgerAccount account) {
    return entry.postings().stream()
        .filter(posting -> posting.account() == account)
        .map(p -> p.side() == Side.DEBIT ? p.amount() : p.amount().negate())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static JournalEntry invoice(String billed, String credited, Draw... draws) {
    return Bookkeeping.invoice(
        "invoice 7", DATE, "USD", dec(billed), dec(credited), List.of(draws), BigDecimal.ZERO);
  }

  private static Posting usd(LedgerAccount account, String amount) {
    return debit(account, dec(amount), "USD");
  }

  private static Posting toUsd(LedgerAccount account, String amount) {
    return credit(account, dec(amount), "USD");
  }

  private static BigDecimal cents(long cents) {
    return BigDecimal.valueOf(cents, 2);
  }

  private static BigDecimal dec(String value) {
    return new BigDecimal(value);
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
