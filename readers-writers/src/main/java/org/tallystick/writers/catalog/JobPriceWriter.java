package org.tallystick.writers.catalog;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.money.Monetary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.wallet.JobPrice;
import org.tallystick.domain.wallet.JobPrice.Metric;
import org.tallystick.readers.YamlNode;
import org.tallystick.sql.Query;
import org.tallystick.writers.wallet.GrantWriter.Recipient;

/// Writes what jobs cost that are paid from a wallet. What was set before stays in the tables:
/// holds were made at it.
final class JobPriceWriter {

  private static final BigDecimal PRICE_MAX = BigDecimal.TEN.pow(12);
  private static final int DECIMALS_MAX = 12;

  private final JdbcClient jdbc;

  JobPriceWriter(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The declared `jobs` of a wallet; none is that no job is paid from it any more.
  void write(YamlNode wallet, Recipient of) {
    if (wallet.has("jobs") && Monetary.isCurrencyAvailable(of.unit())) {
      throw wallet.refuse("jobs", "expected in a wallet whose unit is no currency");
    }
    var declared = new ArrayList<Declared>();
    var devices = new HashSet<String>();
    for (var jobs : wallet.mappings("jobs")) {
      jobs.only("devices", "metric", "price", "secondsPerRun", "then");
      for (var device : jobs.texts("devices")) {
        if (!devices.add(device)) {
          throw jobs.refuse("devices", "'" + device + "' is there twice");
        }
      }
      declared.add(declared(jobs, of));
    }
    int revision = revision(of.wallet());
    if (revision > 0 || !declared.isEmpty()) {
      declared.forEach(jobs -> insert(of.wallet(), revision + 1, jobs));
      if (declared.isEmpty()) {
        insert(of.wallet(), revision + 1, Declared.NOTHING);
      }
    }
  }

  private static Declared declared(YamlNode jobs, Recipient of) {
    if (jobs.texts("devices").isEmpty()) {
      throw jobs.refuse("devices", "expected one or more");
    }
    var units = new ArrayList<>(List.of(of.unit()));
    units.addAll(jobs.texts("then"));
    if (new HashSet<>(units).size() < units.size()) {
      throw jobs.refuse("then", "expected other wallets than " + units.getFirst() + ", each once");
    }
    return new Declared(
        jobs.texts("devices"),
        new JobPrice(
            jobs.value("metric", "shot or hour", JobPriceWriter::metric),
            amount(jobs, "price"),
            jobs.has("secondsPerRun") ? amount(jobs, "secondsPerRun") : BigDecimal.ZERO,
            units));
  }

  private static BigDecimal amount(YamlNode jobs, String field) {
    var amount = jobs.decimal(field);
    if (amount.signum() < 0 || amount.compareTo(PRICE_MAX) > 0 || amount.scale() > DECIMALS_MAX) {
      throw jobs.refuse(
          field,
          "expected from 0 to %s, with up to %d decimals, found %s"
              .formatted(PRICE_MAX.toPlainString(), DECIMALS_MAX, amount));
    }
    return amount;
  }

  private static Metric metric(String text) {
    return switch (text) {
      case "shot" -> Metric.SHOT;
      case "hour" -> Metric.HOUR;
      default -> throw new IllegalArgumentException("no metric: " + text);
    };
  }

  /// A job is paid from one wallet first, or nobody could say from which. To be asked when all
  /// wallets are written.
  void requirePaid(YamlNode wallet) {
    for (var jobs : wallet.mappings("jobs")) {
      jdbc.sql(Query.of("job-prices-elsewhere"))
          .param("customer", wallet.text("customer"))
          .param("unit", wallet.text("unit"))
          .param("devices", jobs.texts("devices").toArray(String[]::new))
          .query((row, _) ->
              "device '%s' is paid from wallet %s already"
                  .formatted(row.getString("device"), row.getString("unit")))
          .list()
          .forEach(message -> {
            throw wallet.refuse("jobs", message);
          });
    }
  }

  private int revision(UUID wallet) {
    return jdbc.sql("select coalesce(max(revision), 0) from job_price where wallet_id = :wallet")
        .param("wallet", wallet)
        .query(Integer.class)
        .single();
  }

  private void insert(UUID wallet, int revision, Declared jobs) {
    jdbc.sql(
            """
            insert into job_price (wallet_id, revision, devices, metric, price, seconds_per_run,
                   units)
            values (:wallet, :revision, :devices, :metric, :price, :seconds, :units)\
            """)
        .param("wallet", wallet)
        .param("revision", revision)
        .param("devices", jobs.devices.toArray(String[]::new))
        .param("metric", jobs.price.metric().name().toLowerCase(Locale.ROOT))
        .param("price", jobs.price.price())
        .param("seconds", jobs.price.secondsPerRun())
        .param("units", jobs.price.units().toArray(String[]::new))
        .update();
  }

  private record Declared(List<String> devices, JobPrice price) {

    /// Ends what was in force.
    private static final Declared NOTHING =
        new Declared(
            List.of(), new JobPrice(Metric.SHOT, BigDecimal.ZERO, BigDecimal.ZERO, List.of()));
  }
}
