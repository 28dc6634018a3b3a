package org.tallystick.readers;

import static org.tallystick.sql.Instants.utc;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;

/// Wallets as somebody looks at them.
public final class WalletReader {

  private final JdbcClient jdbc;

  public WalletReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// What is available at `at`, held and owed; of the customer with this key and in this unit, of
  /// all where they are empty.
  public List<Map<String, @Nullable Object>> wallets(String customer, String unit, Instant at) {
    return jdbc.sql(Query.of("wallets"))
        .param("customer", customer)
        .param("unit", unit)
        .param("at", utc(at))
        .query()
        .listOfRows();
  }

  /// The grants of a wallet in burn order.
  public List<Map<String, @Nullable Object>> grants(String customer, String unit) {
    return of("wallet-grants", customer, unit);
  }

  /// The grants that are given to a wallet again and again.
  public List<Map<String, @Nullable Object>> recurring(String customer, String unit) {
    return of("wallet-recurring", customer, unit);
  }

  /// The open holds on a wallet.
  public List<Map<String, @Nullable Object>> holds(String customer, String unit) {
    return of("wallet-holds", customer, unit);
  }

  /// What came in and went out between ascending `bounds`, and the balance at the end of each
  /// window.
  public List<Map<String, @Nullable Object>> windows(
      String customer, String unit, List<Instant> bounds) {
    return jdbc.sql(Query.of("wallet-windows"))
        .param("customer", customer)
        .param("unit", unit)
        .param("bounds", Instants.texts(bounds))
        .query()
        .listOfRows();
  }

  /// What the grants of a wallet held at an instant.
  public List<Map<String, @Nullable Object>> grantsAt(String customer, String unit, Instant at) {
    return jdbc.sql(Query.of("wallet-grants-at"))
        .param("customer", customer)
        .param("unit", unit)
        .param("at", utc(at))
        .query()
        .listOfRows();
  }

  private List<Map<String, @Nullable Object>> of(String query, String customer, String unit) {
    return jdbc.sql(Query.of(query))
        .param("customer", customer)
        .param("unit", unit)
        .query()
        .listOfRows();
  }

  /// Up to `limit` movements, the latest first, with the wallet's balance after each.
  public List<Map<String, @Nullable Object>> history(String customer, String unit, int limit) {
    return jdbc.sql(Query.of("wallet-history"))
        .param("customer", customer)
        .param("unit", unit)
        .param("limit", limit)
        .query()
        .listOfRows();
  }
}
