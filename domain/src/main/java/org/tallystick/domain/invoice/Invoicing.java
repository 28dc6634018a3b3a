package org.tallystick.domain.invoice;

import static org.tallystick.domain.invoice.LineCategory.COMMITMENT;
import static org.tallystick.domain.invoice.LineCategory.FEE;
import static org.tallystick.domain.invoice.LineCategory.USAGE;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import javax.money.CurrencyUnit;
import org.tallystick.domain.catalog.RateCard.Charge.Fee;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.money.Rounding;
import org.tallystick.domain.rating.PricedPart;
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

  /// Draws up one invoice over `due` periods of one contract, in their order; credit comes out of
  /// `wallet`.
  public static InvoiceDraft draft(List<DuePeriod> due, CurrencyUnit currency, Drawdowns wallet) {
    var lines = new ArrayList<InvoiceLine>();
    for (var period : due) {
      var category =
          switch (period.card().charge()) {
            case Usage _ -> USAGE;
            case Fee _ -> FEE;
          };
      var charge = period.rated();
      var whole = Rounding.round(charge.net(), currency);
      add(lines, wallet, period, category, charge.quantity(), charge.parts(), whole);
      var shortfall = shortfall(period, whole, currency);
      var shortfallRounded = Rounding.round(PricedPart.sum(shortfall), currency);
      add(lines, wallet, period, COMMITMENT, Fraction.ONE, shortfall, shortfallRounded);
    }
    return new InvoiceDraft(lines);
  }

  /// What is missing from the rounded charge to the minimum spend, so that the two lines sum to the
  /// minimum to the cent.
  private static List<PricedPart> shortfall(
      DuePeriod period, BigDecimal whole, CurrencyUnit currency) {
    var missing = period.card().spendMin().subtract(whole);
    return Rounding.round(Fraction.of(missing), currency).signum() > 0
        ? List.of(new PricedPart("shortfall", Fraction.ONE, missing))
        : List.of();
  }

  private static void add(
      List<InvoiceLine> lines,
      Drawdowns wallet,
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
            period,
            category,
            before.lines() + 1,
            quantity,
            parts,
            whole,
            before.sum(),
            drawdowns(wallet, period, whole, before)));
  }

  /// Draws for what the line bills. A whole that fell keeps the credit drawn for it, as far as it
  /// still covers it; only what is left over goes back: 30.00 drawn for a whole that is now 20.00
  /// gives 10.00 back.
  private static List<Drawdown> drawdowns(
      Drawdowns wallet, DuePeriod period, BigDecimal whole, Invoiced before) {
    var amount = whole.subtract(before.sum());
    if (amount.signum() >= 0) {
      return wallet.draw(amount, period.card().charge(), period.period());
    }
    var drawn =
        before.drawn().stream().map(Drawdown::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    return wallet.giveBack(drawn.subtract(whole).max(BigDecimal.ZERO), before.drawn());
  }
}
