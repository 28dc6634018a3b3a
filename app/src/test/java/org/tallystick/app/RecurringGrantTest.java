package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tallystick.domain.wallet.WalletOutcome.Refused;
import org.tallystick.domain.wallet.WalletRequest;
import org.tallystick.domain.wallet.WalletRequest.Reset;
import org.tallystick.domain.wallet.WalletRequest.Reset.Overage;
import org.tallystick.domain.wallet.WalletRequest.Usage;
import org.tallystick.readers.CatalogRefused;
import org.tallystick.writers.wallet.GrantWriter;

/// Grants that are given again and again, and resets, in the tables.
class RecurringGrantTest {

  private static final String CATALOG =
      """
      customers:
        - {key: e, name: E, currency: USD, zone: UTC, subjects: [e]}
      contracts:
        - key: ke
          customer: e
          from: 1993-10-01
          rateCards:
            - {key: calls, name: Calls, meter: units, cadence: P1M, price: {unit: 1},
               credits: {unit: VC}}
      wallets:
        - customer: e
          unit: VC
          grants:
            - {key: g, kind: promotional, amount: AMOUNT, from: 1993-10-01, TERMS}
      """;

  private CorrectedWorld corrected;
  private World world;
  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void open() {
    corrected = new CorrectedWorld(directory);
    world = corrected.world();
  }

  @AfterEach
  void close() {
    corrected.close();
  }

  /// 4 of 10 are used on the first day; on the second there are 10, and not 16. What comes in late
  /// for the first finds what was left on that day.
  @Test
  void fillsUpAndDoesNotAddUp() {
    apply("10", "every: P1D");
    assertThat(use("a", "1993-10-01T12:00:00Z", "4")).isEqualTo("settled");
    assertThat(use("b", "1993-10-02T00:00:00Z", "10")).isEqualTo("settled");
    assertThat(use("c", "1993-10-02T23:59:59Z", "1"))
        .isEqualTo("not enough VC: 1 wanted, 0 available");
    assertThat(use("late", "1993-10-01T18:00:00Z", "5")).isEqualTo("settled");
    assertThat(use("d", "1993-10-04T00:00:00Z", "1")).isEqualTo("settled");
    assertThat(left()).containsExactly("g#1 1", "g#2 0", "g#3 10", "g#4 9");
    corrected.assertSound();
  }

  /// One night bills two months: each draws on the grant of its own, and what was left of them
  /// lapses.
  @Test
  void giveEachMonthItsOwn() {
    apply("100", "every: P1M, to: 1993-12-01");
    corrected.importLines("a.csv", "a,e,1993-10-05T10:00:00Z,80", "b,e,1993-11-05T10:00:00Z,90");
    var run = world.nightly(World.DECEMBER);
    assertThat(world.lines()).containsExactly("calls 1993-10-01 80", "calls 1993-11-01 90");
    assertThat(moved())
        .containsExactly(
            "g#1 drawdown -80",
            "g#1 expiry -20",
            "g#1 grant 100",
            "g#2 drawdown -90",
            "g#2 expiry -10",
            "g#2 grant 100");
    assertThat(world.nightly(World.JANUARY).message()).isEmpty();
    assertThat(left()).containsExactly("g#1 0", "g#2 0");
    corrected.assertSound(run);
  }

  /// The night gives what nobody asked for, and ends what is over; voided, what is left is taken
  /// and no more is given.
  @Test
  void endsWhenItIsVoided() {
    apply("100", "every: P1M");
    world.nightly(World.NOVEMBER);
    assertThat(left()).containsExactly("g#1 0", "g#2 100");
    var grants = new GrantWriter(world.get(DataSource.class));
    var taken =
        transaction()
            .execute(_ -> {
              var wallet = grants.lock("e", "VC").orElseThrow();
              return grants.voidGrant(wallet, "g", "test", Instant.EPOCH).orElseThrow();
            });
    assertThat(taken).isEqualByComparingTo("100");
    world.nightly(World.JANUARY);
    assertThat(left()).containsExactly("g#1 0", "g#2 0");
    corrected.assertSound();
  }

  /// A fee in advance draws on what begins with its month, west of Greenwich too.
  @Test
  void isThereForAFeeInAdvance() {
    corrected.applyCatalog(
        catalog("100", "every: P1M")
            .replace("zone: UTC", "zone: America/Los_Angeles")
            .replace("meter: units", "fee: in-advance")
            .replace("{unit: 1}", "{flat: 60}"));
    world.nightly(World.OCTOBER);
    var run = world.nightly(World.NOVEMBER);
    assertThat(left()).containsExactly("g#1 0", "g#2 40");
    assertThat(world.lines()).containsExactly("calls 1993-10-01 60", "calls 1993-11-01 60");
    corrected.assertSound(run);
  }

