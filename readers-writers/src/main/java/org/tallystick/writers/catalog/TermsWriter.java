package org.tallystick.writers.catalog;

import static org.tallystick.sql.Instants.utc;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.digest.Sha256;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;
import org.tallystick.writers.catalog.ContractTerms.Term;

/// Writes the terms in force on the items of contracts: append-only, the latest revision of the
/// latest start counts.
final class TermsWriter {

  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

  private final JdbcClient jdbc;
  private final ItemWriter items;

  TermsWriter(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.items = new ItemWriter(jdbc);
  }

  /// Makes the terms of a contract what they resolve to, from `repriceFrom` on if it is given.
  /// Whether service periods were cut, so that usage must be metered anew.
  boolean write(
      ContractTerms resolved, UUID contract, UUID customer, Optional<LocalDate> repriceFrom) {
    items.requireNoneDropped(resolved, contract);
    int cut = 0;
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
      var item = items.write(resolved, contract, customer, term);
      for (var bound : bounds(item, from, next)) {
        if (!isInForce(item, bound, term)) {
          requireUnbilled(resolved, item, bound, term, reprice.isPresent());
          boolean isVersion = bound.equals(term.validFrom());
          cut += isVersion ? cut(resolved, item, term) : 0;
          writeTerm(customer, item, bound, term, isVersion);
        }
      }
    }
    return cut > 0;
  }

  /// A change inside a service period that has begun cuts it, unless it is of what is charged once.
  /// What was billed in arrears is over.
  private int cut(ContractTerms resolved, UUID item, Term term) {
    if (term.card().cadence().isEmpty()) {
      return 0;
    }
    boolean isBilled =
        !term.card().isInAdvance()
            && jdbc.sql(
                    """
                    select exists (select from billed_span
                                    where item_id = :item and span @> :at
                                      and lower(span) < :at)\
                    """)
                .param("item", item)
                .param("at", utc(term.validFrom()))
                .query(Boolean.class)
                .single();
    if (isBilled) {
      throw resolved
          .node()
          .refuse(
              "rate card "
                  + term.key()
                  + " is already billed beyond "
                  + term.validFrom().atZone(resolved.zone()).toLocalDate()
                  + ", where its terms would change");
    }
    return jdbc.sql(Query.of("cut-period"))
        .param("item", item)
        .param("at", utc(term.validFrom()))
        .update();
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
            """
            select exists (select from billed_span where item_id = :item and lower(span) >= :from)
                or exists (select from invoice_line l
                             join invoice i on i.id = l.invoice_id and i.sequence is not null
                            where l.item_id = :item and l.starts >= :from)\
            """)
        .param("item", item)
        .param("from", utc(from))
        .query(Boolean.class)
        .single();
  }

  private void writeTerm(
      UUID customer, UUID item, Instant validFrom, Term term, boolean isVersion) {
    jdbc.sql(
            """
            with stored as (
              insert into terms (sha256, definition) values (:sha256, :json::jsonb)
                  on conflict (sha256) do nothing
              returning id
            )
            insert into item_terms (customer_id, item_id, valid_from, is_version, revision,
                   terms_id)
            select :customer, :item, :validFrom, :isVersion,
                   1 + coalesce((select max(revision) from item_terms
                                  where item_id = :item and valid_from = :validFrom), 0),
                   coalesce((select id from stored),
                            (select id from terms where sha256 = :sha256))\
            """)
        .param("customer", customer)
        .param("item", item)
        .param("validFrom", utc(validFrom))
        .param("isVersion", isVersion)
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
}
