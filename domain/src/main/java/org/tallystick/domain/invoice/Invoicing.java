package org.tallystick.domain.invoice;

import static org.tallystick.domain.invoice.LineCategory.COMMITMENT;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.money.CurrencyUnit;
import org.tallystick.domain.catalog.CreditTerms;
import org.tallystick.domain.catalog.CreditTerms.Lacking.Converted;
import org.tallystick.domain.catalog.CreditTerms.Lacking.Owed;
import org.tallystick.domain.catalog.RateCard.Charge.Commitment;
import org.tallystick.domain.money.CreditUnit;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.money.Rounding;
import org.tallystick.domain.rating.PricedPart;
import org.tallystick.domain.rating.Rating;
import org.tallystick.domain.wallet.Drawdown;
import org.tallystick.domain.wallet.Drawdowns;

/// The one formula: a service period is always priced as a whole; what is due is that price minus
/// what was already invoiced for it.
///
/// A whole of 120.555 with 100.00 invoiced before is 120.56 rounded, so this line bills 20.56. A
/// whole that fell to 90.00 bills -10.00. A minimum spend of 150.00 adds a line of its own over
/// 29.44.
public final class Invoicing {

  private Invoicing() {}

  /// Draws up one invoice over `due` periods of one contract, in their order; credit goes in and
  /// out of `wallet`. What falling lines give back is there for all rising ones.
  public static InvoiceDraft draft(List<DuePeriod> due, CurrencyUnit currency, Drawdowns wallet) {
    return consolidated(List.of(due), currency, wallet);
  }

  /// Draws up the bill over the due periods of several contracts, in their order: a statement for
  /// each unit of credits that anything is priced in, by unit, and then the invoice in `money`,
  /// which has what is converted. `wallets` are by unit.
  public static List<InvoiceDraft> bill(
      List<List<DuePeriod>> contracts, CurrencyUnit money, Map<String, Drawdowns> wallets) {
    var units = new TreeSet<String>();
    contracts.forEach(
        due -> due.forEach(p -> p.card().credits().ifPresent(c -> units.add(c.unit()))));
    var drafts = new ArrayList<InvoiceDraft>();
    for (var unit : units) {
      var priced =
          contracts.stream().map(due -> due.stream().filter(p -> isIn(unit, p)).toList()).toList();
      drafts.add(consolidated(priced, new CreditUnit(unit), wallet(wallets, unit)));
    }
    var drawn = new IdentityHashMap<DuePeriod, BigDecimal>();
    drafts.forEach(draft -> draft.lines().forEach(line -> drawn.put(line.due(), line.credit())));
    var billed =
        contracts.stream()
            .map(due -> due.stream().flatMap(p -> inMoney(p, drawn)).toList())
            .toList();
    drafts.add(consolidated(billed, money, wallet(wallets, money.getCurrencyCode())));
    return drafts;
  }

  private static boolean isIn(String unit, DuePeriod period) {
    return period.card().credits().filter(c -> c.unit().equals(unit)).isPresent();
  }

  private static Drawdowns wallet(Map<String, Drawdowns> wallets, String unit) {
    return wallets.getOrDefault(unit, new Drawdowns(List.of()));
  }

  /// What of a period is billed in money: all of it, or the credits that were ever lacking for it,
  /// where `drawn` are those that were drawn just now.
  private static Stream<DuePeriod> inMoney(DuePeriod period, Map<DuePeriod, BigDecimal> drawn) {
    if (period.card().credits().isEmpty()) {
      return Stream.of(period);
    }
    var terms = period.card().credits().get();
    if (!(terms.lacking() instanceof Converted(var price))) {
      return Stream.empty();
    }
    var before = sum(period.invoiced(period.category()).drawn());
    var all = before.add(drawn.getOrDefault(period, BigDecimal.ZERO));
    return Stream.of(period.overage(Rounding.credits(period.rated().net()).subtract(all), price));
  }

  /// The same over the due periods of several contracts, in their order.
  public static InvoiceDraft consolidated(
      List<List<DuePeriod>> contracts, CurrencyUnit currency, Drawdowns wallet) {
    var drawnUp = new ArrayList<List<InvoiceLine>>();
    for (var due : contracts) {
      var lines = new ArrayList<InvoiceLine>();
      due.forEach(period -> lines.addAll(giveBack(lines(period, currency), wallet)));
      drawnUp.add(lines);
    }
    var repayments = wallet.evenOut();
    var lines = drawnUp.stream().flatMap(drawn -> settled(drawn, wallet).stream()).toList();
    return new InvoiceDraft(currency, lines, repayments);
  }