  @Test
  void isNoGrantThatIsGivenOnceUnderTheSameKey() {
    apply("100", "priority: 0");
    assertThatThrownBy(() -> apply("100", "every: P1M"))
        .hasMessageContaining("cannot be changed once applied");
    var other = catalog("7", "every: P1M").replace("VC", "emu");
    corrected.applyCatalog(other.substring(other.indexOf("wallets:")));
    assertThatThrownBy(() ->
            corrected.applyCatalog(
                other.substring(other.indexOf("wallets:")).replace(", every: P1M", "")))
        .hasMessageContaining("cannot be changed once applied");
    var slash = other.substring(other.indexOf("wallets:")).replace("emu", "tok");
    assertThatThrownBy(() -> corrected.applyCatalog(slash.replace("key: g", "key: g/1")))
        .hasMessageContaining("expected letters, digits, '.', '_' and '-'");
  }

  @Test
  void isWhatItWasDeclaredTo() {
    apply("100", "every: P1M");
    apply("100", "every: P1M");
    var all = "cannot be changed once applied";
    assertThatThrownBy(() -> apply("101", "every: P1M")).hasMessageContaining(all);
    assertThatThrownBy(() -> apply("100", "every: P1W")).hasMessageContaining(all);
    assertThatThrownBy(() -> apply("100", "every: P1M, rollover: {max: 5}"))
        .hasMessageContaining(all);
    assertThatThrownBy(
            () -> corrected.applyCatalog(catalog("1", "every: P1M").replace("key: g", "key: h")))
        .isInstanceOf(CatalogRefused.class)
        .hasMessageContaining("grant g cannot be taken away");
    assertThatThrownBy(() -> apply("100", "every: PT59M"))
        .hasMessageContaining("every must be an hour or more, was PT59M");
    assertThatThrownBy(() -> apply("100", "every: P0D"))
        .hasMessageContaining("every must be positive, was PT0S");
    assertThatThrownBy(() -> apply("100", "rollover: {min: 6, max: 5}"))
        .hasMessageContaining(
            "rollover expects a min from zero up and a max from there, found 6 to 5");
  }

  /// 60 of 100 are used, and a reset leaves at most 30 of the 40; of none, at least 20.
  @Test
  void keepsAtAResetWhatTheGrantMay() {
    apply("100", "rollover: {min: 20, max: 30}");
    use("a", "1993-10-02T00:00:00Z", "60");
    assertThat(settle(reset("r", "1993-11-01T00:00:00Z", Overage.KEPT))).isEqualTo("settled");
    assertThat(left()).containsExactly("g 30");
    use("b", "1993-11-02T00:00:00Z", "30");
    assertThat(settle(reset("s", "1993-12-01T00:00:00Z", Overage.FORGIVEN))).isEqualTo("settled");
    assertThat(left()).containsExactly("g 20");
    assertThat(settle(reset("r", "1993-12-02T00:00:00Z", Overage.KEPT))).isEqualTo("repeated");
    assertThat(settle(reset("r", "1993-12-02T00:00:00Z", Overage.FORGIVEN)))
        .isEqualTo("key r was used before, for a reset of 0 in VC");
    assertThat(left()).containsExactly("g 20");
    corrected.assertSound();
  }

  private void apply(String amount, String terms) {
    corrected.applyCatalog(catalog(amount, terms));
  }

  private static String catalog(String amount, String terms) {
    return CATALOG.replace("AMOUNT", amount).replace("TERMS", terms);
  }

  private String use(String key, String at, String amount) {
    return settle(new Usage(key, Instant.parse(at), List.of("VC"), new BigDecimal(amount)));
  }

  private static Reset reset(String key, String at, Overage overage) {
    return new Reset(key, Instant.parse(at), "VC", overage);
  }

  private String settle(WalletRequest request) {
    var outcome = corrected.settle("e", request);
    return outcome instanceof Refused refused
        ? refused.message()
        : outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private TransactionTemplate transaction() {
    return new TransactionTemplate(world.get(PlatformTransactionManager.class));
  }

  private List<String> left() {
    return corrected.left("VC").stream().filter(left -> !left.startsWith("overdraft")).toList();
  }

  private List<String> moved() {
    return world
        .jdbc()
        .sql(
            """
            select g.key || ' ' || m.kind || ' ' || trim_scale(m.amount)
              from wallet_movement m join wallet_grant g on g.id = m.grant_id order by 1\
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }
}
