package org.tallystick.domain.invoice;

import java.math.BigDecimal;
import java.util.List;
import javax.money.CurrencyUnit;

/// The lines of one invoice, or statement of credits, that has no number yet; amounts are in
/// `unit`. Totals are plain sums of rounded figures.
public record InvoiceDraft(CurrencyUnit unit, List<InvoiceLine> lines) {

  public InvoiceDraft {
    lines = List.copyOf(lines);
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
