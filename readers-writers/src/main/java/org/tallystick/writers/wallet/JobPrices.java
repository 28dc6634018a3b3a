package org.tallystick.writers.wallet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.wallet.JobPrice;
import org.tallystick.readers.WalletLine.Job;
import org.tallystick.sql.Column;
import org.tallystick.sql.Query;
import org.tallystick.writers.Ids;

/// What jobs of some customers cost: now, and those that are known already at the price of then.
final class JobPrices {

  private final Map<UUID, Map<String, JobPrice>> byDevice = new HashMap<>();
  private final Map<Map.Entry<UUID, String>, HeldJob> held = new HashMap<>();

  /// For `jobs` of the customers `owners`, by key.
  static JobPrices of(JdbcClient jdbc, Map<String, UUID> owners, List<Job> jobs) {
    var prices = new JobPrices();
    jdbc.sql(Query.of("job-prices"))
        .param("customers", owners.values().toArray(UUID[]::new))
        .query(row -> {
          prices
              .byDevice
              .computeIfAbsent(Ids.get(row, "customer_id"), _ -> new HashMap<>())
              .put(row.getString("device"), price(row));
        });
    var known = jobs.stream().filter(job -> owners.containsKey(job.customer())).toList();
    jdbc.sql(Query.of("held-jobs"))
        .param("owners", Column.ids(known, job -> owners.get(job.customer())))
        .param("keys", Column.texts(known, Job::key))
        .query(row -> {
          prices.held.put(
              Map.entry(Ids.get(row, "customer_id"), row.getString("key")),
              new HeldJob(price(row), row.getString("device")));
        });
    return prices;
  }

  /// What jobs on a device cost the customer now.
  Optional<JobPrice> of(UUID customer, String device) {
    return Optional.ofNullable(byDevice.getOrDefault(customer, Map.of()).get(device));
  }

  /// The job that is known under this key: credit was held for it, or it was billed.
  Optional<HeldJob> held(UUID customer, String job) {
    return Optional.ofNullable(held.get(Map.entry(customer, job)));
  }

  /// Credit is asked for a job, so that lines after it find its price.
  void hold(UUID customer, Job job, JobPrice price) {
    held.putIfAbsent(Map.entry(customer, job.key()), new HeldJob(price, job.device()));
  }

  SortedSet<String> devices(UUID customer) {
    return new TreeSet<>(byDevice.getOrDefault(customer, Map.of()).keySet());
  }

  /// What an entry keeps of a job and its price.
  static Map<String, String> details(JobPrice price, Job job) {
    var details = new HashMap<String, String>();
    details.put("metric", LockedWallets.name(price.metric()));
    details.put("price", price.price().toPlainString());
    details.put("secondsPerRun", price.secondsPerRun().toPlainString());
    details.put("device", job.device());
    if (!job.batch().isEmpty()) {
      details.put("batch", job.batch());
    }
    return details;
  }

  private static JobPrice price(ResultSet row) throws SQLException {
    return new JobPrice(
        JobPrice.Metric.valueOf(row.getString("metric").toUpperCase(Locale.ROOT)),
        row.getBigDecimal("price"),
        row.getBigDecimal("seconds_per_run"),
        List.of((String[]) row.getArray("units").getArray()));
  }

  /// A job on a device, with what it costs.
  record HeldJob(JobPrice price, String device) {}
}
