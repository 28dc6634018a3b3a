package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tallystick.domain.wallet.WalletOutcome;
import org.tallystick.domain.wallet.WalletRequest;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.Checks;
import org.tallystick.readers.RunVerifier;
import org.tallystick.writers.Withdrawals;
import org.tallystick.writers.wallet.WalletRequests;

/// A customer whose usage is put right: units at 1.20 up to 100 and 0.95 beyond, and half a dollar
/// for each unit of the greatest record.
final class CorrectedWorld implements AutoCloseable {

  private static final String CATALOG =
      """
      formats:
        - key: csv
          layout: csv
          columns: [id, subject, at, quantity]
          source: test
          id: id
          type: use
          subject: subject
          time: {from: at, to: at}
          quantity: quantity
          negative: accepted
      meters:
        - {key: units, records: use, unit: unit, factor: 1}
        - {key: peak, records: use, aggregation: max, unit: unit, factor: 1}
      customers:
        - {key: c, name: C, currency: USD, zone: UTC, subjects: [s]}
        - {key: d, name: D, currency: USD, zone: UTC}
      contracts:
        - key: k
          customer: c
          from: 1993-10-01
          rateCards:
            - {key: units, name: Units, meter: units, cadence: P1M,
               price: {graduated: [{upTo: 100, unitPrice: 1.20}, {unitPrice: 0.95}]}}
            - {key: peak, name: Peak, meter: peak, cadence: P1M, price: {unit: 0.50}}
      """;

  static final String[] OCTOBER_RECORDS = {
    "a,s,1993-10-05T10:00:00Z,90", "b,s,1993-10-06T10:00:00Z,20.255"
  };

  private final World world = World.empty(Map.of());
  private final Path directory;

  CorrectedWorld(Path directory) {
    this.directory = directory;
    apply("[s]");
  }

  /// The catalog, with these subjects of the customer.
  void apply(String subjects) {
    applyCatalog(CATALOG.replace("[s]", subjects));
  }

  /// Whatever is declared in `catalog`, beside what is applied.
  void applyCatalog(String catalog) {
    world.apply(write("catalog.yaml", catalog));
  }

  World world() {
    return world;
  }

  Withdrawals withdrawals() {
    return new Withdrawals(world.jdbc());
  }

  /// Imports a file of this name, `id,subject,at,quantity` in each line.
  void importLines(String name, String... lines) {
    world.importFile(
        write(name, "id,subject,at,quantity\n" + String.join("\n", lines) + "\n"), "csv");
  }

  private Path write(String name, String text) {
    try {
      var file = directory.resolve(name);
      Files.createDirectories(file.resolveSibling(""));
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Settles a request on the customer's wallets.
  WalletOutcome settle(String customer, WalletRequest request) {
    var id =
        world
            .jdbc()
            .sql("select id from customer where key = :key")
            .param("key", customer)
            .query(UUID.class)
            .single();
    var requests = new WalletRequests(world.get(DataSource.class));
    var transaction = new TransactionTemplate(world.get(PlatformTransactionManager.class));
    return transaction.execute(_ -> requests.settle(id, request));
  }

  /// What is left of each grant in wallets of `unit`, and of the overdraft.
  List<String> left(String unit) {
    return world
        .jdbc()
        .sql(
            """
            select g.key || ' ' || trim_scale(coalesce(b.balance, 0))
              from wallet w
              join wallet_grant g on g.wallet_id = w.id
              left join credit_balance b on b.grant_id = g.id
             where w.unit = :unit order by 1\
            """)
        .param("unit", unit)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /// Changes what nothing else can, behind the triggers' back.
  void spoil(String change) throws SQLException {
    try (var connection = world.connect();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      assertThat(statement.executeUpdate(change)).isPositive();
    }
  }

  /// Nothing is found, and the runs are what they were.
  void assertSound(BusinessRun... runs) {
    assertThat(new Checks(world.jdbc()).run()).isEmpty();
    for (var run : runs) {
      assertThat(new RunVerifier(world.jdbc()).verify(run)).isEmpty();
    }
  }

  /// What a run says became of the accepted records.
  String totals(BusinessRun run) {
    var totals = new HashMap<String, BigDecimal>();
    world
        .jdbc()
        .sql("select name, value from control_total where run_id = :run")
        .param("run", run.id())
        .query(row -> {
          totals.put(row.getString("name"), row.getBigDecimal("value"));
        });
    return "%s = %s rated + %s not due + %s unattributed + %s withdrawn"
        .formatted(
            totals.get("accepted"),
            totals.get("rated"),
            totals.get("not_yet_due"),
            totals.get("unattributed"),
            totals.get("withdrawn"));
  }

  @Override
  public void close() {
    world.close();
  }
}
