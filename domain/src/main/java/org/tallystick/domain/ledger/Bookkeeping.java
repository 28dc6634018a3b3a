package org.tallystick.domain.ledger;

import static org.tallystick.domain.ledger.LedgerAccount.BREAKAGE;
import static org.tallystick.domain.ledger.LedgerAccount.CASH;
import static org.tallystick.domain.ledger.LedgerAccount.CUSTOMER_CREDIT;
import static org.tallystick.domain.ledger.LedgerAccount.OVERDRAFT;
import static org.tallystick.domain.ledger.LedgerAccount.PROMOTIONAL_CREDIT;
import static org.tallystick.domain.ledger.LedgerAccount.RECEIVABLE;
import static org.tallystick.domain.ledger.LedgerAccount.REVENUE;
import static org.tallystick.domain.ledger.Posting.credit;
import static org.tallystick.domain.ledger.Posting.debit;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.tallystick.domain.wallet.Grant.Kind;

/// Which accounts a business event moves.
public final class Bookkeeping {

  private Bookkeeping() {}

  /// An invoice: `billed` is the sum of its positive lines, `credited` of its negative ones without
  /// their sign; `draws` settle what is owed.
  public static JournalEntry invoice(
      String reference,
      LocalDate date,
      String unit,
      BigDecimal billed,
      BigDecimal credited,
      List<Draw> draws) {
    var postings = new ArrayList<Posting>();
    move(postings, RECEIVABLE, REVENUE, billed, unit);
    move(postings, REVENUE, RECEIVABLE, credited, unit);
    for (var draw : draws) {
      move(postings, account(draw.kind()), RECEIVABLE, draw.amount(), unit);
    }
    return new JournalEntry(reference, date, postings);
  }

  /// Credit that the customer paid for in advance.
  public static JournalEntry topUp(
      String reference, LocalDate date, String unit, BigDecimal amount) {
    return new JournalEntry(
        reference, date, List.of(debit(CASH, amount, unit), credit(CUSTOMER_CREDIT, amount, unit)));
  }

  /// Paid credit that expired unused.
  public static JournalEntry breakage(
      String reference, LocalDate date, String unit, BigDecimal amount) {
    return new JournalEntry(
        reference,
        date,
        List.of(debit(CUSTOMER_CREDIT, amount, unit), credit(BREAKAGE, amount, unit)));
  }

  /// Where what a grant of this kind holds is booked.
  private static LedgerAccount account(Kind kind) {
    return switch (kind) {
      case PAID -> CUSTOMER_CREDIT;
      case PROMOTIONAL -> PROMOTIONAL_CREDIT;
      case OVERDRAFT -> OVERDRAFT;
    };
  }

  /// Adds nothing for zero; a negative amount moves the other way.
  private static void move(
      List<Posting> postings,
      LedgerAccount from,
      LedgerAccount to,
      BigDecimal amount,
      String unit) {
    if (amount.signum() > 0) {
      postings.add(debit(from, amount, unit));
      postings.add(credit(to, amount, unit));
    } else if (amount.signum() < 0) {
      move(postings, to, from, amount.negate(), unit);
    }
  }

  /// Credit of one kind against an invoice; negative when more came back than was drawn.
  public record Draw(Kind kind, BigDecimal amount) {}
}
