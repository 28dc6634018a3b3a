package org.tallystick.writers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.rating.RatedCharge;
import org.tallystick.domain.rating.Rating;
import org.tallystick.readers.Portions;
import org.tallystick.readers.Quantities;
import org.tallystick.readers.TermsReader;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;

/// Rates every service period of a chunk of customers whose price is not up to date, open ones too:
/// that is what the month costs so far.
public final class RatingWriter implements ItemWriter<UUID> {

  private final JdbcClient jdbc;
  private final TermsReader terms;
  private final UUID run;

  public RatingWriter(DataSource dataSource, TermsReader terms, UUID run) {
    this.jdbc = JdbcClient.create(dataSource);
    this.terms = terms;
    this.run = run;
  }

  @Override
  public void write(Chunk<? extends UUID> customers) {
    var periods =
        jdbc.sql(Query.of("periods-to-rate"))
            .param("customers", customers.getItems().toArray(UUID[]::new))
            .query(RatingWriter::period)
            .list();
    terms.prepare(periods.stream().map(Period::terms).toList());
    var rated = new ArrayList<Rated>();
    for (var period : periods) {
      if (period.quantity().signum() < 0) {
        quarantine(period);
      } else {
        rated.add(new Rated(period, period.rate(terms.get(period.terms()))));
      }
    }
    write(rated);
  }

  private void write(List<Rated> rated) {
    var periods = rated.stream().map(Rated::period).toList();
    jdbc.sql(Query.of("write-rated-charges"))
        .param("customers", periods.stream().map(Period::customer).toArray(UUID[]::new))
        .param("items", periods.stream().map(Period::item).toArray(UUID[]::new))
        .param("starts", Instants.texts(periods.stream().map(Period::starts).toList()))
        .param(
            "quantities",
            rated.stream()
                .map(r -> r.charge().quantity().stored().toPlainString())
                .toArray(String[]::new))
        .param(
            "nets",
            rated.stream().map(r -> r.charge().netStored().toPlainString()).toArray(String[]::new))
        .param("terms", periods.stream().map(Period::terms).toArray(UUID[]::new))
        .param("run", run)
        .update();
  }

  /// A whole below zero means that more was taken back than was ever used; the customer's bill
  /// waits until somebody has looked.
  private void quarantine(Period period) {
    jdbc.sql(
            """
            insert into run_customer (run_id, customer_id, outcome, reason)
            values (:run, :customer, 'quarantined', :reason)
                on conflict (run_id, customer_id) do nothing\
            """)
        .param("run", run)
        .param("customer", period.customer())
        .param(
            "reason", "quantity from " + period.starts() + " is below zero: " + period.quantity())
        .update();
  }

  private static Period period(ResultSet row, int number) throws SQLException {
    return new Period(
        row.getObject("customer_id", UUID.class),
        row.getObject("item_id", UUID.class),
        Portions.get(row),
        Quantities.get(row),
        row.getObject("terms_id", UUID.class));
  }

  private record Period(
      UUID customer, UUID item, Portions portions, Fraction quantity, UUID terms) {

    private Instant starts() {
      return portions.service().starts();
    }

    private RatedCharge rate(RateCard card) {
      return Rating.rate(card, portions.of(card), quantity);
    }
  }

  private record Rated(Period period, RatedCharge charge) {}
}
