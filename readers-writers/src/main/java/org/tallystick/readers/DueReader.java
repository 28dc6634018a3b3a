package org.tallystick.readers;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.invoice.DuePeriod;
import org.tallystick.domain.invoice.Invoiced;
import org.tallystick.domain.invoice.LineCategory;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.rating.Rating;
import org.tallystick.domain.time.ServicePeriod;
import org.tallystick.domain.wallet.Drawdown;
import org.tallystick.domain.wallet.Grant;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;

/// Everything that the invoices of a chunk of customers need, in four statements whatever its size.
public final class DueReader {

  private final JdbcClient jdbc;
  private final TermsReader terms;
  private final UUID run;

  public DueReader(JdbcClient jdbc, TermsReader terms, UUID run) {
    this.jdbc = jdbc;
    this.terms = terms;
    this.run = run;
  }

  public List<DueCustomer> read(UUID[] customers) {
    var rows =
        jdbc.sql(Query.of("periods-due"))
            .param("run", run)
            .param("customers", customers)
            .query(DueReader::row)
            .list();
    terms.prepare(rows.stream().map(Row::terms).toList());
    var wallets = wallets(customers);
    var invoiced = invoiced(customers, wallets);
    var due = new LinkedHashMap<UUID, DueCustomer>();
    for (var row : rows) {
      var wallet = wallets.getOrDefault(row.customer(), CustomerWallet.NONE);
      due.computeIfAbsent(
              row.customer(),
              customer -> new DueCustomer(customer, row.currency(), wallet, new LinkedHashMap<>()))
          .contracts()
          .computeIfAbsent(row.contract(), _ -> new ArrayList<>())
          .add(duePeriod(row, invoiced.getOrDefault(row.key(), Map.of())));
    }
    return List.copyOf(due.values());
  }

  /// Prices the period again, and insists that it is what rating found.
  private DuePeriod duePeriod(Row row, Map<LineCategory, Invoiced> invoiced) {
    var card = terms.get(row.terms());
    var portion = row.portions().of(card);
    var rated = Rating.rate(card, portion, row.quantity());
    if (rated.netStored().compareTo(row.net()) != 0) {
      throw new IllegalStateException(
          "item "
              + row.item()
              + " from "
              + row.period().starts()
              + " was rated at "
              + row.net()
              + ", now at "
              + rated.netStored());
    }
    return new DuePeriod(
        row.item(), row.terms(), card, row.unit(), row.period(), portion, rated, invoiced);
  }

  private Map<Key, Map<LineCategory, Invoiced>> invoiced(
      UUID[] customers, Map<UUID, CustomerWallet> wallets) {
    var grants = new HashMap<UUID, Grant>();
    wallets.values().forEach(w -> w.grants().forEach(grant -> grants.put(grant.id(), grant)));
    var drawn = new HashMap<Key, Map<LineCategory, List<Drawdown>>>();
    jdbc.sql(Query.of("drawn"))
        .param("customers", customers)
        .query(row -> {
          drawn
              .computeIfAbsent(Key.of(row), _ -> new HashMap<>())
              .computeIfAbsent(category(row), _ -> new ArrayList<>())
              .add(
                  new Drawdown(
                      Objects.requireNonNull(grants.get(row.getObject("grant_id", UUID.class))),
                      row.getBigDecimal("amount")));
        });
    var invoiced = new HashMap<Key, Map<LineCategory, Invoiced>>();
    jdbc.sql(Query.of("invoiced"))
        .param("customers", customers)
        .query(row -> {
          var category = category(row);
          var draws = drawn.getOrDefault(Key.of(row), Map.of()).getOrDefault(category, List.of());
          invoiced
              .computeIfAbsent(Key.of(row), _ -> new HashMap<>())
              .put(category, new Invoiced(row.getInt("lines"), row.getBigDecimal("amount"), draws));
        });
    return invoiced;
  }

  private Map<UUID, CustomerWallet> wallets(UUID[] customers) {
    var wallets = new HashMap<UUID, CustomerWallet>();
    jdbc.sql(Query.of("grants"))
        .param("customers", customers)
        .query(row -> {
          var id = row.getObject("wallet_id", UUID.class);
          long version = row.getLong("version");
          wallets
              .computeIfAbsent(
                  row.getObject("customer_id", UUID.class),
                  _ -> new CustomerWallet(id, version, new ArrayList<>()))
              .grants()
              .add(grant(row));
        });
    return wallets;
  }

  private static Grant grant(ResultSet row) throws SQLException {
    return new Grant(
        row.getObject("id", UUID.class),
        row.getString("key"),
        Grant.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getInt("priority"),
        Instants.get(row, "effective"),
        Instants.get(row, "expires"),
        row.getBigDecimal("balance"));
  }

  private static LineCategory category(ResultSet row) throws SQLException {
    return LineCategory.valueOf(row.getString("category").toUpperCase(Locale.ROOT));
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    return new Row(
        row.getObject("customer_id", UUID.class),
        row.getObject("contract_id", UUID.class),
        row.getObject("item_id", UUID.class),
        Portions.get(row),
        Quantities.get(row),
        row.getString("unit"),
        row.getObject("terms_id", UUID.class),
        row.getBigDecimal("net"));
  }

  private record Row(
      UUID customer,
      UUID contract,
      UUID item,
      Portions portions,
      Fraction quantity,
      String unit,
      UUID terms,
      BigDecimal net) {

    private ServicePeriod period() {
      return portions.service();
    }

    private String currency() {
      return portions.currency();
    }

    private Key key() {
      return new Key(item, period().starts());
    }
  }

  private record Key(UUID item, Instant starts) {
    private static Key of(ResultSet row) throws SQLException {
      return new Key(row.getObject("item_id", UUID.class), Instants.get(row, "starts"));
    }
  }
}
