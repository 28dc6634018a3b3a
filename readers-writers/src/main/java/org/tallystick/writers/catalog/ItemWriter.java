package org.tallystick.writers.catalog;

import static org.tallystick.sql.Instants.utc;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.catalog.CreditTerms;
import org.tallystick.domain.catalog.CreditTerms.Lacking;
import org.tallystick.domain.catalog.CreditTerms.Lacking.Converted;
import org.tallystick.domain.catalog.CreditTerms.Lacking.Refused;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge.Commitment;
import org.tallystick.domain.catalog.RateCard.Charge.Fee;
import org.tallystick.domain.catalog.RateCard.Charge.Owed;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.readers.RateCardReader;
import org.tallystick.writers.catalog.ContractTerms.Term;
import org.threeten.extra.PeriodDuration;

/// Writes the items of contracts: what is rated, over which service periods.
final class ItemWriter {

  private final JdbcClient jdbc;

  ItemWriter(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The item of `term`, added if it isn't there. What decides its service periods cannot change.
  UUID write(ContractTerms resolved, UUID contract, UUID customer, Term term) {
    var card = term.card();
    int added =
        jdbc.sql(
                """
                insert into contract_item (customer_id, contract_id, key, meter_key, covers,
                       cadence, is_in_advance, is_continued, credit_unit, credit_lacking,
                       owed_unit, opened_through)
                values (:customer, :contract, :key, :meter, :covers, :cadence,
                       :isInAdvance, :isContinued, :unit, :lacking, :owed, :starts)
                    on conflict (contract_id, key) do nothing\
                """)
            .param("customer", customer)
            .param("contract", contract)
            .param("key", term.key())
            .param("meter", meter(card))
            .param("covers", covers(card))
            .param("cadence", cadence(term))
            .param("isInAdvance", term.card().isInAdvance())
            .param("isContinued", term.card().isContinued())
            .param("unit", unit(card))
            .param("lacking", lacking(card))
            .param("owed", owed(card))
            .param("starts", utc(resolved.starts()))
            .update();
    if (added > 0) {
      requireNotBegun(resolved, contract, term);
    }
    return item(resolved, contract, term);
  }

  private UUID item(ContractTerms resolved, UUID contract, Term term) {
    return jdbc.sql(
            """
            select id, meter_key is not distinct from :meter and cadence = :cadence
                       and is_in_advance = :isInAdvance and is_continued = :isContinued
                       and covers is not distinct from :covers::text[]
                       and credit_unit is not distinct from :unit
                       and credit_lacking is not distinct from :lacking
                       and owed_unit is not distinct from :owed as is_same
              from contract_item where contract_id = :contract and key = :key\
            """)
        .param("contract", contract)
        .param("key", term.key())
        .param("meter", meter(term.card()))
        .param("covers", covers(term.card()))
        .param("cadence", cadence(term))
        .param("isInAdvance", term.card().isInAdvance())
        .param("isContinued", term.card().isContinued())
        .param("unit", unit(term.card()))
        .param("lacking", lacking(term.card()))
        .param("owed", owed(term.card()))
        .query((row, _) -> {
          if (!row.getBoolean("is_same")) {
            throw resolved
                .node()
                .refuse(
                    "meter, cadence, change, fee, credits (but for their price) and commitment of"
                        + " rate card "
                        + term.key()
                        + " cannot be changed once applied");
          }
          return row.getObject("id", UUID.class);
        })
        .single();
  }

  private static String cadence(Term term) {
    return term.card().cadence().map(PeriodDuration::toString).orElse(RateCardReader.ONCE);
  }

  private static @Nullable String meter(RateCard card) {
    return switch (card.charge()) {
      case Usage(var key) -> key;
      case Fee _, Commitment _, Owed _ -> null;
    };
  }

  private static @Nullable String unit(RateCard card) {
    return card.credits().map(CreditTerms::unit).orElse(null);
  }

  /// What becomes of credits that are lacking, in a word. What was converted cannot be lent.
  private static @Nullable String lacking(RateCard card) {
    return card.credits().map(CreditTerms::lacking).map(ItemWriter::word).orElse(null);
  }

  private static String word(Lacking lacking) {
    return switch (lacking) {
      case Refused _ -> "refused";
      case Lacking.Owed _ -> "owed";
      case Converted _ -> "converted";
    };
  }

  private static @Nullable String owed(RateCard card) {
    return card.charge() instanceof Owed(var unit) ? unit : null;
  }

  private static String @Nullable [] covers(RateCard card) {
    return switch (card.charge()) {
      case Usage _, Fee _, Owed _ -> null;
      case Commitment(var items) -> items.toArray(String[]::new);
    };
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

  /// An item cannot be dropped: it would go on billing at its last terms.
  void requireNoneDropped(ContractTerms resolved, UUID contract) {
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
}
