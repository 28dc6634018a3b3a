package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.domain.run.RunKind;
import org.tallystick.domain.run.RunState;
import org.tallystick.readers.Checks;
import org.tallystick.readers.LedgerVerifier;
import org.tallystick.sql.Query;

/// Every check finds what it is there to find. The tables are spoilt behind the triggers' back, as
/// nothing else can, and put right again.
class ChecksTest {

  private static World world = World.empty(Map.of());

  @BeforeAll
  static void bill() {
    world.close();
    world = World.withDemo(Map.of());
    for (var date : List.of(World.OCTOBER, World.NOVEMBER, World.DECEMBER)) {
      world.nightly(date);
    }
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          entries-balance                    | update posting set amount = amount + 1 where ctid = (select min(ctid) from posting)
          entries-balance                    | delete from posting where entry_id = (select id from journal_entry order by id limit 1)
          numbered-invoices-are-in-the-books | delete from journal_entry where invoice_id = (select id from invoice order by id limit 1)
          invoice-numbers-have-no-gap        | delete from invoice where sequence = 7
          invoice-numbers-have-no-gap        | update invoice_series set last = last + 1 where key = 'INV'
          totals-are-sums                    | update invoice set total = total + 0.01 where sequence = 60
          totals-are-sums                    | update invoice_line_part set amount = amount + 0.01 where ctid = (select min(ctid) from invoice_line_part)
          lines-continue-each-other          | update invoice_line set sequence = 2 where ctid = (select min(ctid) from invoice_line)
          usage-is-metered-once              | update service_period set records = records + 1 where records > 5
          usage-is-metered-once              | delete from usage_record where subject = '4' and ends < '1993-10-20'
          files-are-accounted-for            | delete from line_disposition where line_no = (select max(line_no) from line_disposition)
          files-are-accounted-for            | update intake_file set lines = lines + 1
          billed-time-has-no-gap             | delete from billed_span where lower(span) < '1993-10-15'
          billed-time-has-no-gap             | delete from billed_span where lower(span) > '1993-11-15'
          settled-periods-are-invoiced       | update rated_charge set net = net + 0.01 where net > 100
          credit-is-in-the-books             | update wallet_movement set amount = amount - 1 where kind = 'drawdown' and amount < -100
          credit-is-in-the-books             | delete from wallet_movement where kind = 'expiry'
          receivables-are-invoices           | update invoice set credit = credit + 1 where sequence = 3
          ledger-chains-are-whole            | update ledger_head set entries = entries + 1
          ledger-chains-are-whole            | delete from journal_entry where chain_no = 1
          """)
  void findsWhatIsSpoilt(String check, String spoil) throws SQLException {
    var checks = new Checks(world.jdbc());
    assertThat(checks.run(check)).as("before").isEmpty();
    try (var connection = world.connect();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local session_replication_role = replica");
      assertThat(statement.executeUpdate(spoil)).as("rows spoilt").isPositive();
      try (var findings = statement.executeQuery(Query.read("/sql/checks/" + check + ".sql"))) {
        assertThat(findings.next()).as("finds something").isTrue();
        assertThat(findings.getString("finding")).isNotBlank();
      }
      connection.rollback();
    }
    assertThat(checks.run(check)).as("after").isEmpty();
  }

  @Test
  void everyCheckIsRunAndHasACaseAbove() throws IOException, NoSuchMethodException {
    try (var files = Files.list(Path.of("../sql/src/main/resources/sql/checks"))) {
      assertThat(files.map(file -> String.valueOf(file.getFileName()).replace(".sql", "")))
          .containsExactlyInAnyOrderElementsOf(Checks.NAMES);
    }
    assertThat(
            ChecksTest.class
                .getDeclaredMethod("findsWhatIsSpoilt", String.class, String.class)
                .getAnnotation(CsvSource.class)
                .textBlock())
        .contains(Checks.NAMES);
  }

  @Test
  void aRunThatFindsSomethingFails() throws SQLException {
    try (var connection = world.connect();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute("update invoice set credit = credit + 1 where sequence = 3");
      var failed = world.runs().run(RunKind.RECONCILE, World.DECEMBER, List.of(), "");
      assertThat(failed.state()).isEqualTo(RunState.FAILED);
      assertThat(failed.message())
          .startsWith("checks found 1; the first, receivables-are-invoices");
      statement.execute("update invoice set credit = credit - 1 where sequence = 3");
      assertThat(world.runs().restart(failed.runNo()).state()).isEqualTo(RunState.POSTED);
    }
  }

  @Test
  void theHashChainShowsAChangedEntry() throws SQLException {
    try (var connection = world.connect();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(
          "update posting set amount = amount + 1 where entry_id ="
              + " (select id from journal_entry order by reference limit 1)");
      assertThat(new LedgerVerifier(world.jdbc()).verify())
          .singleElement()
          .asString()
          .endsWith("was changed");
      statement.execute(
          "update posting set amount = amount - 1 where entry_id ="
              + " (select id from journal_entry order by reference limit 1)");
    }
    assertThat(new LedgerVerifier(world.jdbc()).verify()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          usage_record     | update usage_record set quantity = 0
          usage_record     | delete from usage_record
          usage_identity   | delete from usage_identity
          line_disposition | delete from line_disposition
          invoice          | update invoice set total = 0 where sequence = 1
          invoice          | delete from invoice where sequence = 1
          invoice_line     | update invoice_line set name = ''
          invoice_line     | delete from invoice_line
          journal_entry    | update journal_entry set reference = ''
          posting          | delete from posting
          wallet_movement  | update wallet_movement set amount = 1
          billed_span      | delete from billed_span
          catalog_entry    | delete from catalog_entry
          item_terms       | update item_terms set revision = 9
          """)
  void historyIsAppendOnly(String table, String change) {
    assertThatThrownBy(() -> world.jdbc().sql(change).update())
        .rootCause()
        .hasMessageContaining("refused")
        .hasMessageContaining(table.equals("invoice") ? "posted" : table);
  }

  @Test
  void theDatabaseRefusesAnEntryThatDoesNotBalance() {
    assertThatThrownBy(() ->
            world
                .jdbc()
                .sql(
                    """
                    with entry as (
                      insert into journal_entry (customer_id, chain_no, reference, entry_date, hash)
                      select id, 99, 'forged', '1993-12-24', 'x' from customer limit 1
                      returning id
                    )
                    insert into posting
                    select id, n, 'CASH', case n when 1 then 'debit' else 'credit' end, n, 'USD'
                      from entry cross join generate_series(1, 2) n\
                    """)
                .update())
        .rootCause()
        .hasMessageContaining("is off balance by -1");
    assertThat(world.count("select count(*) from journal_entry where reference = 'forged'"))
        .isZero();
  }
}
