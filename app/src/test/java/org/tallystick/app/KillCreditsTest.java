package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` in the middle of posting what is billed in credits.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KillCreditsTest {

  @TempDir private Path directory = Path.of("");

  /// Nine movements each: two grants, of October 10 drawn and 20 lent, of November 10 and 15; and
  /// of the invoice over the 20 a grant, and what it repays. Ten customers with statements, what
  /// they owe of the month before on their invoices, and grants that recur: killed while the second
  /// of three chunks waits for its books.
  @Test
  void killedWhilePostingStatementsAndOwedCredits() throws Exception {
    try (var calm = new CorrectedWorld(directory.resolve("calm"));
        var killed = new CorrectedWorld(directory.resolve("killed"))) {
      ownCredits(calm);
      ownCredits(killed);
      var undisturbed = calm.world().nightly(World.DECEMBER);
      KillTest.killWhile(
          killed.world(),
          """
          select h.entries from ledger_head h
            join customer c on c.id = h.customer_id and c.key = 'e5' for update of h\
          """,
          "run",
          "nightly",
          "--as-of",
          "1993-12-01");
      var numbered =
          "select count(*) from invoice where issue_date = '1993-12-01' and sequence > 0";
      assertThat(killed.world().count(numbered)).isEqualTo(20);
      var run =
          killed
              .world()
              .runs()
              .restart(killed.world().count("select max(run_no) from business_run"));
      assertThat(run.outputHash()).isEqualTo(undisturbed.outputHash());
      assertThat(moved(killed.world())).hasSize(90).isEqualTo(moved(calm.world()));
      killed.assertSound(run);
    }
  }

  private static void ownCredits(CorrectedWorld corrected) {
    var catalog = new StringBuilder("customers:\n");
    var contracts = new StringBuilder("contracts:\n");
    var wallets = new StringBuilder("wallets:\n");
    for (int n = 0; n < 10; n++) {
      catalog.append(
          "  - {key: e%d, name: E, currency: USD, zone: UTC, subjects: [e%d]}\n".formatted(n, n));
      contracts.append(
          """
            - key: ke%d
              customer: e%d
              from: 1993-10-01
              rateCards:
                - {key: calls, name: Calls, meter: units, cadence: P1M, price: {unit: 1},
                   credits: {unit: VC, lacking: owed}}
                - {key: debt, name: Owed, owed: VC, cadence: P1M, price: {unit: 2.00}}
          """
              .formatted(n, n));
      wallets.append(
          """
            - customer: e%d
              unit: VC
              floor: -500
              grants: [{key: g, kind: promotional, amount: 10, from: 1993-10-01, to: 1993-12-01,
                        every: P1M}]
          """
              .formatted(n));
      corrected.importLines(
          "e" + n + ".csv",
          "o%d,e%d,1993-10-05T10:00:00Z,30".formatted(n, n),
          "n%d,e%d,1993-11-05T10:00:00Z,25".formatted(n, n));
    }
    corrected.applyCatalog(catalog.append(contracts).append(wallets).toString());
    corrected.world().nightly(World.NOVEMBER);
  }

  private static List<String> moved(World world) {
    return world
        .jdbc()
        .sql(
            """
            select c.key || ' ' || g.key || ' ' || m.kind || ' ' || trim_scale(m.amount)
              from wallet_movement m
              join wallet_grant g on g.id = m.grant_id
              join customer c on c.id = g.customer_id
             order by 1\
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }
}
