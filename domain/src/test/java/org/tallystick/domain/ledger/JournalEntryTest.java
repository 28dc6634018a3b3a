package org.tallystick.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallystick.domain.ledger.LedgerAccount.CASH;
import static org.tallystick.domain.ledger.LedgerAccount.CUSTOMER_CREDIT;
import static org.tallystick.domain.ledger.LedgerAccount.RECEIVABLE;
import static org.tallystick.domain.ledger.LedgerAccount.REVENUE;
import static org.tallystick.domain.ledger.Posting.credit;
import static org.tallystick.domain.ledger.Posting.debit;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalEntryTest {

  private static final LocalDate DATE = LocalDate.parse("1993-11-01");

  @Test
  void takesAnEntryThatBalancesInEachUnit() {
    var entry =
        entry(
            debit(RECEIVABLE, dec("100.00"), "USD"),
            credit(REVENUE, dec("60"), "USD"),
            credit(REVENUE, dec("40.0"), "USD"),
            debit(CASH, dec("7"), "EUR"),
            credit(CUSTOMER_CREDIT, dec("7.00"), "EUR"));
    assertThat(entry.postings()).hasSize(5);
  }

  @Test
  void refusesAnEntryThatIsOffBalance() {
    assertThatThrownBy(() ->
            entry(debit(RECEIVABLE, dec("100.00"), "USD"), credit(REVENUE, dec("99.99"), "USD")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("entry invoice 7 is off balance by 0.01 USD");
    assertThatThrownBy(() -> entry(credit(REVENUE, dec("1e3"), "USD")))
        .hasMessage("entry invoice 7 is off balance by -1000 USD");
  }

  @Test
  void neverBalancesOneUnitWithAnother() {
    assertThatThrownBy(
            () -> entry(debit(RECEIVABLE, dec("5"), "USD"), credit(REVENUE, dec("5"), "EUR")))
        .hasMessage("entry invoice 7 is off balance by -5 EUR");
  }

  @Test
  void refusesAnEntryWithoutPostings() {
    assertThatThrownBy(() -> entry())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("entry invoice 7 has no postings");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.00", "-0.01"})
  void refusesAPostingThatIsNotMoreThanZero(BigDecimal amount) {
    assertThatThrownBy(() -> debit(CASH, amount, "USD"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("posting to CASH must be more than zero, was " + amount);
  }

  @Test
  void keepsItsPostingsWhateverBecomesOfTheList() {
    var postings =
        new ArrayList<>(List.of(debit(CASH, dec("1"), "USD"), credit(REVENUE, dec("1"), "USD")));
    var entry = new JournalEntry("invoice 7", DATE, postings);
    postings.clear();
    assertThat(entry.postings()).hasSize(2);
  }

  @Test
  void writesOnePostingALineInPlainDecimals() {
    var entry =
        entry(debit(RECEIVABLE, dec("1E+3"), "USD"), credit(REVENUE, dec("1000.00"), "USD"));
    assertThat(entry.canonical())
        .isEqualTo(
            """
            invoice 7|1993-11-01
            RECEIVABLE|DEBIT|1000|USD
            REVENUE|CREDIT|1000|USD
            """);
  }

  private static JournalEntry entry(Posting... postings) {
    return new JournalEntry("invoice 7", DATE, List.of(postings));
  }

  private static BigDecimal dec(String value) {
    return new BigDecimal(value);
  }
}
