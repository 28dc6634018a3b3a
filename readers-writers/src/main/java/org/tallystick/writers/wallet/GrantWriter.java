package org.tallystick.writers.wallet;

import static org.tallystick.sql.Instants.utc;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.ledger.Bookkeeping;
import org.tallystick.domain.wallet.Grant;
import org.tallystick.sql.Query;
import org.tallystick.writers.GrantReferences;
import org.tallystick.writers.JournalWriter;
import org.tallystick.writers.JournalWriter.Booking;

/// Gives grants and voids them: each grant once, with the movement and the journal entry that bring
/// it into being.
public final class GrantWriter {

  private final JdbcClient jdbc;
  private final JournalWriter journal;

  public GrantWriter(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
    this.journal = new JournalWriter(dataSource);
  }

  /// Where grants are given to.
  public record Recipient(
      UUID customer, String customerKey, ZoneId zone, UUID wallet, String unit) {}

  /// What a grant gives, when and for what; `expires` is empty for never, `items` for everything,
  /// `rollover` if a reset takes nothing of it.
  public record Terms(
      Grant.Kind kind,
      BigDecimal amount,
      int priority,
      Instant effective,
      Optional<Instant> expires,
      List<String> items,
      Optional<Rollover> rollover) {}

  /// Whether somebody may call a grant so: as all keys are made, of letters, digits, `.`, `_` and
  /// `-`. What recurs, comes back or is billed is called otherwise.
  public static boolean isKey(String text) {
    return text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,199}") && !text.equals("overdraft");
  }

  /// Whether the grant was new.
  public enum Outcome {
    GIVEN,
    /// It was there, with the same terms.
    REPEATED,
    /// A grant with this key has other terms.
    CONFLICT
  }

  /// The wallet, locked until the caller's transaction ends; empty if the customer has none in this
  /// unit.
  public Optional<Recipient> lock(String customer, String unit) {
    return jdbc.sql(
            """
            select c.id, c.key, c.zone, w.id as wallet_id, w.unit
              from wallet w
              join customer c on c.id = w.customer_id
             where c.key = :customer and w.unit = :unit
               for update of w\
            """)
        .param("customer", customer)
        .param("unit", unit)
        .query((row, _) ->
            new Recipient(
                row.getObject("id", UUID.class),
                row.getString("key"),
                ZoneId.of(row.getString("zone")),
                row.getObject("wallet_id", UUID.class),
                row.getString("unit")))
        .optional();
  }

  /// Gives a grant that somebody asks for, part of the caller's transaction. `source` says who. It
  /// has another key than the recurring ones.
  public Outcome give(Recipient to, String key, Terms terms, String source) {
    boolean isRecurring =
        jdbc.sql(
                """
                select exists (select from recurring_grant
                                where wallet_id = :wallet and key = :key)\
                """)
            .param("wallet", to.wallet())
            .param("key", key)
            .query(Boolean.class)
            .single();
    if (isRecurring) {
      return Outcome.CONFLICT;
    }
    var bookings = new ArrayList<Booking>();
    var outcome = add(to, key, terms, source, bookings);
    journal.append(bookings);
    return outcome;
  }

  /// Whether the wallet has a grant with this key.
  public boolean isThere(Recipient to, String key) {
    return jdbc.sql(
            """
            select exists (select from wallet_grant where wallet_id = :wallet and key = :key)\
            """)
        .param("wallet", to.wallet())
        .param("key", key)
        .query(Boolean.class)
        .single();
  }

  /// Gives a grant, and adds what is to be booked for it to `bookings`.
  Outcome add(Recipient to, String key, Terms terms, String source, List<Booking> bookings) {
    var written =
        jdbc.sql(
                """
                insert into wallet_grant (customer_id, wallet_id, key, kind, amount, priority,
                       effective, expires, items, kept_min, kept_max, source)
                values (:customer, :wallet, :key, :kind, :amount, :priority, :effective,
                        coalesce(:expires::timestamptz, 'infinity'), :items, :keptMin, :keptMax,
                        :source)
                    on conflict (wallet_id, key) do nothing
                returning id\
                """)
            .param("customer", to.customer())
            .param("source", source)
            .params(params(to, key, terms))
            .query(UUID.class)
            .optional();
    if (written.isEmpty()) {
      return isSame(to, key, terms) ? Outcome.REPEATED : Outcome.CONFLICT;
    }
    bookings.add(booking(to, key, terms, written.get()));
    return Outcome.GIVEN;
  }

  static Map<String, @Nullable Object> params(Recipient to, String key, Terms terms) {
    var params = new HashMap<String, @Nullable Object>();
    params.put("wallet", to.wallet());
    params.put("key", key);
    params.put("kind", terms.kind().name().toLowerCase(Locale.ROOT));
    params.put("amount", terms.amount());
    params.put("priority", terms.priority());
    params.put("effective", utc(terms.effective()));
    params.put("expires", terms.expires().<OffsetDateTime>map(at -> utc(at)).orElse(null));
    params.put("keptMin", terms.rollover().map(Rollover::min).orElse(null));
    params.put("keptMax", terms.rollover().map(Rollover::max).orElse(null));
    params.put("items", terms.items().stream().distinct().sorted().toArray(String[]::new));
    return params;
  }

  private boolean isSame(Recipient to, String key, Terms terms) {
    return jdbc.sql(
            """
            select amount = :amount and kind = :kind and priority = :priority
               and effective = :effective and items = :items::text[]
               and expires = coalesce(:expires::timestamptz, 'infinity')
               and kept_min is not distinct from :keptMin::numeric
               and kept_max is not distinct from :keptMax::numeric
              from wallet_grant
             where wallet_id = :wallet and key = :key\
            """)
        .params(params(to, key, terms))
        .query(Boolean.class)
        .single();
  }

  private Booking booking(Recipient to, String key, Terms terms, UUID grant) {
    jdbc.sql(
            """
            insert into wallet_movement (customer_id, grant_id, kind, reference, amount)
            values (:customer, :grant, 'grant', 'grant', :amount)\
            """)
        .param("customer", to.customer())
        .param("grant", grant)
        .param("amount", terms.amount())
        .update();
    var entry =
        Bookkeeping.granted(
            reference("grant", to, key),
            LocalDate.ofInstant(terms.effective(), to.zone()),
            to.unit(),
            terms.kind(),
            terms.amount());
    return Booking.of(to.customer(), entry);
  }

  /// Takes what is left of a grant, or of all occurrences of a recurring one, which then ends, part
  /// of the caller's transaction: how much. Empty if there is no such grant; zero if nothing is
  /// left. `reason` is not empty.
  public Optional<BigDecimal> voidGrant(Recipient of, String key, String reason, Instant at) {
    var given = endRecurring(of, key, reason);
    return given.isEmpty()
        ? voidOne(of, key, reason, at)
        : Optional.of(
            IntStream.rangeClosed(1, given.get())
                .mapToObj(n ->
                    voidOne(of, RecurringGrants.occurrence(key, n), reason, at)
                        .orElse(BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  /// Ends a recurring grant: how many occurrences it gave. Empty if there is none.
  private Optional<Integer> endRecurring(Recipient of, String key, String reason) {
    return jdbc.sql(
            """
            update recurring_grant
               set next_at = 'infinity', ended = coalesce(ended, :reason)
             where wallet_id = :wallet and key = :key
            returning next_no\
            """)
        .param("wallet", of.wallet())
        .param("key", key)
        .param("reason", reason)
        .query((row, _) -> row.getInt("next_no"))
        .optional();
  }

  private Optional<BigDecimal> voidOne(Recipient of, String key, String reason, Instant at) {
    var grant =
        jdbc.sql(
                """
                select id from wallet_grant
                 where wallet_id = :wallet and key = :key and kind <> 'overdraft'\
                """)
            .param("wallet", of.wallet())
            .param("key", key)
            .query(UUID.class)
            .optional();
    return grant.map(id -> voidGrant(of, key, id, reason, at));
  }

  private BigDecimal voidGrant(Recipient of, String key, UUID grant, String reason, Instant at) {
    var taken =
        jdbc.sql(Query.of("void-grant"))
            .param("grant", grant)
            .param("reason", reason)
            .param("at", utc(at))
            .query((row, _) -> Map.entry(row.getString("reference"), row.getBigDecimal("amount")))
            .optional();
    if (taken.isEmpty()) {
      return BigDecimal.ZERO;
    }
    var entry =
        Bookkeeping.voided(
            reference(taken.get().getKey(), of, key),
            LocalDate.ofInstant(at, of.zone()),
            of.unit(),
            kind(grant),
            taken.get().getValue());
    journal.append(List.of(Booking.of(of.customer(), entry)));
    return taken.get().getValue();
  }

  private Grant.Kind kind(UUID grant) {
    return jdbc.sql("select kind from wallet_grant where id = :grant")
        .param("grant", grant)
        .query((row, _) -> Grant.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)))
        .single();
  }

  private static String reference(String what, Recipient to, String key) {
    return GrantReferences.of(what, to.customerKey(), to.unit(), key);
  }
}
