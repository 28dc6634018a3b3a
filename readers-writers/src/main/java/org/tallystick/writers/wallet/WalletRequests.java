package org.tallystick.writers.wallet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.ledger.Bookkeeping;
import org.tallystick.domain.wallet.Settling;
import org.tallystick.domain.wallet.WalletEntry;
import org.tallystick.domain.wallet.WalletEntry.Move;
import org.tallystick.domain.wallet.WalletOutcome;
import org.tallystick.domain.wallet.WalletOutcome.Reason;
import org.tallystick.domain.wallet.WalletOutcome.Refused;
import org.tallystick.domain.wallet.WalletOutcome.Repeated;
import org.tallystick.domain.wallet.WalletOutcome.Settled;
import org.tallystick.domain.wallet.WalletRequest;
import org.tallystick.domain.wallet.WalletState;
import org.tallystick.sql.Column;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Json;
import org.tallystick.sql.Query;
import org.tallystick.writers.Ids;
import org.tallystick.writers.JournalWriter;
import org.tallystick.writers.JournalWriter.Booking;

/// Settles requests on customers' wallets, each once: with the movements of the grants, an entry
/// under the request's key, and the books.
///
/// Part of the caller's transaction, until whose end it locks all wallets of the customers and then
/// the heads of their books. One call does: a transaction with several may wait for another that
/// waits for it. It takes as many statements for one request as for a thousand.
public final class WalletRequests {

  private final NamedParameterJdbcTemplate template;
  private final JdbcClient jdbc;
  private final JournalWriter journal;
  private final RecurringGrants recurring;

  public WalletRequests(DataSource dataSource) {
    this.template = new NamedParameterJdbcTemplate(dataSource);
    this.jdbc = JdbcClient.create(template);
    this.journal = new JournalWriter(dataSource);
    this.recurring = new RecurringGrants(dataSource);
  }

  /// Settles `request` on the wallets of the customer.
  public WalletOutcome settle(UUID customer, WalletRequest request) {
    return settleEach(List.of(new CustomerRequest(customer, request))).getFirst();
  }

  /// Settles `requests` one after the other; what is refused leaves the others as they are. An
  /// outcome each.
  public List<WalletOutcome> settleEach(List<CustomerRequest> requests) {
    return settle(requests.stream().map(List::of).toList()).stream().flatMap(List::stream).toList();
  }

  /// Settles `requests` one after the other if none of them is refused. An outcome each.
  public List<WalletOutcome> settleAll(List<CustomerRequest> requests) {
    return settle(List.of(requests)).getFirst();
  }

  /// Settles `groups` of requests one after the other, each group as a whole or, if one of it is
  /// refused, not at all; what was settled before stays repeated. An outcome for each request.
  public List<List<WalletOutcome>> settle(List<List<CustomerRequest>> groups) {
    var requests = groups.stream().flatMap(List::stream).toList();
    if (requests.isEmpty()) {
      return groups.stream().map(_ -> List.<WalletOutcome>of()).toList();
    }
    var customers = new LinkedHashSet<UUID>();
    var until = Instant.MIN;
    for (var asked : requests) {
      customers.add(asked.customer());
      until = until.isBefore(asked.request().at()) ? asked.request().at() : until;
    }
    var locked = LockedWallets.of(template, recurring, customers, requests, until);
    var outcomes = groups.stream().map(group -> settle(group, locked)).toList();
    keep(locked);
    return outcomes;
  }

  private static List<WalletOutcome> settle(List<CustomerRequest> group, LockedWallets locked) {
    var states = new LinkedHashMap<UUID, WalletState>();
    for (var asked : group) {
      var state = locked.state(asked.customer());
      states.computeIfAbsent(asked.customer(), _ -> group.size() > 1 ? state.copy() : state);
    }
    var outcomes = new ArrayList<WalletOutcome>();
    for (var asked : group) {
      var state = Objects.requireNonNull(states.get(asked.customer()));
      outcomes.add(Settling.settle(asked.request(), state, locked::id));
    }
    var refused =
        outcomes.stream().filter(Refused.class::isInstance).map(Refused.class::cast).findFirst();
    if (refused.isEmpty()) {
      states.forEach(locked::replace);
    }
    return refused.map(first -> without(outcomes, first)).orElse(outcomes);
  }

  /// What becomes of a group that is refused because of `first`: what was settled in it is not, nor
  /// was what repeats that.
  private static List<WalletOutcome> without(List<WalletOutcome> outcomes, Refused first) {
    var refused = new Refused(Reason.BATCH, "nothing of its batch is settled: " + first.message());
    var undone = new HashSet<UUID>();
    var without = new ArrayList<WalletOutcome>();
    for (var outcome : outcomes) {
      without.add(
          switch (outcome) {
            case Settled(var entry) -> {
              undone.add(entry.id());
              yield refused;
            }
            case Repeated(var entry) -> undone.contains(entry.id()) ? refused : outcome;
            case Refused _ -> outcome;
          });
    }
    return without;
  }

