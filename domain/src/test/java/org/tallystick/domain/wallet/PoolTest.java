package org.tallystick.domain.wallet;

import static java.math.BigDecimal.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The worked figures of docs/concepts/wallets.md, and requests and facts at the floor.
class PoolTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-06-01T00:00:00Z");

  /// A contract of 100 credits for one kind of machine and 50 for another.
  @Test
  void settlesAContractsStory() {
    var qpu = pool(wallet("0", credit("qpu", 0, Instant.MAX, "100")));
    var emu = pool(wallet("0", credit("emu", 0, Instant.MAX, "50")));
    var first = qpu.request(dec("10"), NOW).orElseThrow();
    assertThat(left(qpu)).isEqualTo("90");
    var captured = qpu.capture(dec("9.6"), NOW, first);
    assertThat(Wallet.sum(captured.freed())).isEqualByComparingTo("-10");
    assertThat(Wallet.sum(captured.taken())).isEqualByComparingTo("9.6");
    assertThat(left(qpu)).isEqualTo("90.4");
    emu.capture(dec("0.75"), NOW, emu.request(ZERO, NOW).orElseThrow());
    assertThat(left(emu)).isEqualTo("49.25");
    qpu.capture(ZERO, NOW, qpu.request(ZERO, NOW).orElseThrow());
    assertThat(qpu.request(dec("100"), NOW)).isEmpty();
    assertThat(left(qpu)).isEqualTo("90.4");
    var held = qpu.request(dec("20"), NOW).orElseThrow();
    assertThat(left(qpu)).isEqualTo("70.4");
    qpu.giveBack(dec("20"), held);
    assertThat(left(qpu)).isEqualTo("90.4");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # floor | balance | request | is taken
          100  | 80 | 100  | false
          -100 | 80 | 100  | true
          -100 | 80 | 200  | false
          -100 | 80 | 180  | true
          -100 | 80 | 180.01 | false
          0    | 80 | 80   | true
          0    | 80 | 80.01 | false
          100  | 180 | 80  | true
          100  | 180 | 80.01 | false
          100  | 80 | 0    | true
          0    | 0  | 0    | true
          """,
      delimiter = '|')
  void refusesARequestThatWouldCrossTheFloor(
      String floor, String balance, BigDecimal amount, boolean isTaken) {
    var pool = pool(wallet(floor, credit("a", 0, Instant.MAX, balance)));
    assertThat(pool.request(amount, NOW).isPresent()).isEqualTo(isTaken);
    assertThat(pool.wallets().getFirst().available(NOW))
        .isEqualByComparingTo(isTaken ? dec(balance).subtract(amount) : dec(balance));
  }

  /// 30 on credit, then 50: 80 are owed. A top-up of 100 repays them.
  @Test
  void owesDownToTheFloorAndRepaysFromWhatComes() {
    var wallet = wallet("-500");
    var pool = pool(wallet);
    assertThat(pool.request(dec("30"), NOW)).isPresent();
    assertThat(pool.request(dec("50"), NOW)).isPresent();
    assertThat(left(pool)).isEqualTo("-80");
    var credits = new ArrayList<>(wallet.credits());
    credits.add(credit("top-up", 0, Instant.MAX, "100"));
    var topped = new Wallet(wallet.id(), dec("-500"), credits);
    assertThat(topped.evenOut(NOW, List.of()))
        .extracting(PoolTest::shown)
        .containsExactly("top-up 80", "overdraft -80");
    assertThat(topped.evenOut(NOW, List.of())).isEmpty();
    assertThat(topped.available(NOW)).isEqualByComparingTo("20");
  }

  /// Finished work is billed: 15 of 10, then nothing more is lent.
  @Test
  void takesAFactBelowTheFloorAndThenRefusesRequests() {
    var pool = pool(wallet("0", credit("a", 0, Instant.MAX, "10")));
    var held = pool.request(dec("10"), NOW).orElseThrow();
    var captured = pool.capture(dec("15"), NOW, held);
    assertThat(captured.taken()).extracting(PoolTest::shown).containsExactly("a 10", "overdraft 5");
    assertThat(left(pool)).isEqualTo("-5");
    assertThat(pool.request(dec("0.01"), NOW)).isEmpty();
    assertThat(pool.request(ZERO, NOW)).isPresent();
  }

  @Test
  void drawsItsOwnWalletAndThenTheShared() {
    var own = wallet("0", credit("own", 0, Instant.MAX, "10"));
    var shared = wallet("2", credit("shared", 0, Instant.MAX, "10"));
    var pool = new Pool(List.of(own, shared));
    assertThat(pool.request(dec("18.01"), NOW)).isEmpty();
    var held = pool.request(dec("15"), NOW).orElseThrow();
    assertThat(held).extracting(PoolTest::shown).containsExactly("own 10", "shared 5");
    var captured = pool.capture(dec("25"), NOW, held);
    assertThat(captured.freed())
        .extracting(PoolTest::shown)
        .containsExactly("shared -5", "own -10");
    assertThat(captured.taken())
        .extracting(PoolTest::shown)
        .containsExactly("own 10", "shared 5", "shared 3", "overdraft 7");
    assertThat(own.available(NOW)).isEqualByComparingTo("-7");
    assertThat(shared.available(NOW)).isEqualByComparingTo("2");
  }

  /// A hold pins its grant past the expiry; what it doesn't need is not available any more.
  @Test
  void aHoldPinsItsGrant() {
    var wallet = wallet("0", credit("a", 0, LATER, "10"), credit("b", 1, Instant.MAX, "10"));
    var pool = pool(wallet);
    var held = pool.request(dec("6"), NOW).orElseThrow();
    assertThat(wallet.available(LATER)).isEqualByComparingTo("10");
    var captured = pool.capture(dec("5"), LATER, held);
    assertThat(captured.taken()).extracting(PoolTest::shown).containsExactly("a 5");
    assertThat(wallet.available(LATER)).isEqualByComparingTo("10");
    assertThat(wallet.credits().getFirst().balance()).isEqualByComparingTo("5");
  }

  @Test
  void givesBackInReverseOrderUpToTheOriginal() {
    var wallet = wallet("0", credit("a", 0, Instant.MAX, "4"), credit("b", 1, Instant.MAX, "10"));
    var pool = pool(wallet);
    var used = new ArrayList<>(pool.request(dec("9"), NOW).orElseThrow());
    for (var amount : List.of("3", "3", "100")) {
      used.addAll(pool.giveBack(dec(amount), List.copyOf(used)));
    }
    assertThat(used)
        .extracting(PoolTest::shown)
        .containsExactly("a 4", "b 5", "b -3", "b -2", "a -1", "a -3");
    assertThat(wallet.available(NOW)).isEqualByComparingTo("14");
  }

  /// 5 were owed, and grant b repaid them; when the usage is taken back, b has them again.
  @Test
  void givesWhatWasRepaidBackToWhatRepaidIt() {
    var wallet = wallet("-10");
    var used = pool(wallet).request(dec("5"), NOW).orElseThrow();
    var credits = new ArrayList<>(wallet.credits());
    credits.add(credit("b", 0, Instant.MAX, "7"));
    var topped = new Wallet(wallet.id(), dec("-10"), credits);
    var repaid =
        topped.evenOut(NOW, List.of()).stream()
            .filter(d -> d.grant().kind() == Grant.Kind.PAID)
            .toList();
    assertThat(topped.available(NOW)).isEqualByComparingTo("2");
    assertThat(pool(topped).giveBack(dec("5"), used))
        .extracting(PoolTest::shown)
        .containsExactly("overdraft -5");
    assertThat(topped.evenOut(NOW, repaid))
        .extracting(PoolTest::shown)
        .containsExactly("b -5", "overdraft 5");
    assertThat(topped.available(NOW)).isEqualByComparingTo("7");
  }

  /// Against one number a pool: what is available, and what each hold set aside.
  @Test
  void countsLikeOneNumber() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(80);
    for (int i = 0; i < 5_000; i++) {
      int floor = random.nextInt(-30, 10);
      var pool = pool(wallet(String.valueOf(floor), randomCredits(random)));
      int available = pool.wallets().getFirst().available(NOW).intValueExact();
      var holds = new ArrayDeque<List<Drawdown>>();
      for (int n = 0; n < 20; n++) {
        int amount = random.nextInt(0, 25);
        if (random.nextBoolean() || holds.isEmpty()) {
          var held = pool.request(BigDecimal.valueOf(amount), NOW);
          assertThat(held.isPresent()).isEqualTo(amount <= Math.max(0, available - floor));
          available -= held.isPresent() ? amount : 0;
          held.ifPresent(holds::add);
        } else {
          var held = holds.remove();
          available += Wallet.sum(held).intValueExact() - amount;
          pool.capture(BigDecimal.valueOf(amount), NOW, held);
        }
        assertThat(pool.wallets().getFirst().available(NOW))
            .isEqualByComparingTo(dec(available + ""));
      }
    }
  }

  @Test
  void refusesAWalletWithoutAnOverdraft() {
    assertThatThrownBy(() -> new Wallet(new UUID(0, 7), ZERO, List.of()))
        .hasMessage("wallet 00000000-0000-0000-0000-000000000007 has no overdraft");
    assertThatThrownBy(() -> new Pool(List.of())).hasMessage("pool has no wallets");
  }

  private static Credit[] randomCredits(RandomGenerator random) {
    var credits = new Credit[random.nextInt(0, 4)];
    for (int n = 0; n < credits.length; n++) {
      credits[n] =
          credit("g" + n, random.nextInt(0, 2), Instant.MAX, String.valueOf(random.nextInt(0, 40)));
    }
    return credits;
  }

  private static String left(Pool pool) {
    return pool.wallets().getFirst().available(NOW).stripTrailingZeros().toPlainString();
  }

  private static String shown(Drawdown drawdown) {
    return drawdown.grant().key() + " " + drawdown.amount().stripTrailingZeros().toPlainString();
  }

  private static Pool pool(Wallet wallet) {
    return new Pool(List.of(wallet));
  }

  private static Wallet wallet(String floor, Credit... credits) {
    var all = new ArrayList<>(List.of(credits));
    all.add(
        Grants.of("overdraft", Grant.Kind.OVERDRAFT, Integer.MAX_VALUE, Instant.MAX)
            .withBalance(ZERO));
    return new Wallet(UUID.randomUUID(), dec(floor), all);
  }

  private static Credit credit(String key, int priority, Instant expires, String balance) {
    return Grants.of(key, Grant.Kind.PAID, priority, expires).withBalance(dec(balance));
  }

  private static BigDecimal dec(String value) {
    return new BigDecimal(value);
  }
}
