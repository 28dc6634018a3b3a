package org.tallystick.writers.catalog;

import static org.tallystick.sql.Instants.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.time.Occurrence;
import org.tallystick.domain.time.Schedule;
import org.tallystick.domain.time.ServicePeriod;
import org.tallystick.readers.CatalogFile.Declaration;
import org.tallystick.readers.CatalogFile.Kind;
import org.tallystick.readers.Schedules;
import org.tallystick.readers.YamlNode;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;
import org.threeten.extra.PeriodDuration;

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
    if (ends != null && !ends.isAfter(resolved.starts())) {
      throw node.refuse("to", "expected a day after " + resolved.from());
    }
    var contract = writeContract(resolved, customer, ends);
    if (terms.write(resolved, contract, customer, repriceFrom)) {
      meterAnew(customer);
    }
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
        if (terms.write(ContractTerms.of(node, all), row.id(), row.customer(), repriceFrom)) {
          meterAnew(row.customer());
        }
      }
    }
  }

  private Row contract(String key) {
    return jdbc.sql(
            "select id, customer_id, starts, anchor, billing_cadence, rounding from"
                + " contract where key = :key")
        .param("key", key)
        .query((row, _) ->
            new Row(
                row.getObject("id", UUID.class),
                row.getObject("customer_id", UUID.class),
                Instants.get(row, "starts"),
                row.getObject("anchor", LocalDateTime.class),
                Optional.ofNullable(row.getString("billing_cadence")).map(PeriodDuration::parse),
                row.getString("rounding")))
        .single();
  }

  private UUID writeContract(ContractTerms resolved, UUID customer, @Nullable Instant ends) {
    var node = resolved.node();
    var key = node.text("key");
    int added =
        jdbc.sql(
                """
                insert into contract (customer_id, key, starts, ends, anchor, billing_cadence,
                       rounding)
                values (:customer, :key, :starts, :ends, :anchor, :billing, :rounding)
                    on conflict (key) do nothing\
                """)
            .param("customer", customer)
            .param("key", key)
            .param("starts", utc(resolved.starts()))
            .param("ends", ends == null ? null : utc(ends))
            .param("anchor", resolved.anchor())
            .param("rounding", resolved.rounding())
            .param("billing", resolved.billing().map(PeriodDuration::toString).orElse(null))
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
    requireSameRhythm(resolved, row);
    writeEnd(node, row.id(), customer, ends);
    return row.id();
  }

  private static void requireSameRhythm(ContractTerms resolved, Row row) {
    if (!row.anchor().equals(resolved.anchor())) {
      throw resolved.node().refuse("anchor", "cannot be changed once applied");
    }
    if (!row.billing().equals(resolved.billing())) {
      throw resolved.node().refuse("billing", "cannot be changed once applied");
    }
    if (!row.rounding().equals(resolved.rounding())) {
      throw resolved.node().refuse("rounding", "cannot be changed once applied");
    }
  }

  private void writeEnd(YamlNode node, UUID contract, UUID customer, @Nullable Instant ends) {
    int moved =
        jdbc.sql("update contract set ends = :ends where id = :id and ends is distinct from :ends")
            .param("id", contract)
            .param("ends", ends == null ? null : utc(ends))
            .update();
    if (moved > 0) {
      cut(node, contract);
      endBilling(contract);
      meterAnew(customer);
    }
  }

  /// The contract's end cuts its billing period too: nothing is invoiced later.
  private void endBilling(UUID contract) {
    jdbc.sql(
            """
            update service_period p set due_at = k.ends
              from contract k
              join contract_item i on i.contract_id = k.id
             where k.id = :contract and p.item_id = i.id and p.due_at > k.ends\
            """)
        .param("contract", contract)
        .update();
  }

  /// Cuts the service periods that the contract's new end falls into, and lets those grow that its
  /// old end had cut.
  private void cut(YamlNode node, UUID contract) {
    var cut =
        jdbc.sql(Query.of("periods-to-cut"))
            .param("contract", contract)
            .query(ContractWriter::cut)
            .list();
    cut.forEach(period -> write(period, occurrence(node, period)));
  }

  private static Occurrence occurrence(YamlNode node, Cut period) {
    var now = period.schedule().occurrenceAt(period.full(), period.starts());
    if (now.isEmpty()) {
      throw node.refuse(
          "to", "a service period that starts at " + period.starts() + " is opened already");
    }
    var billed = period.billedThrough();
    if (billed != null && now.get().service().ends().isAfter(billed)) {
      throw node.refuse(
          "to",
          "what was cut is billed already through "
              + billed
              + "; declare a contract from that day");
    }
    return now.get();
  }

  /// All parts of the full period are priced anew and invoiced together.
  private void write(Cut period, Occurrence occurrence) {
    jdbc.sql(
            """
            with parts as (
              update service_period
                 set ends       = case when starts = :starts then :ends else ends end,
                     full_ends  = :fullEnds,
                     due_at     = :dueAt,
                     is_rated   = false,
                     is_settled = false
               where item_id = :item and full_starts = :fullStarts
            )
            update contract_item set opened_through = :ends where id = :item\
            """)
        .param("item", period.item())
        .param("starts", utc(period.starts()))
        .param("ends", utc(occurrence.service().ends()))
        .param("fullStarts", utc(period.full().starts()))
        .param("fullEnds", utc(occurrence.full().ends()))
        .param("dueAt", utc(occurrence.invoiceAt(period.schedule().isInAdvance())))
        .update();
  }

  private static Cut cut(ResultSet row, int number) throws SQLException {
    return new Cut(
        row.getObject("item_id", UUID.class),
        Schedules.get(row),
        Instants.get(row, "starts"),
        new ServicePeriod(Instants.get(row, "full_starts"), Instants.get(row, "full_ends")),
        Instants.getOrNull(row, "billed_through"));
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

  private record Row(
      UUID id,
      UUID customer,
      Instant starts,
      LocalDateTime anchor,
      Optional<PeriodDuration> billing,
      String rounding) {}

  private record Cut(
      UUID item,
      Schedule schedule,
      Instant starts,
      ServicePeriod full,
      @Nullable Instant billedThrough) {}
}
