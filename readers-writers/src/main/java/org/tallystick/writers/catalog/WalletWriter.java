package org.tallystick.writers.catalog;

import static org.tallystick.sql.Instants.utc;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.ledger.Bookkeeping;
import org.tallystick.domain.wallet.Grant.Kind;
import org.tallystick.readers.CatalogFile.Declaration;
import org.tallystick.readers.YamlNode;
import org.tallystick.writers.JournalWriter;
import org.tallystick.writers.JournalWriter.Booking;

/// Writes declared grants: each once, with the movement and, if it was paid for, the journal entry
/// that bring it into being.
final class WalletWriter {

  private final JdbcClient jdbc;
  private final JournalWriter journal;

  WalletWriter(JdbcClient jdbc, DataSource dataSource) {
    this.jdbc = jdbc;
    this.journal = new JournalWriter(dataSource);
  }

  void write(YamlNode wallet, Map<String, Declaration> all) {
    wallet.only("customer", "unit", "grants");
    var customer = all.get("customer " + wallet.text("customer"));
    if (customer == null) {
      throw wallet.refuse("customer", "there is no customer '" + wallet.text("customer") + "'");
    }
    if (!customer.node().text("currency").equals(wallet.text("unit"))) {
      throw wallet.refuse(
          "unit", "expected the customer's currency " + customer.node().text("currency"));
    }
    var owner =
        jdbc.sql("select id from customer where key = :key")
            .param("key", wallet.text("customer"))
            .query(UUID.class)
            .single();
    var id =
        jdbc.sql(
                """
                insert into wallet (customer_id, unit) values (:customer, :unit)
                    on conflict (customer_id, unit) do update set version = wallet.version + 1
                returning id\
                """)
            .param("customer", owner)
            .param("unit", wallet.text("unit"))
            .query(UUID.class)
            .single();
    var zone = ZoneId.of(customer.node().text("zone"));
    requireAllThere(wallet, id);
    wallet.mappings("grants").forEach(grant -> writeGrant(wallet, grant, owner, id, zone));
  }

  private void requireAllThere(YamlNode wallet, UUID id) {
    var declared = wallet.mappings("grants").stream().map(grant -> grant.text("key")).toList();
    jdbc.sql(
            """
            select key from wallet_grant
             where wallet_id = :id and returned_from is null
             order by key\
            """)
        .param("id", id)
        .query(String.class)
        .list()
        .forEach(key -> {
          if (!declared.contains(key)) {
            throw wallet.refuse("grants", "grant " + key + " cannot be taken away");
          }
        });
  }

  private void writeGrant(YamlNode wallet, YamlNode grant, UUID owner, UUID id, ZoneId zone) {
    grant.only("key", "kind", "amount", "priority", "from", "to", "items");
    var kind = grant.value("kind", "paid or promotional", WalletWriter::kind);
    var amount = grant.decimal("amount");
    if (amount.signum() <= 0) {
      throw grant.refuse("amount", "expected more than zero, found " + amount);
    }
    if (!grant.date("to").isAfter(grant.date("from"))) {
      throw grant.refuse("to", "expected a day after " + grant.date("from"));
    }
    var written =
        jdbc.sql(
                """
                insert into wallet_grant (customer_id, wallet_id, key, kind, amount, priority,
                       effective, expires, items)
                values (:customer, :wallet, :key, :kind, :amount, :priority, :from, :to, :items)
                    on conflict (wallet_id, key) do nothing
                returning id\
                """)
            .param("customer", owner)
            .param("wallet", id)
            .param("key", grant.text("key"))
            .param("kind", kind.name().toLowerCase(Locale.ROOT))
            .param("amount", amount)
            .param("priority", grant.decimal("priority", BigDecimal.ZERO).intValueExact())
            .param("from", utc(grant.date("from").atStartOfDay(zone).toInstant()))
            .param("to", utc(grant.date("to").atStartOfDay(zone).toInstant()))
            .param("items", items(grant))
            .query(UUID.class)
            .optional();
    if (written.isEmpty()) {
      requireSame(grant, id, kind, amount, zone);
    } else {
      book(wallet, grant, owner, written.get(), kind, amount);
    }
  }

  /// The keys of rate cards, in their order.
  private static String[] items(YamlNode grant) {
    return grant.texts("items").stream().distinct().sorted().toArray(String[]::new);
  }

  private static Kind kind(String text) {
    return Kind.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private void requireSame(YamlNode grant, UUID wallet, Kind kind, BigDecimal amount, ZoneId zone) {
    boolean isSame =
        jdbc.sql(
                """
                select amount = :amount and kind = :kind and priority = :priority
                   and effective = :from and expires = :to and items = :items::text[]
                  from wallet_grant
                 where wallet_id = :wallet and key = :key\
                """)
            .param("wallet", wallet)
            .param("key", grant.text("key"))
            .param("amount", amount)
            .param("kind", kind.name().toLowerCase(Locale.ROOT))
            .param("priority", grant.decimal("priority", BigDecimal.ZERO).intValueExact())
            .param("from", utc(grant.date("from").atStartOfDay(zone).toInstant()))
            .param("to", utc(grant.date("to").atStartOfDay(zone).toInstant()))
            .param("items", items(grant))
            .query(Boolean.class)
            .single();
    if (!isSame) {
      throw grant.refuse("grant " + grant.text("key") + " cannot be changed once applied");
    }
  }

  private void book(
      YamlNode wallet, YamlNode grant, UUID owner, UUID id, Kind kind, BigDecimal amount) {
    jdbc.sql(
            """
            insert into wallet_movement (customer_id, grant_id, kind, reference, amount)
            values (:customer, :grant, 'grant', 'grant', :amount)\
            """)
        .param("customer", owner)
        .param("grant", id)
        .param("amount", amount)
        .update();
    if (kind == Kind.PAID) {
      var reference = "grant/" + wallet.text("customer") + "/" + grant.text("key");
      var entry = Bookkeeping.topUp(reference, grant.date("from"), wallet.text("unit"), amount);
      journal.append(List.of(Booking.of(owner, entry)));
    }
  }
}
