package org.tallystick.writers;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.rating.RatedCharge;
import org.tallystick.readers.PeriodInput;
import org.tallystick.readers.PeriodRater;
import org.tallystick.readers.PeriodRater.Outcome;
import org.tallystick.readers.TermsReader;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;

/// Rates every service period of a chunk of customers whose price is not up to date, open ones too:
/// that is what the month costs so far.
public final class RatingWriter implements ItemWriter<UUID> {

  private final JdbcClient jdbc;
  private final PeriodRater rater;
  private final UUID run;

  public RatingWriter(DataSource dataSource, TermsReader terms, UUID run) {
    this.jdbc = JdbcClient.create(dataSource);
    this.rater = new PeriodRater(jdbc, terms);
    this.run = run;
  }

  /// What continues a part whose price is not up to date isn't either. Commitments over several
  /// items come after the items.
  @Override
  public void write(Chunk<? extends UUID> chunk) {
    var customers = chunk.getItems().toArray(UUID[]::new);
    jdbc.sql(Query.of("continue-parts")).param("customers", customers).update();
    jdbc.sql(Query.of("debts-of-periods")).param("run", run).param("customers", customers).update();
    rate(customers);
    int changed =
        jdbc.sql(Query.of("spend-of-commitments"))
            .param("run", run)
            .param("customers", customers)
            .update();
    if (changed > 0) {
      rate(customers);
    }
  }

  private void rate(UUID[] customers) {
    var periods =
        jdbc.sql(Query.of("periods-to-rate"))
            .param("run", run)
            .param("customers", customers)
            .query((row, _) ->
                new Period(row.getObject("customer_id", UUID.class), PeriodInput.get(row)))
            .list();
    var outcomes = rater.rate(periods.stream().map(Period::input).toList());
    var rated = new ArrayList<Rated>();
    for (int n = 0; n < periods.size(); n++) {
      switch (outcomes.get(n)) {
        case Outcome.Rated(_, _, var charge) -> rated.add(new Rated(periods.get(n), charge));
        case Outcome.Unbillable(var reason) -> quarantine(periods.get(n).customer(), reason);
      }
    }
    write(rated);
  }

  private void write(List<Rated> rated) {
    var periods = rated.stream().map(Rated::period).toList();
    jdbc.sql(Query.of("write-rated-charges"))
        .param("customers", periods.stream().map(Period::customer).toArray(UUID[]::new))
        .param("items", periods.stream().map(p -> p.input().item()).toArray(UUID[]::new))
        .param("starts", Instants.texts(periods.stream().map(p -> p.input().starts()).toList()))
        .param(
            "quantities",
            rated.stream()
                .map(r -> r.charge().quantity().stored().toPlainString())
                .toArray(String[]::new))
        .param(
            "nets",
            rated.stream().map(r -> r.charge().netStored().toPlainString()).toArray(String[]::new))
        .param("terms", periods.stream().map(p -> p.input().terms()).toArray(UUID[]::new))
        .param("run", run)
        .update();
  }

  private void quarantine(UUID customer, String reason) {
    jdbc.sql(
            """
            insert into run_customer (run_id, customer_id, outcome, reason)
            values (:run, :customer, 'quarantined', :reason)
                on conflict (run_id, customer_id) do nothing\
            """)
        .param("run", run)
        .param("customer", customer)
        .param("reason", reason)
        .update();
  }

  private record Period(UUID customer, PeriodInput input) {}

  private record Rated(Period period, RatedCharge charge) {}
}
