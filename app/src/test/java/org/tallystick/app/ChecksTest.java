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
import org.junit.jupiter.params.provider.CsvFileSource;
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
  @CsvFileSource(resources = "/spoilt-tables.csv", delimiter = '|', maxCharsPerColumn = 1_000)
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
  void everyCheckIsRunAndHasACaseAbove() throws IOException {
    try (var files = Files.list(Path.of("../sql/src/main/resources/sql/checks"))) {
      assertThat(files.map(file -> String.valueOf(file.getFileName()).replace(".sql", "")))
          .containsExactlyInAnyOrderElementsOf(Checks.NAMES);
    }
    assertThat(Query.read("/spoilt-tables.csv")).contains(Checks.NAMES);
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
          withdrawal       | delete from withdrawal
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