  /// The lines of one period, credit left aside: of its charge, and of what is missing to the
  /// minimum spend.
  private static List<InvoiceLine> lines(DuePeriod period, CurrencyUnit currency) {
    var lines = new ArrayList<InvoiceLine>();
    var category = period.category();
    var charge = period.rated();
    var whole = Rounding.round(charge.net(), currency);
    add(lines, period, category, charge.quantity(), charge.parts(), whole);
    if (category == COMMITMENT || period.spentBefore().isEmpty()) {
      return lines;
    }
    var spent = whole.add(period.spentBefore().get());
    var shortfall = Rating.shortfall(period.card(), period.portion(), spent, currency);
    var shortfallRounded = Rounding.round(PricedPart.sum(shortfall), currency);
    add(lines, period, COMMITMENT, Fraction.ONE, shortfall, shortfallRounded);
    return lines;
  }

  private static void add(
      List<InvoiceLine> lines,
      DuePeriod period,
      LineCategory category,
      Fraction quantity,
      List<PricedPart> parts,
      BigDecimal whole) {
    var before = period.invoiced(category);
    var amount = whole.subtract(before.sum());
    var isFirst = before.lines() == 0 && !parts.isEmpty();
    if (amount.signum() == 0 && !isFirst) {
      return;
    }
    lines.add(
        new InvoiceLine(
            period, category, before.lines() + 1, quantity, parts, whole, before.sum(), List.of()));
  }

  /// Gives back the credit that fallen lines of one period no longer need, and first of all to the
  /// line of the same period that rose: a period's own earlier draws are used before any other.
  private static List<InvoiceLine> giveBack(List<InvoiceLine> lines, Drawdowns wallet) {
    var freed = new ArrayList<Drawdown>();
    var fallen = new ArrayList<InvoiceLine>();
    for (var line : lines) {
      var back = line.amount().signum() < 0 ? freed(line, wallet) : List.<Drawdown>of();
      freed.addAll(back);
      fallen.add(line.settledBy(back));
    }
    return fallen.stream()
        .map(line ->
            line.amount().signum() > 0
                ? line.settledBy(wallet.drawAgain(line.amount(), freed))
                : line)
        .toList();
  }

  /// A whole that fell keeps the credit drawn for it, as far as it still covers it; only what is
  /// left over goes back: 30.00 drawn for a whole that is now 20.00 gives 10.00 back.
  private static List<Drawdown> freed(InvoiceLine line, Drawdowns wallet) {
    var drawn = line.due().invoiced(line.category()).drawn();
    return wallet.giveBack(sum(drawn).subtract(line.whole()).max(BigDecimal.ZERO), drawn);
  }

  private static BigDecimal sum(List<Drawdown> drawn) {
    return drawn.stream().map(Drawdown::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// Draws credit for what a contract's lines leave owed, in their order. A commitment's line and
  /// those of the items that it covers are set off first: 700.00 and a maximum spend's -200.00 draw
  /// 500.00, and -100.00 with +100.00 draw nothing.
  private static List<InvoiceLine> settled(List<InvoiceLine> lines, Drawdowns wallet) {
    var owed = new ArrayList<BigDecimal>();
    lines.forEach(line -> owed.add(line.amount().subtract(line.credit())));
    for (int c = 0; c < lines.size(); c++) {
      if (lines.get(c).due().card().charge() instanceof Commitment(var items)) {
        for (int n = 0; n < lines.size(); n++) {
          if (items.contains(lines.get(n).due().card().key())) {
            setOff(owed, c, n);
          }
        }
      }
    }
    var settled = new ArrayList<InvoiceLine>();
    for (int n = 0; n < lines.size(); n++) {
      var due = lines.get(n).due();
      var left = owed.get(n).max(BigDecimal.ZERO);
      var drawn = wallet.draw(left, due.card(), due.period());
      var line = lines.get(n).settledBy(drawn);
      settled.add(isLent(due) ? line.settledBy(wallet.owe(left.subtract(sum(drawn)))) : line);
    }
    return settled;
  }

  private static boolean isLent(DuePeriod due) {
    return due.card()
        .credits()
        .map(CreditTerms::lacking)
        .filter(Owed.class::isInstance)
        .isPresent();
  }

  /// Takes what is owed for one line and comes back for the other off both.
  private static void setOff(List<BigDecimal> owed, int one, int other) {
    var a = owed.get(one);
    var b = owed.get(other);
    if (a.signum() * b.signum() < 0) {
      var both = a.abs().min(b.abs());
      owed.set(one, a.signum() < 0 ? a.add(both) : a.subtract(both));
      owed.set(other, b.signum() < 0 ? b.add(both) : b.subtract(both));
    }
  }
}
