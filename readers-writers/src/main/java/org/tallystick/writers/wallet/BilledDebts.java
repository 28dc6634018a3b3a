package org.tallystick.writers.wallet;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.wallet.Grant;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;
import org.tallystick.writers.Ids;
import org.tallystick.writers.JournalWriter;
import org.tallystick.writers.JournalWriter.Booking;
import org.tallystick.writers.wallet.GrantWriter.Recipient;
import org.tallystick.writers.wallet.GrantWriter.Terms;

/// Gives customers the credits that invoices bill because they owed them, and repays with them.
/// What was repaid otherwise by then stays theirs.
public final class BilledDebts implements ItemWriter<UUID> {

  private static final String SOURCE = "invoice";

  private final JdbcClient jdbc;
  private final GrantWriter grants;
  private final JournalWriter journal;
  private final WalletRequests requests;
  private final UUID run;

  public BilledDebts(DataSource dataSource, UUID run) {
    this.jdbc = JdbcClient.create(dataSource);
    this.grants = new GrantWriter(dataSource);
    this.journal = new JournalWriter(dataSource);
    this.requests = new WalletRequests(dataSource);
    this.run = run;
  }

  @Override
  public void write(Chunk<? extends UUID> payers) {
    var debts =
        jdbc.sql(Query.of("debts-to-post"))
            .param("run", run)
            .param("payers", payers.getItems().toArray(UUID[]::new))
            .query((row, _) -> Debt.get(row))
            .list();
    if (debts.isEmpty()) {
      return;
    }
    var customers = debts.stream().map(debt -> debt.to.customer()).distinct().toList();
    jdbc.sql(Query.of("lock-wallets"))
        .param("customers", customers.toArray(UUID[]::new))
        .query((_, _) -> true)
        .list();
    var bookings = new ArrayList<Booking>();
    debts.forEach(debt -> grants.add(debt.to, debt.key, debt.terms(), SOURCE, bookings));
    journal.append(bookings);
    requests.repay(debts.getFirst().asOf, customers);
  }

  /// Credits that a line bills; `asOf` is the same for all of a run.
  private record Debt(Recipient to, String key, BigDecimal credits, Instant ends, Instant asOf) {

    private static Debt get(ResultSet row) throws SQLException {
      var to =
          new Recipient(
              Ids.get(row, "customer_id"),
              row.getString("customer_key"),
              ZoneId.of(row.getString("zone")),
              Ids.get(row, "wallet_id"),
              row.getString("unit"));
      return new Debt(
          to,
          row.getString("key"),
          row.getBigDecimal("quantity"),
          Instants.get(row, "ends"),
          Instants.get(row, "as_of"));
    }

    private Terms terms() {
      return new Terms(
          Grant.Kind.PAID, credits, 0, ends, Optional.empty(), List.of(), Optional.empty());
    }
  }
}
