package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tallystick.domain.wallet.WalletOutcome;
import org.tallystick.domain.wallet.WalletOutcome.Settled;
import org.tallystick.domain.wallet.WalletRequest;
import org.tallystick.domain.wallet.WalletRequest.Reversal;
import org.tallystick.domain.wallet.WalletRequest.Usage;
import org.tallystick.writers.wallet.WalletRequests;

/// What a customer owes on a wallet, billed each month at 2.00 a credit: the invoice pays for it.
class OwedCreditsTest {

  private static final String CATALOG =
      """
      customers:
        - {key: e, name: E, currency: USD, zone: America/Los_Angeles}
      contracts:
        - key: ke
          customer: e
          from: 1993-10-01
          rateCards:
            - {key: debt, name: Credits owed, owed: VC, cadence: P1M, price: {unit: 2.00}}
      wallets:
        - {customer: e, unit: VC, floor: -500}
      """;

  private CorrectedWorld corrected;
  private World world;
  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void open() {
    corrected = new CorrectedWorld(directory);
    world = corrected.world();
    corrected.applyCatalog(CATALOG);
  }

  @AfterEach
  void close() {
    corrected.close();
  }

  /// 30 and 50 are owed at the end of October: 160.00. In November 10 more, which are 20.00. What
  /// is taken back of October later stays the customer's, in credits.
  @Test
  void areBilledOncePaidForAndGone() {
    use("a", "1993-10-05T10:00:00Z", "30");
    use("b", "1993-10-20T10:00:00Z", "50");
    var october = world.nightly(World.NOVEMBER);
    assertThat(world.lines()).containsExactly("debt 1993-10-01 160.00");
    assertThat(left()).containsExactly("billed/ke/debt/1993-10-01 0", "overdraft 0");
    assertThat(world.nightly(World.NOVEMBER.plusDays(1)).message()).isEmpty();
    use("c", "1993-11-05T10:00:00Z", "10");
    var november = world.nightly(World.DECEMBER);
    assertThat(world.lines()).containsExactly("debt 1993-10-01 160.00", "debt 1993-11-01 20.00");
    settle(new Reversal("r", Instant.parse("1993-12-05T10:00:00Z"), "a", new BigDecimal("5")));
    var december = world.nightly(World.JANUARY);
    assertThat(world.lines()).hasSize(2);
    assertThat(left())
        .containsExactly(
            "billed/ke/debt/1993-10-01 0", "billed/ke/debt/1993-11-01 5", "overdraft 0");
    corrected.assertSound(october, november, december);
  }

  /// The night comes late: 8 are owed at the end of October, and 4 more a second after it; 3 of the
  /// 8 were repaid. Two months at once are billed as the second.
  @Test
  void areThoseOfTheEndOfThePeriodThatAreStillOwed() {
    use("a", "1993-10-31T07:59:59Z", "8");
    use("b", "1993-11-01T08:00:00Z", "4");
    corrected.applyCatalog(
        CATALOG.replace(
            "floor: -500}",
            "floor: -500, grants: [{key: g, kind: paid, amount: 3, from: 1993-10-01}]}"));
    var october = world.nightly(World.NOVEMBER);
    assertThat(world.lines()).containsExactly("debt 1993-10-01 10.00");
    var both = world.nightly(World.JANUARY);
    assertThat(world.lines()).containsExactly("debt 1993-10-01 10.00", "debt 1993-12-01 8.00");
    assertThat(left()).allMatch(credit -> credit.endsWith(" 0"));
    corrected.assertSound(october, both);
  }

  private void use(String key, String at, String amount) {
    settle(new Usage(key, Instant.parse(at), List.of("VC"), new BigDecimal(amount)));
  }

  private void settle(WalletRequest request) {
    var customer =
        world.jdbc().sql("select id from customer where key = 'e'").query(UUID.class).single();
    var requests = new WalletRequests(world.get(DataSource.class));
    var transaction = new TransactionTemplate(world.get(PlatformTransactionManager.class));
    WalletOutcome outcome = transaction.execute(_ -> requests.settle(customer, request));
    assertThat(outcome).isInstanceOf(Settled.class);
  }

  private List<String> left() {
    return world
        .jdbc()
        .sql(
            """
            select g.key || ' ' || trim_scale(coalesce(b.balance, 0))
              from wallet_grant g left join credit_balance b on b.grant_id = g.id order by 1\
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }
}
