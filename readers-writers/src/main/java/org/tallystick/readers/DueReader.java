package org.tallystick.readers;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import javax.money.CurrencyUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.catalog.RecordRule;
import org.tallystick.domain.invoice.DuePeriod;
import org.tallystick.domain.invoice.Invoiced;
import org.tallystick.domain.invoice.LineCategory;
import org.tallystick.domain.time.ServicePeriod;
import org.tallystick.domain.wallet.Credit;
import org.tallystick.domain.wallet.Drawdown;
import org.tallystick.domain.wallet.Grant;
import org.tallystick.readers.PeriodRater.Outcome;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;

/// Everything that the invoices of a chunk of payers need, in six statements whatever its size.
public final class DueReader {

  private final JdbcClient jdbc;
  private final PeriodRater rater;
  private final UUID run;

  public DueReader(JdbcClient jdbc, TermsReader terms, UUID run) {
    this.jdbc = jdbc;
    this.rater = new PeriodRater(jdbc, terms);
    this.run = run;
  }

  public List<DuePayer> read(UUID[] payers) {
    var bills = bills(payers);
    var customers = bills.keySet().toArray(UUID[]::new);
    var rows =
        jdbc.sql(Query.of("periods-due"))
            .param("run", run)
            .param("customers", customers)
            .query(DueReader::row)
            .list();
    var outcomes = rater.rate(rows.stream().map(Row::input).toList());
    var wallets = wallets(payers, bills.values(), rows);
    var invoiced = invoiced(customers, wallets);
    var due = new LinkedHashMap<UUID, DuePayer>();
    var contracts = new HashMap<UUID, DueContract>();
    for (int n = 0; n < rows.size(); n++) {
      var row = rows.get(n);
      var bill = Objects.requireNonNull(bills.get(row.customer()));
      var payer =
          due.computeIfAbsent(bill.payer(), id -> bill.due(wallets.getOrDefault(id, Map.of())));
      contracts
          .computeIfAbsent(
              row.contract(),
              contract -> {
                var opened = new DueContract(row.customer(), contract, new ArrayList<>());
                payer.contracts().add(opened);
                return opened;
              })
          .periods()
          .add(duePeriod(row, outcomes.get(n), invoiced.getOrDefault(row.key(), Map.of())));
    }
    return List.copyOf(due.values());
  }

  /// On whose bill each customer is whom `payers` pay for.
  private Map<UUID, Bill> bills(UUID[] payers) {
    var bills = new HashMap<UUID, Bill>();
    jdbc.sql(Query.of("customers-to-bill"))
        .param("run", run)
        .param("payers", payers)
        .query(row -> {
          bills.put(
              row.getObject("id", UUID.class),
              new Bill(
                  row.getObject("payer_id", UUID.class),
                  row.getString("currency"),
                  row.getString("invoicing").equals("consolidated"),
                  Optional.ofNullable(row.getString("held_back"))));
        });
    return bills;
  }

  /// Prices the period again, and insists that it is what rating found.
  private static DuePeriod duePeriod(
      Row row, Outcome outcome, Map<LineCategory, Invoiced> invoiced) {
    if (!(outcome instanceof Outcome.Rated(var card, var portion, var rated))
        || rated.netStored().compareTo(row.net()) != 0) {
      throw new IllegalStateException(
          "item "
              + row.input().item()
              + " from "
              + row.period().starts()
              + " was rated at "
              + row.net()
              + ", now "
              + outcome);
    }
    boolean isMoney = card.records().flatMap(RecordRule::price).isPresent();
    return new DuePeriod(
        row.input().item(),
        row.input().terms(),
        card,
        isMoney ? row.currency().getCurrencyCode() : row.unit(),
        row.period(),
        portion,
        rated,
        row.spentBefore(),
        invoiced);
  }

  private Map<Key, Map<LineCategory, Invoiced>> invoiced(
      UUID[] customers, Map<UUID, Map<String, CustomerWallet>> wallets) {
    var grants = new HashMap<UUID, Grant>();
    wallets.values().stream()
        .flatMap(byUnit -> byUnit.values().stream())
        .flatMap(wallet -> wallet.credits().stream())
        .map(Credit::grant)
        .forEach(grant -> grants.put(grant.id(), grant));
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

  /// The wallets of payers in the units that something of theirs is billed in.
  private Map<UUID, Map<String, CustomerWallet>> wallets(
      UUID[] payers, Collection<Bill> bills, List<Row> rows) {
    var units = new TreeSet<String>();
    bills.forEach(bill -> units.add(bill.currency()));
    rows.forEach(row -> units.add(row.currency().getCurrencyCode()));
    var wallets = new HashMap<UUID, Map<String, CustomerWallet>>();
    jdbc.sql(Query.of("grants"))
        .param("payers", payers)
        .param("units", units.toArray(String[]::new))
        .query(row -> {
          var id = row.getObject("wallet_id", UUID.class);
          long version = row.getLong("version");
          var floor = row.getBigDecimal("floor");
          wallets
              .computeIfAbsent(row.getObject("customer_id", UUID.class), _ -> new HashMap<>())
              .computeIfAbsent(row.getString("unit"), _ -> CustomerWallet.empty(id, version, floor))
              .credits()
              .add(GrantRow.get(row).withBalance(row.getBigDecimal("balance")));
        });
    jdbc.sql(Query.of("wallet-repayments"))
        .param("customers", payers)
        .query(row -> {
          var wallet =
              wallets
                  .getOrDefault(row.getObject("customer_id", UUID.class), Map.of())
                  .get(row.getString("unit"));
          if (wallet != null) {
            var repaid = row.getBigDecimal("moved").negate();
            wallet.repayments().add(new Drawdown(GrantRow.get(row), repaid));
          }
        });
    return wallets;
  }

  private static LineCategory category(ResultSet row) throws SQLException {
    return LineCategory.valueOf(row.getString("category").toUpperCase(Locale.ROOT));
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    return new Row(
        row.getObject("customer_id", UUID.class),
        row.getObject("contract_id", UUID.class),
        PeriodInput.get(row),
        row.getString("unit"),
        row.getBigDecimal("net"),
        Optional.ofNullable(row.getBigDecimal("spent_before")));
  }

  private record Bill(
      UUID payer, String currency, boolean isConsolidated, Optional<String> heldBack) {

    private DuePayer due(Map<String, CustomerWallet> wallets) {
      return new DuePayer(payer, currency, isConsolidated, heldBack, wallets, new ArrayList<>());
    }
  }

  private record Row(
      UUID customer,
      UUID contract,
      PeriodInput input,
      String unit,
      BigDecimal net,
      Optional<BigDecimal> spentBefore) {

    private ServicePeriod period() {
      return input.cut().service();
    }

    /// What it is priced in, which may be credits.
    private CurrencyUnit currency() {
      return input.cut().unit();
    }

    private Key key() {
      return new Key(input.item(), input.starts());
    }
  }

  private record Key(UUID item, Instant starts) {
    private static Key of(ResultSet row) throws SQLException {
      return new Key(row.getObject("item_id", UUID.class), Instants.get(row, "starts"));
    }
  }
}
