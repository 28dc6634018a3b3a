package org.tallystick.writers.catalog;

import static org.tallystick.sql.Instants.utc;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.time.Cadence;
import org.tallystick.readers.CatalogFile.Declaration;
import org.tallystick.readers.CatalogFile.Kind;
import org.tallystick.readers.YamlNode;
import org.tallystick.sql.Instants;

/// Writes contracts; their items and terms are [TermsWriter]'s.
final class ContractWriter {

  private final JdbcClient jdbc;
  private final TermsWriter terms;

  ContractWriter(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.terms = new TermsWriter(jdbc);
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
    terms.write(resolved, contract, customer, repriceFrom);
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
        terms.write(ContractTerms.of(node, all), row.id(), row.customer(), repriceFrom);
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
