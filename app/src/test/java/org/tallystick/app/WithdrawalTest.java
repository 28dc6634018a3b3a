package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.domain.run.RunKind;
import org.tallystick.domain.run.RunState;
import org.tallystick.readers.Checks;
import org.tallystick.readers.UnattributedReader;
import org.tallystick.writers.Withdrawals.Outcome;

/// Records that no longer count, and what that does to bills.
class WithdrawalTest {

  private final CorrectedWorld corrected;
  private final World world;

  WithdrawalTest(@TempDir Path directory) {
    this.corrected = new CorrectedWorld(directory);
    this.world = corrected.world();
  }

  @AfterEach
  void close() {
    corrected.close();
  }

  /// 100 × 1.20 + 10.255 × 0.95 = 129.74225, and 90 × 0.50. Without the 90: 20.255 × 1.20 = 24.306,
  /// and 20.255 × 0.50 = 10.1275.
  @Test
  void theNextRunBillsTheDifferenceAndEarlierOnesStayAsTheyWere() {
    corrected.importLines("a.csv", CorrectedWorld.OCTOBER_RECORDS);
    var october = world.nightly(World.NOVEMBER);
    assertThat(world.lines()).containsExactly("peak 1993-10-01 45.00", "units 1993-10-01 129.74");
    assertThat(corrected.withdrawals().record("test", "a", "counted twice"))
        .isEqualTo(new Outcome.Withdrawn("test/a", 1, Optional.empty()));
    assertThat(new Checks(world.jdbc()).run()).isEmpty();
    var november = world.nightly(World.DECEMBER);
    assertThat(world.lines())
        .containsExactly(
            "peak 1993-10-01 -34.87",
            "peak 1993-10-01 45.00",
            "units 1993-10-01 -105.43",
            "units 1993-10-01 129.74");
    corrected.assertSound(october, november);
    assertThat(corrected.totals(october))
        .isEqualTo("2 = 2 rated + 0 not due + 0 unattributed + 0 withdrawn");
    assertThat(corrected.totals(november))
        .isEqualTo("2 = 1 rated + 0 not due + 0 unattributed + 1 withdrawn");
    assertThat(String.valueOf(november.manifest())).contains("\"withdrawn\": 1");
  }

  /// It takes the record out of a month that goes on, and more come in after it.
  @Test
  void anOpenPeriodGoesOnWithoutIt() {
    corrected.importLines("a.csv", CorrectedWorld.OCTOBER_RECORDS);
    world.nightly(LocalDate.of(1993, 10, 6));
    corrected.withdrawals().record("test", "a", "test");
    world.nightly(LocalDate.of(1993, 10, 8));
    corrected.importLines("b.csv", "c,s,1993-10-05T10:00:00Z,4", "d,s,1993-10-20T10:00:00Z,1");
    var run = world.nightly(World.NOVEMBER);
    assertThat(world.lines()).containsExactly("peak 1993-10-01 10.13", "units 1993-10-01 30.31");
    corrected.assertSound(run);
  }

  @Test
  void whatIsNotMeteredYetNeverIs() {
    corrected.importLines("a.csv", CorrectedWorld.OCTOBER_RECORDS);
    corrected.importLines("b.csv", "n,s,1993-11-05T10:00:00Z,7", "m,s,1993-11-06T10:00:00Z,3");
    corrected.withdrawals().record("test", "a", "before any run");
    corrected.withdrawals().record("test", "n", "before its month");
    var october = world.nightly(World.NOVEMBER);
    assertThat(corrected.totals(october))
        .isEqualTo("4 = 1 rated + 1 not due + 0 unattributed + 2 withdrawn");
    corrected.withdrawals().record("test", "m", "still before its month");
    var november = world.nightly(World.DECEMBER);
    assertThat(corrected.totals(november))
        .isEqualTo("4 = 1 rated + 0 not due + 0 unattributed + 3 withdrawn");
    assertThat(world.lines()).containsExactly("peak 1993-10-01 10.13", "units 1993-10-01 24.31");
    corrected.assertSound(october, november);
  }

  /// The run fails where it balances, after its cut-off; its restart still has the record in.
  @Test
  void aRunUnderWayKeepsWhatItCounted() throws SQLException {
    corrected.importLines("a.csv", CorrectedWorld.OCTOBER_RECORDS);
    corrected.spoil("update intake_batch set accepted = accepted + 1, comments = comments - 1");
    var run = world.nightly(World.NOVEMBER);
    assertThat(run.message()).endsWith("accepted records: expected 3, found 2");
    corrected.withdrawals().record("test", "a", "too late for this one");
    corrected.spoil("update intake_batch set accepted = 2, comments = 1 where accepted = 3");
    assertThat(world.runs().restart(run.runNo()).state()).isEqualTo(RunState.POSTED);
    assertThat(world.lines()).containsExactly("peak 1993-10-01 45.00", "units 1993-10-01 129.74");
    var next = world.nightly(LocalDate.of(1993, 11, 2));
    assertThat(corrected.totals(next))
        .isEqualTo("2 = 1 rated + 0 not due + 0 unattributed + 1 withdrawn");
    world.nightly(World.DECEMBER);
    assertThat(world.lines()).contains("peak 1993-10-01 -34.87", "units 1993-10-01 -105.43");
    corrected.assertSound(world.runs().run(run.kind(), run.date(), List.of(), ""), next);
  }

