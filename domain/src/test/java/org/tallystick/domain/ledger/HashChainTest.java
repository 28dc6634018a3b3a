package org.tallystick.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HashChainTest {

  private static final JournalEntry ENTRY = entry("invoice 7", "1993-11-01", RECEIVABLE, REVENUE);

  /// `printf '\ninvoice 7|1993-11-01\nRECEIVABLE|DEBIT|5|USD\nREVENUE|CREDIT|5|USD\n' | sha256sum`.
  @Test
  void isTheSha256OfTheHashBeforeAndTheEntry() {
    assertThat(HashChain.next("", ENTRY))
        .isEqualTo("ef18f7f5c4d5ded8865241dc33f37eb290232ddd9cd96be39f9c17175253234e");
    assertThat(HashChain.next("00ff", ENTRY))
        .isEqualTo("0f743d5bbad338c88ae1ffbae5db4261ed6b4f288924e5e048f1d2b0752c1c8a");
  }

  @Test
  void changesWithAnyChange() {
    var hashes =
        Stream.of(
                ENTRY,
                entry("invoice 8", "1993-11-01", RECEIVABLE, REVENUE),
                entry("invoice 7", "1993-11-02", RECEIVABLE, REVENUE),
                entry("invoice 7", "1993-11-01", CASH, REVENUE),
                entry("invoice 7", "1993-11-01", RECEIVABLE, CUSTOMER_CREDIT),
                entry("invoice 7", "1993-11-01", REVENUE, RECEIVABLE),
                amounts("5.01", "USD"),
                amounts("5", "EUR"),
                amounts("50", "USD"))
            .map(entry -> HashChain.next("", entry))
            .toList();
    assertThat(hashes).doesNotHaveDuplicates();
    assertThat(HashChain.next("00ff", ENTRY)).isNotIn(hashes);
  }

  @Test
  void changesWithTheOrderOfPostings() {
    var turned = new JournalEntry("invoice 7", ENTRY.date(), ENTRY.postings().reversed());
    assertThat(HashChain.next("", turned)).isNotEqualTo(HashChain.next("", ENTRY));
  }

  @Test
  void changesEveryHashAfterAChange() {
    var changed = amounts("5.01", "USD");
    var honest = chain(ENTRY, ENTRY, ENTRY, ENTRY);
    var forged = chain(ENTRY, changed, ENTRY, ENTRY);
    assertThat(forged.getFirst()).isEqualTo(honest.getFirst());
    for (int i = 1; i < 4; i++) {
      assertThat(forged.get(i)).isNotEqualTo(honest.get(i));
    }
  }

  @Test
  void isTheSameHoweverAnAmountIsWritten() {
    assertThat(HashChain.next("", amounts("5.00", "USD"))).isEqualTo(HashChain.next("", ENTRY));
    assertThat(HashChain.next("", amounts("1E+2", "USD")))
        .isEqualTo(HashChain.next("", amounts("100.0", "USD")));
  }

  private static List<String> chain(JournalEntry... entries) {
    var hashes = new ArrayList<String>();
    for (var entry : entries) {
      hashes.add(HashChain.next(hashes.isEmpty() ? "" : hashes.getLast(), entry));
    }
    return hashes;
  }

  private static JournalEntry entry(
      String reference, String date, LedgerAccount debited, LedgerAccount credited) {
    var five = new BigDecimal("5");
    return new JournalEntry(
        reference,
        LocalDate.parse(date),
        List.of(debit(debited, five, "USD"), credit(credited, five, "USD")));
  }

  private static JournalEntry amounts(String amount, String unit) {
    var value = new BigDecimal(amount);
    return new JournalEntry(
        "invoice 7",
        LocalDate.parse("1993-11-01"),
        List.of(debit(RECEIVABLE, value, unit), credit(REVENUE, value, unit)));
  }
}
