package org.tallystick.writers.catalog;

import static org.tallystick.sql.Instants.utc;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.catalog.RateCard.Charge.Fee;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.digest.Sha256;
import org.tallystick.domain.time.Cadence;
import org.tallystick.readers.CatalogFile.Declaration;
import org.tallystick.readers.CatalogFile.Kind;
import org.tallystick.readers.YamlNode;
import org.tallystick.sql.Instants;
import org.tallystick.writers.catalog.ContractTerms.Term;

/// Writes contracts, their items and the terms in force on them.
final class ContractWriter {

  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

  private final JdbcClient jdbc;

  ContractWriter(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void write(YamlNode node, Map<String, Declaration> all, Optional<LocalDate> repriceFrom) {
    var resolved = ContractTerms.of(node, all);
    var ends = node.has("to") ? node.date("to").atStartOfDay(resolved.zone()).toInstant() : null;
    var customer =
        jdbc.sql("select id from customer where key = :key")
            .param("key", resolved.customer())
            .query(UUID.class)
            .single();
    requireEndsOnBounds(resolved, ends);
    var contract = writeContract(resolved, customer, ends);
    writeTerms(resolved, contract, customer, repriceFrom);
  }

  /// Brings the contracts on changed plans up to date, except those that changed themselves.
  void replan(
      List<Declaration> changed, Map<String, Declaration> all, Optional<LocalDate> repriceFrom) {
    var plans =
        changed.stream()
            .filter(declared -> declared.kind() == Kind.PLAN)
            .map(declared -> declared.node().text("key"))
            .toList();
    for (var declared : all.values()) {
      var node = declared.node();
      if (declared.kind() == Kind.CONTRACT
          && node.has("plan")
          && plans.contains(node.text("plan"))
          && !changed.contains(declared)) {
        var row = contract(node.text("key"));
        writeTerms(ContractTerms.of(node, all), row.id(), row.customer(), repriceFrom);
      }
    }
  }

  private static void requireEndsOnBounds(ContractTerms resolved, @Nullable Instant ends) {
    if (ends == null) {
      return;
    }
    if (!ends.isAfter(resolved.starts())) {
      throw resolved.node().refuse("to", "expected a day after " + resolved.from());
    }
    for (var term : resolved.terms()) {
      var cadence = new Cadence(resolved.from(), term.card().cadence(), resolved.zone());
      if (!cadence.isBound(ends)) {
        throw resolved
            .node()
            .refuse(
                "to",
                "falls inside a service period of rate card "
                    + term.key()
                    + "; a contract ends where a period ends");
      }
    }
  }

  private Row contract(String key) {
    return jdbc.sql("select id, customer_id, starts, ends from contract where key = :key")
        .param("key", key)
        .query((row, _) ->
            new Row(
                row.getObject("id", UUID.class),
                row.getObject("customer_id", UUID.class),
                Instants.get(row, "starts")))
        .single();
  }

  private UUID writeContract(ContractTerms resolved, UUID customer, @Nullable Instant ends) {
    var node = resolved.node();
    var key = node.text("key");
    int added =
        jdbc.sql(
                """
                insert into contract (customer_id, key, starts, ends, anchor)
                values (:customer, :key, :starts, :ends, :anchor) on conflict (key) do nothing\
                """)
            .param("customer", customer)
            .param("key", key)
            .param("starts", utc(resolved.starts()))
            .param("ends", ends == null ? null : utc(ends))
            .param("anchor", resolved.from())
            .update();
    var row = contract(key);
    if (added > 0) {
      meterAnew(customer);
      return row.id();
    }
    if (!row.customer().equals(customer)) {
      throw node.refuse("customer", "cannot be changed once applied");
    }
    if (!row.starts().equals(resolved.starts())) {
      throw node.refuse("from", "cannot be changed once applied");
    }
    writeEnd(node, row.id(), customer, ends);
    return row.id();
  }

  private void writeEnd(YamlNode node, UUID contract, UUID customer, @Nullable Instant ends) {
    var end = ends == null ? null : utc(ends);
    boolean isOpenedBeyond =
        jdbc.sql(
                """
                select exists (select from contract_item
                                where contract_id = :id and opened_through > :ends::timestamptz)\
                """)
            .param("id", contract)
            .param("ends", end)
            .query(Boolean.class)
            .single();
    if (isOpenedBeyond) {
      throw node.refuse("to", "a service period that has begun ends later");
    }
    int moved =
        jdbc.sql("update contract set ends = :ends where id = :id and ends is distinct from :ends")
            .param("id", contract)
            .param("ends", end)
            .update();
    if (moved > 0) {
      meterAnew(customer);
    }
  }

  private void writeTerms(
      ContractTerms resolved, UUID contract, UUID customer, Optional<LocalDate> repriceFrom) {
    requireNoneDropped(resolved, contract);
    var terms = resolved.terms();
    var reprice = repriceFrom.map(day -> day.atStartOfDay(resolved.zone()).toInstant());
    for (int i = 0; i < terms.size(); i++) {
      var term = terms.get(i);
      var next =
          terms.subList(i + 1, terms.size()).stream()
              .filter(later -> later.key().equals(term.key()))
              .map(Term::validFrom)
              .findFirst()
              .orElse(END_OF_TIME);
      var from = reprice.filter(term.validFrom()::isBefore).orElse(term.validFrom());
      var item = writeItem(resolved, contract, customer, term);
      for (var bound : bounds(item, from, next)) {
        if (!isInForce(item, bound, term)) {
          requireUnbilled(resolved, item, bound, term, reprice.isPresent());
          writeTerm(customer, item, bound, term);
        }
      }
    }
  }

  /// Where terms for [from, next) must be said: at its start, and wherever other terms were said
  /// before; nowhere if the span is empty.
  private List<Instant> bounds(UUID item, Instant from, Instant next) {
    if (!from.isBefore(next)) {
      return List.of();
    }
    var bounds = new ArrayList<Instant>(List.of(from));
    bounds.addAll(
        jdbc.sql(
                """
                select distinct valid_from from item_terms
                 where item_id = :item and valid_from > :from and valid_from < :next
                 order by valid_from\
                """)
            .param("item", item)
            .param("from", utc(from))
            .param("next", utc(next))
            .query((row, _) -> Instants.get(row, "valid_from"))
            .list());
    return bounds;
  }

  private void requireUnbilled(
      ContractTerms resolved, UUID item, Instant from, Term term, boolean isRepriced) {
    if (!isRepriced && isBilled(item, from)) {
      throw resolved
          .node()
          .refuse(
              "rate card "
                  + term.key()
                  + " is already billed from "
                  + from.atZone(resolved.zone()).toLocalDate()
                  + "; say from which day on the change counts with --reprice-from DATE");
    }
  }

  /// A rate card that comes later would be metered and billed from the contract's start.
  private void requireNotBegun(ContractTerms resolved, UUID contract, Term term) {
    boolean hasBegun =
        jdbc.sql(
                """
                select exists (select from service_period p
                                 join contract_item i on i.id = p.item_id
                                where i.contract_id = :contract)\
                """)
            .param("contract", contract)
            .query(Boolean.class)
            .single();
    if (hasBegun) {
      throw resolved
          .node()
          .refuse("rate card " + term.key() + " cannot be added to a contract that has begun");
    }
  }

  private UUID writeItem(ContractTerms resolved, UUID contract, UUID customer, Term term) {
    var card = term.card();
    var meter =
        switch (card.charge()) {
          case Usage(var key) -> key;
          case Fee _ -> null;
        };
    int added =
        jdbc.sql(
                """
                insert into contract_item (customer_id, contract_id, key, meter_key, cadence,
                       is_in_advance, opened_through)
                values (:customer, :contract, :key, :meter, :cadence, :isInAdvance, :starts)
                    on conflict (contract_id, key) do nothing\
                """)
            .param("customer", customer)
            .param("contract", contract)
            .param("key", term.key())
            .param("meter", meter)
            .param("cadence", card.cadence().toString())
            .param("isInAdvance", isInAdvance(term))
            .param("starts", utc(resolved.starts()))
            .update();
    if (added > 0) {
      requireNotBegun(resolved, contract, term);
    }
    return item(resolved, contract, term, meter);
  }

  private UUID item(ContractTerms resolved, UUID contract, Term term, @Nullable String meter) {
    return jdbc.sql(
            """
            select id, meter_key is not distinct from :meter and cadence = :cadence
                       and is_in_advance = :isInAdvance as is_same
              from contract_item where contract_id = :contract and key = :key\
            """)
        .param("contract", contract)
        .param("key", term.key())
        .param("meter", meter)
        .param("cadence", term.card().cadence().toString())
        .param("isInAdvance", isInAdvance(term))
        .query((row, _) -> {
          if (!row.getBoolean("is_same")) {
            throw resolved
                .node()
                .refuse(
                    "meter, cadence and fee of rate card "
                        + term.key()
                        + " cannot be changed once applied");
          }
          return row.getObject("id", UUID.class);
        })
        .single();
  }

  private static boolean isInAdvance(Term term) {
    return term.card().charge() instanceof Fee(var isInAdvance) && isInAdvance;
  }

  /// An item cannot be dropped: it would go on billing at its last terms.
  private void requireNoneDropped(ContractTerms resolved, UUID contract) {
    var declared = resolved.terms().stream().map(Term::key).toArray(String[]::new);
    jdbc.sql(
            """
            select key from contract_item
             where contract_id = :contract and key <> all (:declared) order by key\
            """)
        .param("contract", contract)
        .param("declared", declared)
        .query((row, _) -> row.getString("key"))
        .list()
        .forEach(key -> {
          throw resolved.node().refuse("rate card " + key + " cannot be taken away");
        });
  }

  /// Whether the latest revision of the item's terms says the same `at` that time already.
  private boolean isInForce(UUID item, Instant at, Term term) {
    return jdbc.sql(
            """
            select s.sha256
              from item_terms t join terms s on s.id = t.terms_id
             where t.item_id = :item and t.valid_from <= :at
             order by t.valid_from desc, t.revision desc limit 1\
            """)
        .param("item", item)
        .param("at", utc(at))
        .query(String.class)
        .optional()
        .filter(Sha256.hex(term.json())::equals)
        .isPresent();
  }

  private boolean isBilled(UUID item, Instant from) {
    return jdbc.sql(
            "select exists (select from billed_span where item_id = :item and lower(span) >="
                + " :from)")
        .param("item", item)
        .param("from", utc(from))
        .query(Boolean.class)
        .single();
  }

  private void writeTerm(UUID customer, UUID item, Instant validFrom, Term term) {
    jdbc.sql(
            """
            with stored as (
              insert into terms (sha256, definition) values (:sha256, :json::jsonb)
                  on conflict (sha256) do nothing
              returning id
            )
            insert into item_terms (customer_id, item_id, valid_from, revision, terms_id)
            select :customer, :item, :validFrom,
                   1 + coalesce((select max(revision) from item_terms
                                  where item_id = :item and valid_from = :validFrom), 0),
                   coalesce((select id from stored),
                            (select id from terms where sha256 = :sha256))\
            """)
        .param("customer", customer)
        .param("item", item)
        .param("validFrom", utc(validFrom))
        .param("sha256", Sha256.hex(term.json()))
        .param("json", term.json())
        .update();
    jdbc.sql(
            """
            update service_period set is_rated = false, is_settled = false
             where item_id = :item and starts >= :validFrom\
            """)
        .param("item", item)
        .param("validFrom", utc(validFrom))
        .update();
  }

  /// Forgets what was metered for a customer, so that the next run adds up all of their usage
  /// again: records that belonged to nobody may be theirs now.
  void meterAnew(UUID customer) {
    jdbc.sql("delete from metered_through where customer_id = :customer")
        .param("customer", customer)
        .update();
    jdbc.sql(
            """
            update service_period p
               set quantity = 0, records = 0, is_rated = false, is_settled = false
              from contract_item i
             where p.customer_id = :customer and i.id = p.item_id and i.meter_key is not null\
            """)
        .param("customer", customer)
        .update();
  }

  private record Row(UUID id, UUID customer, Instant starts) {}
}
