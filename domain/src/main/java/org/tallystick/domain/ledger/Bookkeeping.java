package org.tallystick.domain.ledger;

import static org.tallystick.domain.ledger.LedgerAccount.BREAKAGE;
import static org.tallystick.domain.ledger.LedgerAccount.CASH;
import static org.tallystick.domain.ledger.LedgerAccount.CREDIT_HELD;
import static org.tallystick.domain.ledger.LedgerAccount.CREDIT_ISSUED;
import static org.tallystick.domain.ledger.LedgerAccount.CUSTOMER_CREDIT;
import static org.tallystick.domain.ledger.LedgerAccount.OVERDRAFT;
import static org.tallystick.domain.ledger.LedgerAccount.PROMOTION;
import static org.tallystick.domain.ledger.LedgerAccount.PROMOTIONAL_CREDIT;
import static org.tallystick.domain.ledger.LedgerAccount.RECEIVABLE;
import static org.tallystick.domain.ledger.LedgerAccount.REVENUE;
import static org.tallystick.domain.ledger.Posting.credit;
import static org.tallystick.domain.ledger.Posting.debit;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.tallystick.domain.money.CreditUnit;
import org.tallystick.domain.wallet.Grant.Kind;
import org.tallystick.domain.wallet.WalletEntry.Move;

/// Which accounts a business event moves.
public final class Bookkeeping {

  private Bookkeeping() {}

  /// An invoice: `billed` is the sum of its positive lines, `credited` of its negative ones without
  /// their sign; `draws` settle what is owed. Of a statement of credits the rest is `converted`:
  /// given out, and used up, against money on an invoice.
  public static JournalEntry invoice(
      String reference,
      LocalDate date,
      String unit,
      BigDecimal billed,
      BigDecimal credited,
      List<Draw> draws,
      BigDecimal converted) {
    var postings = new ArrayList<Posting>();
    move(postings, RECEIVABLE, REVENUE, billed, unit);
    move(postings, REVENUE, RECEIVABLE, credited, unit);
    for (var draw : draws) {
      move(postings, account(draw.kind()), RECEIVABLE, draw.amount(), unit);
    }
    move(postings, CREDIT_ISSUED, RECEIVABLE, converted, unit);
    return new JournalEntry(reference, date, postings);
  }

  /// A grant: what the customer paid for in advance, or a present; in money or in credits.
  public static JournalEntry granted(
      String reference, LocalDate date, String unit, Kind kind, BigDecimal amount) {
    return entry(reference, date, unit, source(kind, unit), account(kind), amount);
  }

  /// What was left of a grant and is taken back: a grant the other way.
  public static JournalEntry voided(
      String reference, LocalDate date, String unit, Kind kind, BigDecimal amount) {
    return entry(reference, date, unit, account(kind), source(kind, unit), amount);
  }

  /// What was left of a grant at its end: breakage of what was paid for; a present lapses.
  public static JournalEntry expired(
      String reference, LocalDate date, String unit, Kind kind, BigDecimal amount) {
    return kind == Kind.PAID
        ? entry(reference, date, unit, CUSTOMER_CREDIT, BREAKAGE, amount)
        : voided(reference, date, unit, kind, amount);
  }

  /// Where credit comes from.
  private static LedgerAccount source(Kind kind, String unit) {
    if (CreditUnit.orCurrency(unit) instanceof CreditUnit) {
      return CREDIT_ISSUED;
    }
    return kind == Kind.PROMOTIONAL ? PROMOTION : CASH;
  }

  private static JournalEntry entry(
      String reference,
      LocalDate date,
      String unit,
      LedgerAccount debited,
      LedgerAccount credited,
      BigDecimal amount) {
    var postings = List.of(debit(debited, amount, unit), credit(credited, amount, unit));
    return new JournalEntry(reference, date, postings);
  }

  /// What was settled on a customer's wallets, by unit; nothing for what moved nothing.
  public static Optional<JournalEntry> settled(
      String reference, LocalDate date, SortedMap<String, List<Move>> moves) {
    var postings = new ArrayList<Posting>();
    moves.forEach((unit, all) -> {
      var debits = new EnumMap<LedgerAccount, BigDecimal>(LedgerAccount.class);
      for (var move : all) {
        var amount = move.drawdown().amount();
        debits.merge(account(move.drawdown().grant().kind()), amount, BigDecimal::add);
        against(move.purpose())
            .ifPresent(other -> debits.merge(other, amount.negate(), BigDecimal::add));
      }
      debits.forEach((account, amount) -> {
        if (amount.signum() > 0) {
          postings.add(debit(account, amount, unit));
        } else if (amount.signum() < 0) {
          postings.add(credit(account, amount.negate(), unit));
        }
      });
    });
    return postings.isEmpty()
        ? Optional.empty()
        : Optional.of(new JournalEntry(reference, date, postings));
  }

  /// Where credit goes that is moved for this; a repayment moves it from one grant to another.
  private static Optional<LedgerAccount> against(Move.Purpose purpose) {
    return switch (purpose) {
      case HOLD, RELEASE -> Optional.of(CREDIT_HELD);
      case USAGE, REVERSAL -> Optional.of(REVENUE);
      case RESET -> Optional.of(CREDIT_ISSUED);
      case REPAYMENT -> Optional.empty();
    };
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
