package org.tallystick.writers;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.ledger.HashChain;
import org.tallystick.domain.ledger.JournalEntry;
import org.tallystick.sql.Copy;

/// Appends entries to the books, each to the chain of its customer.
public final class JournalWriter {

  private final DataSource dataSource;
  private final JdbcClient jdbc;

  public JournalWriter(DataSource dataSource) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
  }

  /// Appends `bookings` in their order, part of the caller's transaction. Locks the heads of the
  /// customers in the order of their ids, so that two writers wait for each other and never
  /// deadlock.
  public void append(List<Booking> bookings) {
    if (bookings.isEmpty()) {
      return;
    }
    var customers = bookings.stream().map(Booking::customer).distinct().sorted().toList();
    var heads = lockHeads(customers);
    var ids = Ids.next(jdbc, bookings.size());
    var entries =
        new Copy(
            "journal_entry (id, customer_id, chain_no, reference, entry_date, invoice_id, run_id,"
                + " hash)");
    var postings = new Copy("posting (entry_id, posting_no, account, side, amount, unit)");
    for (int i = 0; i < bookings.size(); i++) {
      var booking = bookings.get(i);
      var entry = booking.entry();
      var head = heads.getOrDefault(booking.customer(), Head.EMPTY).after(entry);
      heads.put(booking.customer(), head);
      entries.row(
          ids.get(i),
          booking.customer(),
          head.entries(),
          entry.reference(),
          entry.date(),
          booking.invoice(),
          booking.run(),
          head.hash());
      addPostings(postings, ids.get(i), entry);
    }
    entries.into(dataSource);
    postings.into(dataSource);
    writeHeads(customers, heads);
  }

  private static void addPostings(Copy postings, UUID id, JournalEntry entry) {
    for (int n = 0; n < entry.postings().size(); n++) {
      var posting = entry.postings().get(n);
      postings.row(
          id,
          n + 1,
          posting.account(),
          posting.side().name().toLowerCase(Locale.ROOT),
          posting.amount(),
          posting.unit());
    }
  }

  private Map<UUID, Head> lockHeads(List<UUID> customers) {
    jdbc.sql(
            """
            insert into ledger_head (customer_id, entries, hash)
            select c, 0, '' from unnest(:customers::uuid[]) as c order by c
                on conflict (customer_id) do nothing\
            """)
        .param("customers", customers.toArray(UUID[]::new))
        .update();
    var heads = new HashMap<UUID, Head>();
    jdbc.sql(
            """
            select customer_id, entries, hash from ledger_head
             where customer_id = any (:customers) order by customer_id for update\
            """)
        .param("customers", customers.toArray(UUID[]::new))
        .query(row -> {
          heads.put(
              row.getObject("customer_id", UUID.class),
              new Head(row.getLong("entries"), row.getString("hash")));
        });
    return heads;
  }

  private void writeHeads(List<UUID> customers, Map<UUID, Head> heads) {
    var after = customers.stream().map(c -> heads.getOrDefault(c, Head.EMPTY)).toList();
    jdbc.sql(
            """
            update ledger_head h set entries = n.entries, hash = n.hash
              from unnest(:customers::uuid[], :entries::bigint[], :hashes::text[])
                as n (customer_id, entries, hash)
             where n.customer_id = h.customer_id\
            """)
        .param("customers", customers.toArray(UUID[]::new))
        .param("entries", after.stream().map(Head::entries).toArray(Long[]::new))
        .param("hashes", after.stream().map(Head::hash).toArray(String[]::new))
        .update();
  }

  /// An entry with whose books it goes to, and what it books.
  public record Booking(
      UUID customer, JournalEntry entry, @Nullable UUID invoice, @Nullable UUID run) {

    public static Booking of(UUID customer, JournalEntry entry) {
      return new Booking(customer, entry, null, null);
    }
  }

  private record Head(long entries, String hash) {
    private static final Head EMPTY = new Head(0, "");

    private Head after(JournalEntry entry) {
      return new Head(entries + 1, HashChain.next(hash, entry));
    }
  }
}