  /// Frees what holds set aside whose time is over at `at`, of the customers of the first `limit`
  /// of them; of each customer five hundred. For how many customers: 0 when none is left.
  public int expireHolds(Instant at, int limit) {
    var customers = customers("holds-to-expire", at, limit);
    if (!customers.isEmpty()) {
      var locked =
          LockedWallets.of(template, recurring, new LinkedHashSet<>(customers), List.of(), at);
      locked.states().values().forEach(state -> Settling.expire(at, state, locked::id));
      keep(locked);
    }
    return customers.size();
  }

  /// Gives what recurs until `at`, to up to `limit` customers. To how many: 0 when none is left.
  public int renew(Instant at, int limit) {
    var customers = customers("customers-to-renew", at, limit);
    if (!customers.isEmpty()) {
      LockedWallets.of(template, recurring, new LinkedHashSet<>(customers), List.of(), at);
    }
    return customers.size();
  }

  private List<UUID> customers(String query, Instant at, int limit) {
    return jdbc.sql(Query.of(query))
        .param("at", Instants.utc(at))
        .param("limit", limit)
        .query((row, _) -> Ids.get(row, "customer_id"))
        .list();
  }

  /// Repays what customers owe with credit that is in force at `at`, that of up to `limit`
  /// customers. For how many: 0 when none is left.
  public int repay(Instant at, int limit) {
    var customers = customers("debts-to-repay", at, limit);
    repay(at, customers);
    return customers.size();
  }

  /// Repays what these customers owe with credit that is in force at `at`.
  public void repay(Instant at, List<UUID> customers) {
    if (!customers.isEmpty()) {
      var locked =
          LockedWallets.of(template, recurring, new LinkedHashSet<>(customers), List.of(), at);
      locked.states().values().forEach(state -> Settling.repay(at, state, locked::id));
      keep(locked);
    }
  }

  private void keep(LockedWallets locked) {
    var kept = new ArrayList<Kept>();
    var bookings = new ArrayList<Booking>();
    locked
        .states()
        .forEach((customer, state) -> {
          for (var entry : state.settled()) {
            kept.add(new Kept(customer, entry));
            Bookkeeping.settled(
                    locked.reference(customer, entry),
                    locked.dateAt(customer, entry.at()),
                    state.byUnit(entry.moves()))
                .ifPresent(booked -> bookings.add(Booking.of(customer, booked)));
          }
        });
    if (!kept.isEmpty()) {
      write(kept);
      journal.append(bookings);
    }
  }

  private void write(List<Kept> kept) {
    var ended = kept.stream().flatMap(k -> k.entry.about().stream()).collect(Collectors.toSet());
    var opened = kept.stream().filter(k -> k.isHold() && !ended.contains(k.entry.id())).toList();
    var moves = kept.stream().flatMap(Kept::moves).toList();
    jdbc.sql(Query.of("settle-entries"))
        .param("ids", Column.ids(kept, k -> k.entry.id()))
        .param("customers", Column.ids(kept, Kept::customer))
        .param("kinds", Column.texts(kept, k -> LockedWallets.name(k.entry.kind())))
        .param("keys", Column.texts(kept, k -> k.entry.key()))
        .param("abouts", Column.ids(kept, k -> k.entry.about().orElse(null)))
        .param("units", Column.texts(kept, k -> Json.write(k.entry.units())))
        .param("amounts", Column.decimals(kept, k -> k.entry.amount()))
        .param("ats", Column.texts(kept, k -> k.entry.at().toString()))
        .param("expiries", Column.texts(kept, Kept::expires))
        .param("details", Column.texts(kept, k -> Json.write(k.entry.details())))
        .param("opened", Column.ids(opened, k -> k.entry.id()))
        .param("openedOf", Column.ids(opened, Kept::customer))
        .param("openedUntil", Column.texts(opened, Kept::expires))
        .param("moved", Column.ids(moves, move -> move.of.entry.id()))
        .param("movedOf", Column.ids(moves, move -> move.of.customer))
        .param("references", Column.texts(moves, move -> move.of.reference()))
        .param("grants", Column.ids(moves, move -> move.what.drawdown().grant().id()))
        .param("purposes", Column.texts(moves, m -> LockedWallets.name(m.what.purpose())))
        .param("moves", Column.decimals(moves, m -> m.what.drawdown().amount().negate()))
        .update();
  }

  /// What was settled, of whom.
  private record Kept(UUID customer, WalletEntry entry) {

    private boolean isHold() {
      return entry.kind() == WalletEntry.Kind.HOLD;
    }

    private @Nullable String expires() {
      return entry.expires().map(Instant::toString).orElse(null);
    }

    /// What its movements are called.
    private String reference() {
      return LockedWallets.name(entry.kind()) + "/" + entry.key();
    }

    private Stream<Moved> moves() {
      return entry.moves().stream().map(move -> new Moved(this, move));
    }
  }

  private record Moved(Kept of, Move what) {}
}
