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

/// Books the numbered invoices of a chunk of payers.
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
    var payers = chunk.getItems().toArray(UUID[]::new);
    journal.append(
        jdbc.sql(Query.of("invoices-to-post"))
            .param("run", run)
            .param("payers", payers)
            .query(this::booking)
            .list());
    jdbc.sql(
            """
            update run_customer o set outcome = 'posted'
              from customer c
             where o.run_id = :run and o.outcome = 'drafted'
               and c.id = o.customer_id and c.payer_id = any (:payers)\
            """)
        .param("run", run)
        .param("payers", payers)
        .update();
  }

  private Booking booking(ResultSet row, int number) throws SQLException {
    var date = row.getObject("issue_date", LocalDate.class);
    var reference =
        String.join("/", row.getString("document"), date.toString(), row.getString("ordinal"));
    var entry =
        Bookkeeping.invoice(
            reference,
            date,
            row.getString("currency"),
            row.getBigDecimal("billed"),
            row.getBigDecimal("credited"),
            List.of(
                new Draw(Kind.PAID, row.getBigDecimal("paid")),
                new Draw(Kind.PROMOTIONAL, row.getBigDecimal("promotional")),
                new Draw(Kind.OVERDRAFT, row.getBigDecimal("owed"))),
            row.getBigDecimal("converted"));
    return new Booking(
        row.getObject("customer_id", UUID.class), entry, row.getObject("id", UUID.class), run);
  }
}