  /// A run for somebody else moves neither the customer's quantities nor what became of the record.
  @Test
  void aRecordIsRatedUntilItsCustomerIsMeteredAgain() {
    corrected.importLines("a.csv", CorrectedWorld.OCTOBER_RECORDS);
    world.nightly(World.NOVEMBER);
    corrected.withdrawals().record("test", "a", "counted twice");
    var day = LocalDate.of(1993, 11, 2);
    var other = world.runs().run(RunKind.NIGHTLY, day, List.of("d"), "");
    assertThat(corrected.totals(other))
        .isEqualTo("2 = 2 rated + 0 not due + 0 unattributed + 0 withdrawn");
    corrected.assertSound(other);
    assertThat(corrected.totals(world.nightly(day)))
        .isEqualTo("2 = 1 rated + 0 not due + 0 unattributed + 1 withdrawn");
  }

  @Test
  void aWholeFileIsWithdrawnAsFarAsItWasNotYet() {
    corrected.importLines("a.csv", CorrectedWorld.OCTOBER_RECORDS);
    corrected.importLines("b.csv", "c,s,1993-10-07T10:00:00Z,1", "b,s,1993-10-06T10:00:00Z,20.255");
    world.nightly(World.NOVEMBER);
    corrected.withdrawals().record("test", "a", "first");
    assertThat(corrected.withdrawals().file("a.csv", "the wrong month"))
        .isInstanceOfSatisfying(
            Outcome.Withdrawn.class,
            withdrawn -> {
              assertThat(withdrawn.records()).isOne();
              assertThat(withdrawn.before().orElseThrow().records()).isOne();
              assertThat(withdrawn.before().orElseThrow().reason()).isEqualTo("first");
            });
    assertThat(corrected.withdrawals().file("c.csv", "none"))
        .isEqualTo(new Outcome.Refused("no file 'c.csv' was imported"));
    var run = world.nightly(World.DECEMBER);
    assertThat(corrected.totals(run))
        .isEqualTo("3 = 1 rated + 0 not due + 0 unattributed + 2 withdrawn");
    // 111.255 units were 130.69225, the greatest 90; one is left.
    assertThat(world.lines())
        .containsExactlyInAnyOrder(
            "peak 1993-10-01 -44.50",
            "peak 1993-10-01 45.00",
            "units 1993-10-01 -129.49",
            "units 1993-10-01 130.69");
    corrected.assertSound(run);
  }

  @Test
  void whatBelongsToNobodyIsWithdrawnFromTheSuspenseDesk() {
    corrected.importLines(
        "a.csv", "x,nobody,1993-10-05T10:00:00Z,1", "y,nobody,1993-10-05T10:00:00Z,1");
    corrected.withdrawals().record("test", "x", "a test");
    var run = world.nightly(World.NOVEMBER);
    assertThat(corrected.totals(run))
        .isEqualTo("2 = 0 rated + 0 not due + 1 unattributed + 1 withdrawn");
    assertThat(new UnattributedReader(world.jdbc()).unattributed("", 10))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("records", 1L));
    corrected.apply("[s, nobody]");
    var next = world.nightly(World.DECEMBER);
    assertThat(corrected.totals(next))
        .isEqualTo("2 = 1 rated + 0 not due + 0 unattributed + 1 withdrawn");
    assertThat(world.lines()).containsExactly("peak 1993-10-01 0.50", "units 1993-10-01 1.20");
    corrected.assertSound(run, next);
  }

  @Test
  void ofTwoAtOnceOneHasIt() throws Exception {
    corrected.importLines("a.csv", CorrectedWorld.OCTOBER_RECORDS);
    try (var other = world.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          """
          with batch as (
            insert into intake_batch (first_line, last_line, comments, accepted, duplicate,
                   filtered, suspended, quantity)
            values (1, 0, 0, 0, 0, 0, 0, 0) returning id)
          insert into withdrawal (batch_id, line_no, withdrawn_in, reason)
          select i.batch_id, i.line_no, b.id, 'the other' from usage_identity i, batch b
           where i.id = 'a'\
          """);
      var late =
          CompletableFuture.supplyAsync(
              () -> corrected.withdrawals().record("test", "a", "too late"));
      var waiting =
          "select count(*) from pg_stat_activity where datname = current_database()"
              + " and wait_event_type = 'Lock' and wait_event = 'transactionid'";
      while (world.count(waiting) == 0) {
        assertThat(late).isNotDone();
      }
      other.commit();
      assertThat(late.get())
          .isInstanceOfSatisfying(
              Outcome.Withdrawn.class,
              withdrawn -> {
                assertThat(withdrawn.records()).isZero();
                assertThat(withdrawn.before().orElseThrow().reason()).isEqualTo("the other");
              });
    }
    world.nightly(World.NOVEMBER);
    assertThat(world.lines()).containsExactly("peak 1993-10-01 10.13", "units 1993-10-01 24.31");
    assertThat(new Checks(world.jdbc()).run()).isEmpty();
  }

  @Test
  void isAppendOnlyAndMissedByACheckWhenItIsGone() throws SQLException {
    corrected.importLines("a.csv", CorrectedWorld.OCTOBER_RECORDS);
    corrected.withdrawals().record("test", "a", "counted twice");
    world.nightly(World.NOVEMBER);
    for (var change : List.of("delete from withdrawal", "truncate withdrawal")) {
      assertThatThrownBy(() -> world.jdbc().sql(change).update())
          .rootCause()
          .hasMessageContaining("withdrawal is append-only");
    }
    corrected.spoil("delete from withdrawal");
    assertThat(new Checks(world.jdbc()).run("usage-is-metered-once"))
        .extracting(Checks.Finding::what)
        .containsExactly(
            "peak of c from 1993-10-01 00:00:00+00 holds 20.255 in 1 records, its usage 90 in 2",
            "units of c from 1993-10-01 00:00:00+00 holds 20.255 in 1 records, its usage 110.255"
                + " in 2");
  }
}
