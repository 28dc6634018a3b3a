package org.tallystick.writers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.ledger.HashChain;
import org.tallystick.domain.ledger.JournalEntry;
import org.tallystick.domain.ledger.Posting;
import org.tallystick.sql.Column;
import org.tallystick.sql.Queries;
import org.tallystick.sql.Query;

/// Appends entries to the books, each to the chain of its customer.
public final class JournalWriter {

  private final NamedParameterJdbcTemplate template;
  private final JdbcClient jdbc;

  public JournalWriter(DataSource dataSource) {
    this.template = new NamedParameterJdbcTemplate(dataSource);
    this.jdbc = JdbcClient.create(template);
  }

  /// Appends `bookings` in their order, part of the caller's transaction. Locks the heads of the
  /// customers in the order of their ids, so that two writers wait for each other and never
  /// deadlock.
  public void append(List<Booking> bookings) {
    if (bookings.isEmpty()) {
      return;
    }
    var customers = bookings.stream().map(Booking::customer).distinct().sorted().toList();
    var locked = lock(customers, bookings.size());
    var heads = locked.heads;
    var after = new ArrayList<Head>();
    for (var booking : bookings) {
      var head = Head.of(booking.customer(), heads).after(booking.entry());
      heads.put(booking.customer(), head);
      after.add(head);
    }
    jdbc.sql(Query.of("append-entries"))
        .param("ids", locked.ids.toArray(UUID[]::new))
        .param("owners", Column.ids(bookings, Booking::customer))
        .param("chainNos", Column.numbers(after, Head::entries))
        .param("references", Column.texts(bookings, booking -> booking.entry().reference()))
        .param("dates", Column.texts(bookings, booking -> booking.entry().date().toString()))
        .param("invoices", Column.ids(bookings, Booking::invoice))
        .param("runs", Column.ids(bookings, Booking::run))
        .param("hashes", Column.texts(after, Head::hash))
        .params(postings(bookings, locked.ids))
        .param("customers", customers.toArray(UUID[]::new))
        .param("headEntries", Column.numbers(customers, c -> Head.of(c, heads).entries()))
        .param("headHashes", Column.texts(customers, c -> Head.of(c, heads).hash()))
        .update();
  }

  /// Locks the heads of `customers`, in the order of their ids, for who appends more than once.
  public void lock(Collection<UUID> customers) {
    lock(customers.stream().distinct().sorted().toList(), 0);
  }

  private static Map<String, Object> postings(List<Booking> bookings, List<UUID> ids) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < bookings.size(); i++) {
      var postings = bookings.get(i).entry().postings();
      for (int n = 0; n < postings.size(); n++) {
        rows.add(new Row(ids.get(i), n + 1L, postings.get(n)));
      }
    }
    return Map.of(
        "entries", Column.ids(rows, Row::entry),
        "postingNos", Column.numbers(rows, Row::number),
        "accounts", Column.texts(rows, row -> row.posting.account().name()),
        "sides", Column.texts(rows, row -> row.posting.side().name().toLowerCase(Locale.ROOT)),
        "amounts", Column.decimals(rows, row -> row.posting.amount()),
        "units", Column.texts(rows, row -> row.posting.unit()));
  }

  private Locked lock(List<UUID> customers, int entries) {
    var locked = new Locked(new HashMap<>(), new ArrayList<>());
    new Queries()
        .add(Query.of("lock-heads"), locked::addHead)
        .add(Ids.QUERY, locked::addId)
        .run(template, Map.of("customers", customers.toArray(UUID[]::new), "count", entries));
    if (locked.heads.size() < customers.size()) {
      addHeads(customers);
      return lock(customers, entries);
    }
    return locked;
  }

  private void addHeads(List<UUID> customers) {
    jdbc.sql(
            """
            insert into ledger_head (customer_id, entries, hash)
            select c, 0, '' from unnest(:customers::uuid[]) as c order by c
                on conflict (customer_id) do nothing\
            """)
        .param("customers", customers.toArray(UUID[]::new))
        .update();
  }

  /// An entry with whose books it goes to, and what it books.
  public record Booking(
      UUID customer, JournalEntry entry, @Nullable UUID invoice, @Nullable UUID run) {

    public static Booking of(UUID customer, JournalEntry entry) {
      return new Booking(customer, entry, null, null);
    }
  }

  /// The heads of customers' chains, and ids for entries.
  private record Locked(Map<UUID, Head> heads, List<UUID> ids) {

    private void addHead(ResultSet row) throws SQLException {
      heads.put(Ids.get(row, "customer_id"), Head.get(row));
    }

    private void addId(ResultSet row) throws SQLException {
      ids.add(Ids.get(row, "id"));
    }
  }

  private record Row(UUID entry, long number, Posting posting) {}

  private record Head(long entries, String hash) {

    private static Head of(UUID customer, Map<UUID, Head> heads) {
      return Objects.requireNonNull(heads.get(customer));
    }

    private static Head get(ResultSet row) throws SQLException {
      return new Head(row.getLong("entries"), row.getString("hash"));
    }

    private Head after(JournalEntry entry) {
      return new Head(entries + 1, HashChain.next(hash, entry));
    }
  }
}
