package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.readers.Checks;
import org.tallystick.readers.RunVerifier;

/// `kill -9` in the middle of intake, of rating and of posting; then `runs restart`. The bill is
/// the one that nobody disturbed.
///
/// To hit the middle for certain, the test holds a row that the step must write, waits until the
/// step waits for it, and kills.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KillTest {

  private static final Map<String, String> SMALL_CHUNKS =
      Map.of(
          "TALLYSTICK_BATCH_CHUNKLINES", "2000",
          "TALLYSTICK_BATCH_CHUNKCUSTOMERS", "4",
          "TALLYSTICK_BATCH_PARTITIONS", "2");

  private static final String[] WITHDRAW = {
    "usage", "withdraw", "--file", String.valueOf(World.LOG.getFileName()), "--reason", "all of it"
  };

  @TempDir private Path directory = Path.of("");

  @Test
  void killedInIntakeRatingAndPosting() throws Exception {
    String undisturbed;
    try (var world = World.withDemo(Map.of())) {
      world.nightly(World.OCTOBER);
      undisturbed = String.valueOf(world.nightly(World.NOVEMBER).outputHash());
    }
    try (var world = World.empty(Map.of())) {
      world.apply(World.CATALOG);
      killInIntake(world);
      world.nightly(World.OCTOBER);
      killInRating(world);
      killInPosting(world);
      assertThat(restart(world, 3)).contains("run 3 nightly as-of 1993-11-01: posted");
      assertSame(world, undisturbed);
    }
  }

  /// The second kill comes before the restart has committed a chunk.
  @Test
  void killedInIntakeAndAgainInTheFirstChunkOfTheRestart() throws Exception {
    var hold = "insert into usage_identity values ('nasa-ipsc', '20000', '\\x00', 0, 0)";
    try (var world = World.empty(Map.of())) {
      world.apply(World.CATALOG);
      killWhile(world, hold, "usage", "import", World.LOG.toString(), "--format", "swf");
      killWhile(world, hold, "runs", "restart", "1");
      assertThat(restart(world, 1)).contains("run 1 import: posted");
      assertThat(world.count("select count(*) from usage_record")).isEqualTo(14_952);
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

  /// All of a file's records are withdrawn, or none; then the command is given again.
  @Test
  void killedInAWithdrawal() throws Exception {
    try (var world = World.withDemo(Map.of())) {
      killWhile(
          world,
          """
          insert into withdrawal (batch_id, line_no, withdrawn_in, reason)
          select batch_id, line_no, (select max(id) from intake_batch), 'held'
            from usage_record order by batch_id, line_no offset 1000 limit 1\
          """,
          WITHDRAW);
      long records = world.count("select count(*) from usage_record");
      assertThat(world.count("select count(*) from withdrawal")).isIn(0L, records);
      var again = world.start(Map.of(), List.of(), WITHDRAW).await();
      assertThat(again.exitCode()).as(again.output()).isZero();
      assertThat(world.count("select count(*) from withdrawal")).isEqualTo(records);
      world.nightly(World.NOVEMBER);
      // What user 4 promised to spend.
      assertThat(world.lines())
          .filteredOn(line -> line.startsWith("node-hours"))
          .containsExactly("node-hours 1993-10-01 9500.00");
      assertThat(world.count("select value from control_total where name = 'withdrawn' limit 1"))
          .isEqualTo(records);
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

  /// 600 lines of one wallet, then 600 of another, which is held: killed in the second block of
  /// 500. Each line of 1 credit is settled once.
  @Test
  void killedInASettling() throws Exception {
    try (var wallets = new WalletWorld(directory)) {
      var world = wallets.world();
      var owner = wallets.customers(2).getLast();
      var key = "select key from customer where id = '" + owner + "'";
      var held = world.jdbc().sql(key).query(String.class).single();
      var lines = new ArrayList<>(List.of("customer,id,amount"));
      for (int n = 0; n < 1_200; n++) {
        lines.add((n < 600 ? held.equals("c0") ? "c1" : "c0" : held) + ",u" + n + ",0.25");
      }
      var file = Files.write(directory.resolve("used.csv"), lines).toString();
      var hold = "select id from wallet where customer_id = '" + owner + "' for update";
      killWhile(world, hold, "wallet", "settle", file);
      assertThat(world.count("select count(*) from settled_line")).isEqualTo(500);
      assertThat(restart(world, 1)).contains("run 1 settle: posted");
      assertThat(world.count("select count(*) from settled_line where outcome = 'settled'"))
          .isEqualTo(1_200);
      assertThat(world.count("select count(*) from wallet_entry")).isEqualTo(1_200);
      assertThat(wallets.balance(owner)).isEqualByComparingTo("150");
      assertThat(wallets.findings()).isEmpty();
    }
  }

  private static void killInIntake(World world) throws Exception {
    killWhile(
        world,
        "insert into usage_identity values ('nasa-ipsc', '20000', '\\x00', 0, 0)",
        "usage",
        "import",
        World.LOG.toString(),
        "--format",
        "swf");
    long batches = world.count("select count(*) from intake_batch");
    assertThat(batches).isBetween(1L, 9L);
    assertThat(world.count("select count(*) from intake_file where finished_at is null")).isOne();
    assertThat(restart(world, 1)).contains("run 1 import: posted");
    assertThat(world.count("select count(*) from intake_batch")).isEqualTo(10);
    assertThat(world.count("select count(*) from usage_record")).isEqualTo(14_952);
  }

  private static void killInRating(World world) throws Exception {
    killWhile(
        world,
        """
        select r.item_id from rated_charge r
          join contract_item i on i.id = r.item_id and i.meter_key is not null
          join customer c on c.id = r.customer_id and c.key = 'user-33' for update of r\
        """,
        "run",
        "nightly",
        "--as-of",
        "1993-11-01");
    assertThat(world.count("select count(*) from service_period where is_rated and records > 0"))
        .isPositive();
    assertThat(world.count("select count(*) from service_period where not is_rated")).isPositive();
  }

  private static void killInPosting(World world) throws Exception {
    killWhile(
        world,
        """
        select h.entries from ledger_head h
          join customer c on c.id = h.customer_id and c.key = 'user-33' for update of h\
        """,
        "runs",
        "restart",
        "3");
    var open = "select count(*) from invoice i where issue_date = '1993-11-01' and sequence > 0";
    assertThat(world.count(open)).isEqualTo(50);
    assertThat(
            world.count(
                open + " and exists (select from journal_entry e where e.invoice_id = i.id)"))
        .isBetween(1L, 49L);
  }

  /// Starts a command, waits until it waits for what `hold` locks, and kills it.
  static void killWhile(World world, String hold, String... command) throws Exception {
    try (var holder = world.connect()) {
      holder.setAutoCommit(false);
      try (var statement = holder.createStatement()) {
        statement.execute(hold);
      }
      var child = world.start(SMALL_CHUNKS, List.of(), command);
      while (!isWaitedFor(world)) {
        assertThat(child.isAlive()).as(() -> child.await().output()).isTrue();
      }
      child.kill();
      awaitEndOfOthers(world, holder);
    }
  }

  private static boolean isWaitedFor(World world) {
    return world.count(
            """
            select count(*) from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock'
               and wait_event in ('transactionid', 'tuple')\
            """)
        > 0;
  }

  /// What the killed process had sent to the database goes on until the database notices.
  private static void awaitEndOfOthers(World world, Connection holder) throws SQLException {
    holder.rollback();
    var others =
        """
        select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid
         where l.locktype = 'advisory' and a.datname = current_database()\
        """;
    while (world.count(others) > 0) {
      assertThat(holder.isValid(1)).isTrue();
    }
  }

  private static String restart(World world, int run) {
    var ended =
        world.start(SMALL_CHUNKS, List.of(), "runs", "restart", String.valueOf(run)).await();
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.output();
  }

  private static void assertSame(World world, String undisturbed) {
    var run = world.nightly(World.NOVEMBER);
    assertThat(run.outputHash()).isEqualTo(undisturbed);
    assertThat(new RunVerifier(world.jdbc()).verify(run)).isEmpty();
    assertThat(new Checks(world.jdbc()).run()).isEmpty();
    assertThat(
            world.count(
                "select count(distinct sequence) from invoice where sequence between 1 and 100"))
        .isEqualTo(100);
    assertThat(world.count("select max(sequence) from invoice")).isEqualTo(100);
  }
}
