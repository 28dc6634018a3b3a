package org.tallystick.domain.invoice;

import java.math.BigDecimal;
import java.util.List;
import javax.money.CurrencyUnit;
import org.tallystick.domain.wallet.Drawdown;

/// The lines of one invoice, or statement of credits, that has no number yet; amounts are in
/// `unit`. Totals are plain sums of rounded figures. `repayments` even out what its lines gave back
/// to an overdraft that was repaid.
public record InvoiceDraft(CurrencyUnit unit, List<InvoiceLine> lines, List<Drawdown> repayments) {

  public InvoiceDraft {
    lines = List.copyOf(lines);
    repayments = List.copyOf(repayments);
  }

  public BigDecimal total() {
    return lines.stream().map(InvoiceLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// What of the total was settled with credit.
  public BigDecimal credit() {
    return lines.stream().map(InvoiceLine::credit).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// Whether there is nothing to tell the customer: no line bills anything.
  public boolean isEmpty() {
    return lines.stream().allMatch(line -> line.amount().signum() == 0);
  }
}
