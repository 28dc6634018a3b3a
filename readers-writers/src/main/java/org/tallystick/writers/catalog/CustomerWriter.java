package org.tallystick.writers.catalog;

import java.time.ZoneId;
import java.util.Map;
import javax.money.Monetary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.readers.CatalogFile.Declaration;
import org.tallystick.readers.YamlNode;

/// Writes customers, and who pays for them.
final class CustomerWriter {

  private final JdbcClient jdbc;
  private final SubjectWriter subjects;

  CustomerWriter(JdbcClient jdbc, SubjectWriter subjects) {
    this.jdbc = jdbc;
    this.subjects = subjects;
  }

  /// Writes a customer; `all` is what is declared, with the payer, who is written before.
  void write(YamlNode customer, boolean isKnown, Map<String, Declaration> all) {
    customer.only("key", "name", "currency", "zone", "subjects", "payer", "invoicing");
    var key = customer.text("key");
    var currency =
        customer.value("currency", "an ISO 4217 currency like USD", CustomerWriter::currency);
    var zone = customer.value("zone", "a time zone like America/Los_Angeles", ZoneId::of).getId();
    var payer = customer.optionalText("payer").orElse(key);
    if (isKnown) {
      requireSame(customer, key, "currency", currency);
      requireSame(customer, key, "zone", zone);
      requireSame(customer, key, "payer", payer);
    }
    if (isPaidFor(customer)) {
      requirePays(customer, all);
    }
    jdbc.sql(
            """
            insert into customer (id, key, name, currency, minor_units, zone, payer_id, invoicing)
            select i.id, :key, :name, :currency, :minorUnits, :zone, coalesce(y.id, i.id),
                   :invoicing
              from (select uuid_v7() as id offset 0) i
              left join customer y on y.key = :payer
                on conflict (key) do update
               set name = excluded.name, invoicing = excluded.invoicing\
            """)
        .param("key", key)
        .param("name", customer.text("name"))
        .param("currency", currency)
        .param("minorUnits", Monetary.getCurrency(currency).getDefaultFractionDigits())
        .param("zone", zone)
        .param("payer", payer)
        .param("invoicing", invoicing(customer))
        .update();
    subjects.write(customer, ZoneId.of(zone));
  }

  /// Whether another customer is to pay.
  static boolean isPaidFor(YamlNode customer) {
    return customer.has("payer");
  }

  private static String currency(String code) {
    if (!Monetary.isCurrencyAvailable(code)) {
      throw new IllegalArgumentException("unknown currency");
    }
    return code;
  }

  private void requireSame(YamlNode customer, String key, String field, String declared) {
    var applied =
        jdbc.sql(
                """
                select case :field when 'currency' then c.currency
                                   when 'zone' then c.zone else y.key end
                  from customer c join customer y on y.id = c.payer_id
                 where c.key = :key\
                """)
            .param("field", field)
            .param("key", key)
            .query(String.class)
            .single();
    if (!applied.equals(declared)) {
      throw customer.refuse(field, "cannot be changed once applied");
    }
  }

  /// A payer is another customer in the same currency who pays for itself: no chains, no cycles.
  private static void requirePays(YamlNode customer, Map<String, Declaration> all) {
    var key = customer.text("payer");
    if (key.equals(customer.text("key"))) {
      throw customer.refuse("payer", "expected another customer, found '" + key + "'");
    }
    var declared = all.get("customer " + key);
    if (declared == null) {
      throw customer.refuse("payer", "there is no customer '" + key + "'");
    }
    var payer = declared.node();
    if (isPaidFor(payer)) {
      throw customer.refuse(
          "payer",
          "expected a customer without a payer, found '"
              + key
              + "', for whom '"
              + payer.text("payer")
              + "' pays");
    }
    if (!payer.text("currency").equals(customer.text("currency"))) {
      throw customer.refuse(
          "payer",
          "expected a customer in "
              + customer.text("currency")
              + ", found '"
              + key
              + "' in "
              + payer.text("currency"));
    }
  }

  private static String invoicing(YamlNode customer) {
    if (!customer.has("invoicing")) {
      return "per_contract";
    }
    if (isPaidFor(customer)) {
      throw customer.refuse(
          "invoicing",
          "expected none where '"
              + customer.text("payer")
              + "' pays, found '"
              + customer.text("invoicing")
              + "'");
    }
    return customer.value(
        "invoicing",
        "per-contract or consolidated",
        text ->
            switch (text) {
              case "per-contract" -> "per_contract";
              case "consolidated" -> text;
              default -> throw new IllegalArgumentException("unknown invoicing");
            });
  }
}
