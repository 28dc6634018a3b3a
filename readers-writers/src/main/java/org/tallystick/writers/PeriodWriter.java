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
import org.tallystick.domain.time.Occurrence;
import org.tallystick.domain.time.Schedule;
import org.tallystick.readers.Schedules;
import org.tallystick.sql.Copy;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;

/// Opens the service periods that have begun by as-of, for a chunk of customers.
public final class PeriodWriter implements ItemWriter<UUID> {

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final UUID run;

  public PeriodWriter(DataSource dataSource, UUID run) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
    this.run = run;
  }

  @Override
  public void write(Chunk<? extends UUID> customers) {
    var items =
        jdbc.sql(Query.of("items-to-open"))
            .param("run", run)
            .param("customers", customers.getItems().toArray(UUID[]::new))
            .query(PeriodWriter::item)
            .list();
    var periods =
        new Copy(
            "service_period (customer_id, item_id, starts, ends, full_starts, full_ends, due_at,"
                + " quantity, records)");
    var opened = new ArrayList<Item>();
    var through = new ArrayList<Instant>();
    for (var item : items) {
      var begun = item.schedule().occurrences(item.openedThrough(), item.asOf());
      begun.forEach(occurrence -> addParts(periods, item, occurrence));
      if (!begun.isEmpty()) {
        opened.add(item);
        through.add(begun.getLast().service().ends());
      }
    }
    periods.into(dataSource);
    advance(opened, through);
  }

  /// Other terms cut it; its parts are due when the whole would be.
  private static void addParts(Copy periods, Item item, Occurrence whole) {
    for (var part : whole.cutAt(item.cuts())) {
      periods.row(
          item.customer(),
          item.id(),
          part.service().starts(),
          part.service().ends(),
          part.full().starts(),
          part.full().ends(),
          item.dueAt(whole),
          item.isFee() ? 1 : 0,
          0);
    }
  }

  private void advance(List<Item> opened, List<Instant> through) {
    jdbc.sql(
            """
            update contract_item i set opened_through = n.through
              from unnest(:items::uuid[], :through::text[]::timestamptz[]) as n (item_id, through)
             where n.item_id = i.id\
            """)
        .param("items", opened.stream().map(Item::id).toArray(UUID[]::new))
        .param("through", Instants.texts(through))
        .update();
  }

  private static Item item(ResultSet row, int number) throws SQLException {
    return new Item(
        row.getObject("item_id", UUID.class),
        row.getObject("customer_id", UUID.class),
        row.getBoolean("is_fee"),
        row.getBoolean("is_maximum"),
        Schedules.get(row),
        Instants.get(row, "opened_through"),
        Instants.list(row, "cuts"),
        Instants.get(row, "as_of"));
  }

  private record Item(
      UUID id,
      UUID customer,
      boolean isFee,
      boolean isMaximum,
      Schedule schedule,
      Instant openedThrough,
      List<Instant> cuts,
      Instant asOf) {

    private Instant dueAt(Occurrence whole) {
      return isMaximum ? whole.service().starts() : whole.invoiceAt(schedule.isInAdvance());
    }
  }
}
