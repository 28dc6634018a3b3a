package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.tallystick.readers.Checks;
import org.tallystick.readers.LedgerVerifier;
import org.tallystick.sql.Query;

/// The demo's bill against an independent computation: plain SQL over the log as it was read by
/// splitting its lines, with PostgreSQL's own time zones and arithmetic.
class OracleTest {

  private static World world = World.empty(Map.of());

  @BeforeAll
  static void bill() throws IOException {
    world.apply(World.CATALOG);
    world.importFile(World.LOG, "swf");
    for (var date : List.of(World.OCTOBER, World.NOVEMBER, World.DECEMBER, World.JANUARY)) {
      assertThat(world.nightly(date).message()).isEmpty();
    }
    loadRawLog();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  private static void loadRawLog() throws IOException {
    var rows = new StringBuilder();
    try (var in = new GZIPInputStream(Files.newInputStream(World.LOG));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith(";")) {
          rows.append(String.join("\t", line.strip().split("\\s+", -1))).append('\n');
        }
      }
    }
    try (var connection = world.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "create table raw_job (job int, submit bigint, wait int, run_time bigint, processors"
              + " bigint, c6 int, c7 int, c8 int, c9 int, c10 int, c11 int, usr int, grp int,"
              + " c14 int, c15 int, c16 int, c17 int, c18 int)");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "copy raw_job from stdin",
              new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyInvoiceHasTheTotalThatPlainSqlComputes() {
    var expected = totals(Query.read("/oracle/demo-invoices.sql"));
    var billed =
        totals(
            """
            select c.key || ' ' || i.issue_date as invoice, i.total, i.credit
              from invoice i join customer c on c.id = i.customer_id
             where i.sequence is not null
             order by 1\
            """);
    assertThat(billed).hasSize(186).isEqualTo(expected);
  }

  private static List<String> totals(String sql) {
    return world
        .jdbc()
        .sql(sql)
        .query((row, _) ->
            row.getString("invoice")
                + " "
                + row.getBigDecimal("total").setScale(2)
                + " "
                + row.getBigDecimal("credit").setScale(2))
        .list();
  }

  /// The figures are those of the log's own description, over all of its users.
  @Test
  void theMonthsHoldTheNodeHoursThatTheLogSays() {
    var months =
        world
            .jdbc()
            .sql(
                """
                select round(sum(run_time * processors) / 3600.0, 2) as node_hours
                  from raw_job
                 group by date_trunc('month', to_timestamp(749458803 + submit + run_time)
                                                at time zone 'America/Los_Angeles')
                 order by min(submit)\
                """)
            .query((row, _) -> row.getBigDecimal("node_hours").toPlainString())
            .list();
    assertThat(months).containsExactly("40235.63", "54297.36", "37199.79");
    assertThat(
            world
                .jdbc()
                .sql(
                    """
                    select round((select sum(quantity) from usage_record) / 3600
                               + (select sum(run_time * processors) from raw_job where grp = 2)
                                 / 3600.0, 2)\
                    """)
                .query(BigDecimal.class)
                .single())
        .isEqualByComparingTo("131732.78");
  }

  @Test
  void prepaidCreditThatWasNotUsedIsBreakage() {
    assertThat(
            world
                .jdbc()
                .sql("select amount from posting where account = 'BREAKAGE' and side = 'credit'")
                .query(BigDecimal.class)
                .single())
        .isEqualByComparingTo("708.46");
  }

  @Test
  void decemberMissesTheMinimumSpend() {
    assertThat(
            world
                .jdbc()
                .sql("select amount from invoice_line where category = 'commitment'")
                .query(BigDecimal.class)
                .list())
        .singleElement()
        .isEqualTo(new BigDecimal("80.44"));
  }

  @Test
  void nothingIsFound() {
    assertThat(new Checks(world.jdbc()).run()).isEmpty();
    assertThat(new LedgerVerifier(world.jdbc()).verify()).isEmpty();
  }
}
