package org.tallystick.domain.ledger;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;

/// A business event in the books. Balanced by construction: in each unit, debits equal credits.
///
/// `reference` is its natural key: booking the same event twice finds that it exists.
public record JournalEntry(String reference, LocalDate date, List<Posting> postings) {

  public JournalEntry {
    postings = List.copyOf(postings);
    if (postings.isEmpty()) {
      throw new IllegalArgumentException("entry " + reference + " has no postings");
    }
    var balances = new TreeMap<String, BigDecimal>();
    postings.forEach(p -> balances.merge(p.unit(), p.signedAmount(), BigDecimal::add));
    balances.forEach((unit, net) -> {
      if (net.signum() != 0) {
        throw new IllegalArgumentException(
            "entry " + reference + " is off balance by " + net.toPlainString() + " " + unit);
      }
    });
  }

  /// The content that the hash chain covers: natural keys and plain decimals, one posting a line.
  public String canonical() {
    var text = new StringBuilder(reference).append('|').append(date).append('\n');
    for (var p : postings) {
      text.append(p.account()).append('|').append(p.side()).append('|');
      text.append(p.amount().stripTrailingZeros().toPlainString());
      text.append('|').append(p.unit()).append('\n');
    }
    return text.toString();
  }
}
