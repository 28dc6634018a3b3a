package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.domain.run.RunKind;
import org.tallystick.domain.wallet.WalletOutcome.Settled;
import org.tallystick.domain.wallet.WalletRequest;
import org.tallystick.domain.wallet.WalletRequest.Capture;
import org.tallystick.domain.wallet.WalletRequest.Hold;
import org.tallystick.domain.wallet.WalletRequest.Reset;
import org.tallystick.domain.wallet.WalletRequest.Reset.Overage;
import org.tallystick.domain.wallet.WalletRequest.Reversal;
import org.tallystick.domain.wallet.WalletRequest.Usage;

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
    use("e", "a", "1993-10-05T10:00:00Z", "30");
    use("e", "b", "1993-10-20T10:00:00Z", "50");
    var october = world.nightly(World.NOVEMBER);
    assertThat(world.lines()).containsExactly("debt 1993-10-01 160.00");
    assertThat(left()).containsExactly("billed/ke/debt/1993-10-01 0", "overdraft 0");
    assertThat(world.nightly(World.NOVEMBER.plusDays(1)).message()).isEmpty();
    use("e", "c", "1993-11-05T10:00:00Z", "10");
    var november = world.nightly(World.DECEMBER);
    assertThat(world.lines()).containsExactly("debt 1993-10-01 160.00", "debt 1993-11-01 20.00");
    settle("e", new Reversal("r", Instant.parse("1993-12-05T10:00:00Z"), "a", new BigDecimal("5")));
    var december = world.nightly(World.JANUARY);
    assertThat(world.lines()).hasSize(2);
    assertThat(left())
        .containsExactly(
            "billed/ke/debt/1993-10-01 0", "billed/ke/debt/1993-11-01 5", "overdraft 0");
    corrected.assertSound(october, november, december);
  }

  /// The night comes late: 8 are owed at the end of October, and 4 more a second after it; 3 of the
  /// 8 are repaid by the night. Two months at once are billed as the second.
  @ParameterizedTest
  @CsvSource({
    "America/Los_Angeles, 1993-11-01T07:59:59Z, 1993-11-01T08:00:00Z",
    "UTC, 1993-10-31T23:59:59Z, 1993-11-01T00:00:00Z",
    "Asia/Tokyo, 1993-10-31T14:59:59Z, 1993-10-31T15:00:00Z"
  })
  void areThoseOfTheEndOfThePeriodThatAreStillOwed(String zone, String before, String after) {
    var catalog = CATALOG.replace("America/Los_Angeles", zone).replace("key: e", "key: f");
    corrected.applyCatalog(
        catalog.replace("customer: e", "customer: f").replace("key: ke", "key: kf"));
    use("f", "a", before, "8");
    use("f", "b", after, "4");
    corrected.applyCatalog(
        catalog
            .substring(catalog.indexOf("wallets:"))
            .replace("customer: e", "customer: f")
            .replace(
                "floor: -500}",
                "floor: -500, grants: [{key: g, kind: paid, amount: 3, from: 1993-10-01}]}"));
    var october = world.nightly(World.NOVEMBER);
    assertThat(world.lines()).containsExactly("debt 1993-10-01 10.00");
    var both = world.nightly(World.JANUARY);
    assertThat(world.lines()).containsExactly("debt 1993-10-01 10.00", "debt 1993-12-01 8.00");
    assertThat(left()).allMatch(credit -> credit.endsWith(" 0"));
    corrected.assertSound(october, both);
  }

  /// October was rated, and never billed: its 80 are November's alone.
  @Test
  void areNotBilledTwiceWhenAMonthWasRatedBefore() {
    use("e", "a", "1993-10-05T10:00:00Z", "80");
    world.runs().run(RunKind.RATE, World.NOVEMBER, List.of(), "");
    var november = world.nightly(World.DECEMBER);
    assertThat(world.lines()).containsExactly("debt 1993-11-01 160.00");
    corrected.assertSound(november);
  }

  /// 10 are used in October and forgiven as November begins; 7 are used after that, and 5 held
  /// since October. Nothing of it is October's debt.
  @Test
  void areNeitherForgivenNorOnlyHeld() {
    var november = Instant.parse("1993-11-01T07:00:00Z");
    use("e", "a", "1993-10-05T10:00:00Z", "10");
    settle("e", new Reset("r", november, "VC", Overage.FORGIVEN));
    settle(
        "e",
        new Hold(
            "h",
            november.minusSeconds(9),
            List.of("VC"),
            new BigDecimal("5"),
            Instant.parse("1993-12-31T00:00:00Z")));
    use("e", "b", "1993-11-01T10:00:00Z", "7");
    corrected.assertSound(world.nightly(World.NOVEMBER));
    assertThat(world.lines()).isEmpty();
    settle("e", new Capture("h", Instant.parse("1993-11-02T10:00:00Z"), new BigDecimal("4")));
    corrected.assertSound(world.nightly(World.DECEMBER));
    assertThat(world.lines()).containsExactly("debt 1993-11-01 22.00");
  }

  @Test
  void areBilledByOneOfTwoRateCards() {
    corrected.applyCatalog(
        """
        contracts:
          - key: ke2
            customer: e
            from: 1993-10-01
            rateCards:
              - {key: again, name: Owed, owed: VC, cadence: P1M, price: {unit: 2.00}}
        """);
    use("e", "a", "1993-10-05T10:00:00Z", "80");
    var october = world.nightly(World.NOVEMBER);
    assertThat(world.lines()).containsExactly("debt 1993-10-01 160.00");
    corrected.assertSound(october);
  }

  /// A paid grant repays 30 and ends; the usage is taken back after that. The 30 are the
  /// customer's.
  @Test
  void paidCreditThatRepaidAndComesBackAfterItsEndStaysTheCustomers() {
    use("e", "a", "1993-10-02T10:00:00Z", "30");
    corrected.applyCatalog(
        CATALOG.replace(
            "floor: -500}",
            "floor: -500, grants: [{key: g, kind: paid, amount: 30, from: 1993-10-01, to:"
                + " 1993-11-01}]}"));
    world.nightly(LocalDate.of(1993, 10, 15));
    assertThat(left()).containsExactly("g 0", "overdraft 0");
    world.nightly(World.NOVEMBER);
    settle(
        "e", new Reversal("r", Instant.parse("1993-11-05T10:00:00Z"), "a", new BigDecimal("30")));
    var november = world.nightly(World.DECEMBER);
    assertThat(left()).containsExactly("g 0", "g/returned/1 30", "overdraft 0");
    corrected.assertSound(november);
  }

  private void use(String owner, String key, String at, String amount) {
    settle(owner, new Usage(key, Instant.parse(at), List.of("VC"), new BigDecimal(amount)));
  }

  private void settle(String owner, WalletRequest request) {
    assertThat(corrected.settle(owner, request)).isInstanceOf(Settled.class);
  }

  private List<String> left() {
    return corrected.left("VC");
  }
}
