package org.tallystick.readers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.ledger.HashChain;
import org.tallystick.domain.ledger.JournalEntry;
import org.tallystick.domain.ledger.LedgerAccount;
import org.tallystick.domain.ledger.Posting;

/// Computes every hash of the books again, customer by customer, entry by entry.
public final class LedgerVerifier {

  private final JdbcClient jdbc;

  public LedgerVerifier(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The entries whose stored hash does not follow from their content and all before it.
  public List<String> verify() {
    var chain = new Chain();
    jdbc.sql(
            """
            select c.key as customer, e.chain_no, e.reference, e.entry_date, e.hash,
                   p.account, p.side, p.amount, p.unit
              from journal_entry e
              join customer c on c.id = e.customer_id
              join posting p on p.entry_id = e.id
             order by c.key collate "C", e.chain_no, p.posting_no\
            """)
        .withFetchSize(5_000)
        .query(row -> {
          chain.add(row);
        });
    chain.closeEntry();
    return chain.findings;
  }

  /// Walks the postings in order and closes an entry when the next one begins.
  private static final class Chain {

    private final List<String> findings = new ArrayList<>();
    private final List<Posting> postings = new ArrayList<>();
    private @Nullable Entry entry;
    private String previous = "";

    private void add(ResultSet row) throws SQLException {
      var next =
          new Entry(
              row.getString("customer"),
              row.getString("reference"),
              row.getObject("entry_date", LocalDate.class),
              row.getString("hash"));
      if (!next.equals(entry)) {
        closeEntry();
        if (entry == null || !next.customer().equals(entry.customer())) {
          previous = "";
        }
        entry = next;
      }
      postings.add(
          new Posting(
              LedgerAccount.valueOf(row.getString("account")),
              Posting.Side.valueOf(row.getString("side").toUpperCase(Locale.ROOT)),
              row.getBigDecimal("amount"),
              row.getString("unit")));
    }

    private void closeEntry() {
      if (entry == null) {
        return;
      }
      var hash =
          HashChain.next(previous, new JournalEntry(entry.reference(), entry.date(), postings));
      if (!hash.equals(entry.hash())) {
        findings.add("entry " + entry.reference() + " of " + entry.customer() + " was changed");
      }
      previous = entry.hash();
      postings.clear();
    }
  }

  private record Entry(String customer, String reference, LocalDate date, String hash) {}
}
