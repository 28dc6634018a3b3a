package org.tallystick.writers.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.money.Monetary;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.wallet.Grant.Kind;
import org.tallystick.readers.CatalogFile.Declaration;
import org.tallystick.readers.YamlNode;
import org.tallystick.sql.Column;
import org.tallystick.sql.Query;
import org.tallystick.writers.JournalWriter;
import org.tallystick.writers.wallet.GrantWriter;
import org.tallystick.writers.wallet.GrantWriter.Outcome;
import org.tallystick.writers.wallet.GrantWriter.Recipient;
import org.tallystick.writers.wallet.GrantWriter.Terms;
import org.tallystick.writers.wallet.RecurringGrants;
import org.tallystick.writers.wallet.Rollover;
import org.threeten.extra.PeriodDuration;

/// Writes declared wallets: their floors, each grant once, and what jobs cost.
final class WalletWriter {

  private static final String CATALOG = "catalog";

  private final JdbcClient jdbc;
  private final GrantWriter grants;
  private final RecurringGrants recurring;
  private final JournalWriter journal;
  private final JobPriceWriter jobs;

  WalletWriter(JdbcClient jdbc, DataSource dataSource) {
    this.jdbc = jdbc;
    this.grants = new GrantWriter(dataSource);
    this.recurring = new RecurringGrants(dataSource);
    this.journal = new JournalWriter(dataSource);
    this.jobs = new JobPriceWriter(jdbc);
  }

  /// Locks those of `wallets` that are there, in the order of their ids, and then the heads of
  /// their customers' books, as whoever settles requests does.
  void lock(List<YamlNode> wallets) {
    journal.lock(
        jdbc.sql(Query.of("lock-declared-wallets"))
            .param("customers", Column.texts(wallets, wallet -> wallet.text("customer")))
            .param("units", Column.texts(wallets, wallet -> wallet.text("unit")))
            .query((row, _) -> row.getObject("customer_id", UUID.class))
            .list());
  }

  void write(YamlNode wallet, Map<String, Declaration> all) {
    wallet.only("customer", "unit", "floor", "grants", "jobs");
    var customer = all.get("customer " + wallet.text("customer"));
    if (customer == null) {
      throw wallet.refuse("customer", "there is no customer '" + wallet.text("customer") + "'");
    }
    var unit = unit(wallet, customer.node().text("currency"));
    var owner =
        jdbc.sql("select id from customer where key = :key")
            .param("key", wallet.text("customer"))
            .query(UUID.class)
            .single();
    var id =
        jdbc.sql(
                """
                insert into wallet (customer_id, unit, floor) values (:customer, :unit, :floor)
                    on conflict (customer_id, unit)
                    do update set version = wallet.version + 1, floor = excluded.floor
                returning id\
                """)
            .param("customer", owner)
            .param("unit", unit)
            .param("floor", wallet.decimal("floor", BigDecimal.ZERO))
            .query(UUID.class)
            .single();
    var zone = ZoneId.of(customer.node().text("zone"));
    requireAllThere(wallet, id);
    var to = new Recipient(owner, wallet.text("customer"), zone, id, unit);
    wallet.mappings("grants").forEach(grant -> writeGrant(grant, to));
    jobs.write(wallet, to);
  }

  /// Once all wallets are written: a device is paid from one of them.
  void requireJobsPaid(YamlNode wallet) {
    jobs.requirePaid(wallet);
  }

  private void requireAllThere(YamlNode wallet, UUID id) {
    var declared = wallet.mappings("grants").stream().map(grant -> grant.text("key")).toList();
    jdbc.sql(
            """
            select key from wallet_grant
             where wallet_id = :id and returned_from is null and kind <> 'overdraft'
               and source = :source
             union
            select key from recurring_grant
             where wallet_id = :id and source = :source
             order by key\
            """)
        .param("id", id)
        .param("source", CATALOG)
        .query(String.class)
        .list()
        .forEach(key -> {
          if (!declared.contains(key)) {
            throw wallet.refuse("grants", "grant " + key + " cannot be taken away");
          }
        });
  }

  private void writeGrant(YamlNode grant, Recipient to) {
    grant.only("key", "kind", "amount", "priority", "from", "to", "items", "every", "rollover");
    var amount = grant.decimal("amount");
    if (amount.signum() <= 0) {
      throw grant.refuse("amount", "expected more than zero, found " + amount);
    }
    if (grant.has("to") && !grant.date("to").isAfter(grant.date("from"))) {
      throw grant.refuse("to", "expected a day after " + grant.date("from"));
    }
    if (!GrantWriter.isKey(grant.text("key")) && !grants.isThere(to, grant.text("key"))) {
      throw grant.refuse(
          "key",
          "expected letters, digits, '.', '_' and '-', and not 'overdraft', found '"
              + grant.text("key")
              + "'");
    }
    var terms =
        new Terms(
            grant.value("kind", "paid or promotional", WalletWriter::kind),
            amount,
            grant.decimal("priority", BigDecimal.ZERO).intValueExact(),
            start(grant, "from", to),
            grant.has("to") ? Optional.of(start(grant, "to", to)) : Optional.empty(),
            grant.texts("items"),
            grant.has("rollover")
                ? Optional.of(rollover(grant.mapping("rollover")))
                : Optional.empty());
    if (given(grant, to, terms) == Outcome.CONFLICT) {
      throw grant.refuse("grant " + grant.text("key") + " cannot be changed once applied");
    }
  }

  private Outcome given(YamlNode grant, Recipient to, Terms terms) {
    if (!grant.has("every")) {
      return grants.give(to, grant.text("key"), terms, CATALOG);
    }
    var every = grant.value("every", "an ISO 8601 duration like P1M", PeriodDuration::parse);
    try {
      return recurring.declare(to, grant.text("key"), terms, every, CATALOG);
    } catch (IllegalArgumentException e) {
      throw grant.refuse("every", String.valueOf(e.getMessage()));
    }
  }

  private static Rollover rollover(YamlNode rollover) {
    rollover.only("min", "max");
    try {
      return new Rollover(rollover.decimal("min", BigDecimal.ZERO), rollover.decimal("max"));
    } catch (IllegalArgumentException e) {
      throw rollover.refuse(String.valueOf(e.getMessage()));
    }
  }

  private static Instant start(YamlNode grant, String field, Recipient to) {
    return grant.date(field).atStartOfDay(to.zone()).toInstant();
  }

  private static Kind kind(String text) {
    return switch (text) {
      case "paid" -> Kind.PAID;
      case "promotional" -> Kind.PROMOTIONAL;
      default -> throw new IllegalArgumentException("no kind of grant: " + text);
    };
  }

  /// A unit that is money is the customer's currency.
  private static String unit(YamlNode wallet, String currency) {
    var unit = wallet.text("unit");
    boolean isOtherMoney = Monetary.isCurrencyAvailable(unit) && !unit.equals(currency);
    if (isOtherMoney || !unit.matches("[A-Za-z][A-Za-z0-9._-]{0,62}")) {
      throw wallet.refuse(
          "unit",
          "expected the customer's currency "
              + currency
              + " or a name that is no currency, found '"
              + unit
              + "'");
    }
    return unit;
  }
}
