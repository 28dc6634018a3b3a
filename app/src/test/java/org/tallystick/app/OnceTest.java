package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;
import org.tallystick.domain.run.RunKind;
import org.tallystick.jobs.RunRefused;
import org.tallystick.readers.Checks;

/// Nothing is billed twice, nothing is skipped.
class OnceTest {

  @TempDir private Path directory = Path.of("");

  @Test
  void aFileIsTakenInOnceWhateverItsName() throws IOException {
    try (var world = World.withDemo(Map.of())) {
      assertThatThrownBy(() -> world.importFile(World.LOG, "swf"))
          .isInstanceOf(RunRefused.class)
          .hasMessageContaining("was imported before")
          .hasMessageContaining("nothing was changed");
      var copy = Files.copy(World.LOG, directory.resolve("other-name.swf.gz"));
      assertThatThrownBy(() -> world.importFile(copy, "swf"))
          .isInstanceOf(RunRefused.class)
          .hasMessageContaining("NASA-iPSC-1993-3.1-cln.swf.gz");
      assertThat(world.count("select count(*) from intake_file")).isOne();
      assertThat(world.count("select count(*) from usage_record")).isEqualTo(14_952);
    }
  }

  @Test
  void theSameRowsInAnotherFileAreDuplicates() {
    try (var world = World.withDemo(Map.of())) {
      var again = DemoLog.write(directory.resolve("again.swf"), DemoLog.jobs());
      world.importFile(again, "swf");
      assertThat(world.count("select sum(duplicate) from intake_batch")).isEqualTo(14_952);
      assertThat(world.count("select count(*) from usage_record")).isEqualTo(14_952);
    }
  }

  /// Two batches: the first to begin is the last to commit, and a run comes in between.
  @Test
  void interleavedIntakesAreBilledOnceEach() throws SQLException {
    try (var world = World.empty(Map.of())) {
      world.apply(World.CATALOG);
      var first = DemoLog.write(directory.resolve("a.swf"), List.of(job(1, 3_600)));
      var second = DemoLog.write(directory.resolve("b.swf"), List.of(job(2, 7_200)));
      world.nightly(World.OCTOBER);
      CompletableFuture<?> slow;
      try (var holder = world.connect()) {
        holder.setAutoCommit(false);
        try (var statement = holder.createStatement()) {
          statement.execute("insert into usage_identity values ('nasa-ipsc', '1', '\\x00', 0, 0)");
        }
        slow = CompletableFuture.runAsync(() -> world.importFile(first, "swf"));
        while (world.count(
                "select count(*) from pg_stat_activity where datname = current_database()"
                    + " and wait_event_type = 'Lock'")
            == 0) {
          assertThat(slow).isNotDone();
        }
        world.importFile(second, "swf");
        world.nightly(World.NOVEMBER);
        assertThat(billedHours(world)).isEqualTo(2);
        holder.rollback();
      }
      slow.join();
      world.nightly(World.DECEMBER);
      assertThat(billedHours(world)).isEqualTo(3);
      assertThat(
              world.count(
                  "select count(*) from intake_batch a join intake_batch b"
                      + " on a.id < b.id and a.position > b.position"))
          .as("the batch that began first committed last")
          .isOne();
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

  /// The node-hours on the latest line of each service period of user 1.
  private static long billedHours(World world) {
    return world.count(
        """
        select sum(quantity)::bigint from (
               select distinct on (item_id, starts) quantity from invoice_line
                where category = 'usage' order by item_id, starts, sequence desc) l\
        """);
  }

  private static String job(int number, int seconds) {
    return number + " 1000000 -1 " + seconds + " 1 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1";
  }

  @Test
  void lateUsageIsBilledAsTheDifference() {
    try (var world = World.empty(Map.of())) {
      world.apply(World.CATALOG);
      world.importFile(DemoLog.write(directory.resolve("a.swf"), List.of(job(1, 360_000))), "swf");
      world.nightly(World.OCTOBER);
      world.nightly(World.NOVEMBER);
      world.importFile(DemoLog.write(directory.resolve("b.swf"), List.of(job(2, 3_600))), "swf");
      world.nightly(World.DECEMBER);
      // 100 hours at 1.20, then the 101st at 0.95: the whole is priced, the difference billed.
      assertThat(
              world
                  .jdbc()
                  .sql(
                      """
                      select sequence || ': ' || whole || ' - ' || invoiced_before
                             || ' = ' || amount
                        from invoice_line where category = 'usage' and whole > 0
                       order by sequence\
                      """)
                  .query(String.class)
                  .list())
          .containsExactly("1: 120.00 - 0 = 120.00", "2: 120.95 - 120.00 = 0.95");
    }
  }

  @Test
  void aRunIsPostedOnceAndANewOneNeedsAReason() {
    try (var world = World.withDemo(Map.of())) {
      var posted = world.nightly(World.OCTOBER);
      assertThat(world.nightly(World.OCTOBER)).isEqualTo(posted);
      var again = world.runs().run(RunKind.NIGHTLY, World.OCTOBER, List.of(), "to be sure");
      assertThat(again.number()).isEqualTo(2);
      assertThat(world.count("select count(*) from invoice")).isEqualTo(50);
    }
  }

  @Test
  void theDatabaseRefusesOverlappingBilledTime() {
    try (var world = World.withDemo(Map.of())) {
      world.nightly(World.OCTOBER);
      assertThatThrownBy(() ->
              world
                  .jdbc()
                  .sql(
                      """
                      insert into billed_span (customer_id, item_id, span, run_id)
                      select customer_id, item_id,
                             tstzrange(lower(span) + interval '1 day', upper(span)), run_id
                        from billed_span order by item_id limit 1\
                      """)
                  .update())
          .isInstanceOf(DataIntegrityViolationException.class);
    }
  }

  @Test
  void anEarlierAsOfThanMeteredIsRefused() {
    try (var world = World.withDemo(Map.of())) {
      world.nightly(World.NOVEMBER);
      assertThatThrownBy(() -> world.nightly(World.OCTOBER.plusDays(4)))
          .isInstanceOf(RunRefused.class)
          .hasMessage(
              "as-of 1993-10-05 is before 1993-11-01, up to which usage is metered already");
    }
  }

  /// A run dies in the middle; then a price changes. Going on would bill the old price, so the run
  /// is superseded and the same night gets a new one.
  @Test
  void aRunThatTheCatalogMovedPastIsSuperseded() throws IOException {
    try (var world = World.withDemo(Map.of())) {
      world.jdbc().sql("alter table rated_charge rename to away").update();
      assertThat(world.nightly(World.OCTOBER).message()).contains("rated_charge");
      world.jdbc().sql("alter table away rename to rated_charge").update();
      var cheaper = Files.readString(World.CATALOG).replace("flat: 25.00", "flat: 20.00");
      world.apply(Files.writeString(directory.resolve("catalog.yaml"), cheaper));
      assertThatThrownBy(() -> world.runs().restart(2))
          .isInstanceOf(RunRefused.class)
          .hasMessageContaining("superseded by a change of the catalog");
      var anew = world.nightly(World.OCTOBER);
      assertThat(anew.message()).isEmpty();
      assertThat(anew.number()).isEqualTo(2);
      assertThat(anew.reason()).isEqualTo("run 2 was superseded");
      assertThat(world.count("select count(*) from invoice_line where amount = 20")).isEqualTo(49);
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }
}
