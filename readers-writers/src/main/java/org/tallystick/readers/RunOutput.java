package org.tallystick.readers;

import static org.tallystick.domain.run.CanonicalForm.line;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.digest.Sha256;
import org.tallystick.domain.run.CanonicalForm;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;

/// What a run wrote, in its canonical form.
public final class RunOutput {

  private static final int CUSTOMERS_PER_PAGE = 500;

  private final JdbcClient jdbc;

  public RunOutput(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The output hash of `run`, computed from what is stored.
  public String hash(UUID run) {
    var customers =
        jdbc.sql(Query.of("output-customers"))
            .param("run", run)
            .query((row, _) -> new Customer(row.getObject("id", UUID.class), row.getString("key")))
            .list();
    var form = new CanonicalForm();
    for (int from = 0; from < customers.size(); from += CUSTOMERS_PER_PAGE) {
      var page = customers.subList(from, Math.min(customers.size(), from + CUSTOMERS_PER_PAGE));
      var lines = lines(run, page);
      page.forEach(
          customer -> form.add(customer.key(), lines.getOrDefault(customer.id(), List.of())));
    }
    return form.hash();
  }

  /// The root over the heads of all customers' ledgers.
  public String ledgerRoot() {
    var root = Sha256.digest();
    jdbc.sql(Query.of("ledger-heads"))
        .query(row -> {
          root.update(Sha256.of(line(row.getString("key"), row.getString("hash"))));
        });
    return Sha256.hex(root.digest());
  }

  private Map<UUID, List<String>> lines(UUID run, List<Customer> page) {
    var lines = new HashMap<UUID, List<String>>();
    collect("output-lines", RunOutput::invoiceLine, run, page, lines);
    collect("output-parts", RunOutput::part, run, page, lines);
    collect("output-postings", RunOutput::posting, run, page, lines);
    return lines;
  }

  private void collect(
      String query,
      Canonical canonical,
      UUID run,
      List<Customer> page,
      Map<UUID, List<String>> lines) {
    jdbc.sql(Query.of(query))
        .param("run", run)
        .param("customers", page.stream().map(Customer::id).toArray(UUID[]::new))
        .query(row -> {
          lines
              .computeIfAbsent(row.getObject("customer_id", UUID.class), _ -> new ArrayList<>())
              .add(canonical.of(row));
        });
  }

  /// A line of a consolidated invoice says whose it is; that of another its contract.
  private static String invoiceLine(ResultSet row) throws SQLException {
    var line = lineOfContract(row);
    return row.getBoolean("is_consolidated")
        ? line("consolidated", row.getString("customer_key")) + "|" + line
        : line;
  }

  private static String lineOfContract(ResultSet row) throws SQLException {
    return line(
        "line",
        row.getString("contract_key"),
        row.getObject("issue_date", LocalDate.class),
        row.getString("currency"),
        row.getString("item_key"),
        row.getString("category"),
        Instants.get(row, "starts"),
        Instants.get(row, "ends"),
        row.getInt("sequence"),
        row.getBigDecimal("quantity"),
        row.getString("unit"),
        row.getBigDecimal("exact"),
        row.getBigDecimal("whole"),
        row.getBigDecimal("invoiced_before"),
        row.getBigDecimal("amount"));
  }

  private static String part(ResultSet row) throws SQLException {
    return line(
        "part",
        row.getString("contract_key"),
        row.getString("item_key"),
        row.getString("category"),
        Instants.get(row, "starts"),
        row.getInt("sequence"),
        row.getString("part_key"),
        row.getBigDecimal("quantity"),
        row.getBigDecimal("unit_price"),
        row.getBigDecimal("amount"));
  }

  private static String posting(ResultSet row) throws SQLException {
    return line(
        "posting",
        row.getString("reference"),
        row.getObject("entry_date", LocalDate.class),
        row.getString("account"),
        row.getString("side"),
        row.getBigDecimal("amount"),
        row.getString("unit"));
  }

  private record Customer(UUID id, String key) {}

  private interface Canonical {
    String of(ResultSet row) throws SQLException;
  }
}
