package org.tallystick.writers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.ledger.Bookkeeping;
import org.tallystick.domain.ledger.Bookkeeping.Draw;
import org.tallystick.domain.wallet.Grant.Kind;
import org.tallystick.sql.Query;
import org.tallystick.writers.JournalWriter.Booking;

/// Books the numbered invoices of a chunk of customers.
public final class PostingWriter implements ItemWriter<UUID> {

  private final JdbcClient jdbc;
  private final JournalWriter journal;
  private final UUID run;

  public PostingWriter(DataSource dataSource, UUID run) {
    this.jdbc = JdbcClient.create(dataSource);
    this.journal = new JournalWriter(dataSource);
    this.run = run;
  }

  @Override
  public void write(Chunk<? extends UUID> chunk) {
    var customers = chunk.getItems().toArray(UUID[]::new);
    journal.append(
        jdbc.sql(Query.of("invoices-to-post"))
            .param("run", run)
            .param("customers", customers)
            .query(this::booking)
            .list());
    jdbc.sql(
            """
            update run_customer set outcome = 'posted'
             where run_id = :run and customer_id = any (:customers)\
            """)
        .param("run", run)
        .param("customers", customers)
        .update();
  }

  private Booking booking(ResultSet row, int number) throws SQLException {
    var date = row.getObject("issue_date", LocalDate.class);
    var reference =
        String.join(
            "/",
            "invoice",
            row.getString("contract_key"),
            date.toString(),
            row.getString("ordinal"));
    var entry =
        Bookkeeping.invoice(
            reference,
            date,
            row.getString("currency"),
            row.getBigDecimal("billed"),
            row.getBigDecimal("credited"),
            List.of(
                new Draw(Kind.PAID, row.getBigDecimal("paid")),
                new Draw(Kind.PROMOTIONAL, row.getBigDecimal("promotional"))));
    return new Booking(
        row.getObject("customer_id", UUID.class), entry, row.getObject("id", UUID.class), run);
  }
}
