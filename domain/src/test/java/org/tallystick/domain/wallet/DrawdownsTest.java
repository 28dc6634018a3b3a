package org.tallystick.domain.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge;
import org.tallystick.domain.catalog.RateCard.Charge.Fee;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.time.ServicePeriod;

class DrawdownsTest {

  private static final Instant STARTS = Instant.parse("1993-10-01T07:00:00Z");
  private static final Instant ENDS = Instant.parse("1993-11-01T08:00:00Z");
  private static final Instant LATER = Instant.parse("1994-01-01T08:00:00Z");
  private static final ServicePeriod OCTOBER = new ServicePeriod(STARTS, ENDS);
  private static final RateCard USED = card(new Usage("node-hours"));

  @Test
  void burnsByPriorityThenExpiryThenCreationThenKey() {
    var expected =
        List.of(
            grant("priority", 1, STARTS, LATER.plusSeconds(9), "1"),
            grant("expiry", 2, STARTS, ENDS, "1"),
            grant("creation", 2, STARTS.minusSeconds(1), LATER, "1"),
            grant("key-a", 2, STARTS, LATER, "1"),
            grant("key-b", 2, STARTS, LATER, "1"));
    var random = random(50);
    for (int i = 0; i < 200; i++) {
      var available = new ArrayList<>(expected);
      Collections.shuffle(available, Random.from(random));
      var drawn = new Drawdowns(available).draw(dec("5"), USED, OCTOBER);
      assertThat(drawn.stream().map(drawdown -> drawdown.grant().key()))
          .containsExactly("priority", "expiry", "creation", "key-a", "key-b");
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # amount | from the first | from the second
          0      | 0     | 0
          0.01   | 0.01  | 0
          9.99   | 9.99  | 0
          10     | 10    | 0
          10.01  | 10    | 0.01
          14.99  | 10    | 4.99
          15     | 10    | 5
          15.01  | 10    | 5
          1e30   | 10    | 5
          """,
      delimiter = '|')
  void drawsNoMoreThanThereIs(BigDecimal amount, BigDecimal first, BigDecimal second) {
    var a = grant("a", 1, STARTS, LATER, "10");
    var b = grant("b", 2, STARTS, LATER, "5");
    var drawn = new Drawdowns(List.of(b, a)).draw(amount, USED, OCTOBER);
    assertThat(drawnFrom(a, drawn)).isEqualByComparingTo(first);
    assertThat(drawnFrom(b, drawn)).isEqualByComparingTo(second);
    assertThat(drawn).allMatch(drawdown -> drawdown.amount().signum() > 0);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # effective          | expires              | usage | in arrears | in advance
          1993-10-01T07:00:00Z | 1993-11-01T08:00:00Z | true  | true  | true
          1993-10-01T07:00:00Z | 1993-11-01T07:59:59Z | false | false | true
          1993-10-01T07:00:00Z | 1993-11-01T08:00:01Z | true  | true  | true
          1993-10-01T07:00:01Z | 1994-01-01T08:00:00Z | true  | true  | false
          1993-10-01T06:59:59Z | 1993-10-01T07:00:01Z | false | false | true
          1993-10-01T06:59:59Z | 1993-10-01T07:00:00Z | false | false | false
          1993-11-01T07:59:59Z | 1994-01-01T08:00:00Z | true  | true  | false
          1993-11-01T08:00:00Z | 1994-01-01T08:00:00Z | false | false | false
          """,
      delimiter = '|')
  void coversByTheLastInstantOrTheFirstForAFeeInAdvance(
      Instant effective, Instant expires, boolean usage, boolean arrears, boolean advance) {
    var grant = grant("a", 1, effective, expires, "10");
    var terms = grant.grant();
    assertThat(terms.covers(USED, OCTOBER)).isEqualTo(usage);
    assertThat(terms.covers(card(new Fee(false, BigDecimal.ONE)), OCTOBER)).isEqualTo(arrears);
    assertThat(terms.covers(card(new Fee(true, BigDecimal.ONE)), OCTOBER)).isEqualTo(advance);
    var drawn = new Drawdowns(List.of(grant)).draw(BigDecimal.ONE, USED, OCTOBER);
    assertThat(drawn).hasSize(usage ? 1 : 0);
  }

  @Test
  void settlesOnlyTheItemsItIsFor() {
    var grant = grant("a", 1, OCTOBER.starts(), OCTOBER.ends(), "10");
    for (var items : List.of(Set.of("node-hours"), Set.of("support", "node-hours"))) {
      assertThat(scoped(grant, items).grant().covers(USED, OCTOBER)).isTrue();
    }
    var other = new Drawdowns(List.of(scoped(grant, Set.of("support"))));
    assertThat(other.draw(BigDecimal.ONE, USED, OCTOBER)).isEmpty();
  }

  private static Credit scoped(Credit credit, Set<String> items) {
    var grant = credit.grant();
    return new Grant(
            grant.id(),
            grant.key(),
            grant.kind(),
            grant.priority(),
            grant.effective(),
            grant.expires(),
            grant.created(),
            items,
            grant.allowance())
        .withBalance(credit.balance());
  }

  @Test
  void passesOverAGrantThatDoesNotCover() {
    var expired = grant("expired", 1, STARTS, ENDS.minusSeconds(1), "10");
    var valid = grant("valid", 2, STARTS, ENDS, "10");
    var wallet = new Drawdowns(List.of(expired, valid));
    var drawn = wallet.draw(dec("4"), USED, OCTOBER);
    assertThat(drawn).containsExactly(new Drawdown(valid.grant(), dec("4")));
    assertThat(wallet.credits()).containsExactly(expired, valid.grant().withBalance(dec("6")));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # given back | to the first | to the second
          0      | 0    | 0
          0.01   | 0    | 0.01
          5      | 0    | 5
          5.01   | 0.01 | 5
          14.99  | 9.99 | 5
          15     | 10   | 5
          15.01  | 10   | 5
          """,
      delimiter = '|')
  void givesBackLastDrawnFirst(BigDecimal amount, BigDecimal first, BigDecimal second) {
    var a = grant("a", 1, STARTS, LATER, "0");
    var b = grant("b", 2, STARTS, LATER, "0");
    var before = List.of(new Drawdown(a.grant(), dec("10")), new Drawdown(b.grant(), dec("5")));
    var wallet = new Drawdowns(List.of(a, b));
    var given = wallet.giveBack(amount, before);
    assertThat(drawnFrom(a, given).negate()).isEqualByComparingTo(first);
    assertThat(drawnFrom(b, given).negate()).isEqualByComparingTo(second);
    assertThat(wallet.credits())
        .extracting(Credit::balance)
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(first, second);
  }

  @Test
  void givesBackOnceWhatWasGivenBackBefore() {
    var a = grant("a", 1, STARTS, LATER, "4");
    var before = List.of(new Drawdown(a.grant(), dec("10")), new Drawdown(a.grant(), dec("-4")));
    var wallet = new Drawdowns(List.of(a));
    assertThat(wallet.giveBack(dec("100"), before))
        .containsExactly(new Drawdown(a.grant(), dec("-6")));
    assertThat(wallet.credits()).containsExactly(a.grant().withBalance(dec("10")));
  }

  @Test
  void givesBackToAGrantThatHasExpired() {
    var expired = grant("a", 1, STARTS, ENDS.minusSeconds(1), "0");
    var wallet = new Drawdowns(List.of(expired));
    assertThat(wallet.giveBack(dec("3"), List.of(new Drawdown(expired.grant(), dec("3")))))
        .containsExactly(new Drawdown(expired.grant(), dec("-3")));
    assertThat(wallet.credits()).containsExactly(expired.grant().withBalance(dec("3")));
    assertThat(wallet.draw(dec("3"), USED, OCTOBER)).isEmpty();
  }

  @Test
  void drawsAndGivesBackLikeCountedCents() {
    var random = random(51);
    for (int i = 0; i < 20_000; i++) {
      var cents = new CountedCents(random.longs(random.nextInt(1, 5), 0, 2_000).toArray());
      var wallet = new Drawdowns(cents.grants());
      var history = new ArrayList<Drawdown>();
      for (int n = random.nextInt(1, 8); n > 0; n--) {
        long amount = random.nextLong(0, 3_000);
        if (random.nextBoolean()) {
          cents.draw(amount);
          history.addAll(wallet.draw(BigDecimal.valueOf(amount, 2), USED, OCTOBER));
        } else {
          cents.giveBack(amount);
          history.addAll(wallet.giveBack(BigDecimal.valueOf(amount, 2), List.copyOf(history)));
        }
        cents.assertDrawn(history, wallet.credits());
      }
    }
  }

  /// The same in whole cents: what each grant had and what of it was drawn, in burn order.
  private static final class CountedCents {

    private final long[] granted;
    private final long[] drawn;

    CountedCents(long[] granted) {
      this.granted = granted;
      this.drawn = new long[granted.length];
    }

    List<Credit> grants() {
      return IntStream.range(0, granted.length)
          .mapToObj(n -> grant("g" + n, n, STARTS, LATER, "0"))
          .map(Credit::grant)
          .map(grant -> grant.withBalance(BigDecimal.valueOf(granted[grant.priority()], 2)))
          .toList();
    }

    void draw(long amount) {
      long left = amount;
      for (int n = 0; n < granted.length; n++) {
        long share = Math.min(left, granted[n] - drawn[n]);
        drawn[n] += share;
        left -= share;
      }
    }

    void giveBack(long amount) {
      long left = amount;
      for (int n = granted.length - 1; n >= 0; n--) {
        long share = Math.min(left, drawn[n]);
        drawn[n] -= share;
        left -= share;
      }
    }

    void assertDrawn(List<Drawdown> history, List<Credit> left) {
      for (var grant : grants()) {
        int n = grant.grant().priority();
        assertThat(drawnFrom(grant, history)).isEqualByComparingTo(BigDecimal.valueOf(drawn[n], 2));
        assertThat(left.get(n).balance())
            .isEqualByComparingTo(BigDecimal.valueOf(granted[n] - drawn[n], 2));
      }
    }
  }

  private static BigDecimal drawnFrom(Credit credit, List<Drawdown> drawdowns) {
    return drawdowns.stream()
        .filter(drawdown -> drawdown.grant().equals(credit.grant()))
        .map(Drawdown::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static RateCard card(Charge charge) {
    return RateCard.monthly("node-hours", "Node-hours", charge, new PerUnit(BigDecimal.ONE));
  }

  private static Credit grant(
      String key, int priority, Instant effective, Instant expires, String balance) {
    var id = UUID.nameUUIDFromBytes(key.getBytes(UTF_8));
    return new Grant(
            id,
            key,
            Grant.Kind.PAID,
            priority,
            effective,
            expires,
            effective,
            Set.of(),
            Allowance.once(BigDecimal.TEN))
        .withBalance(dec(balance));
  }

  private static BigDecimal dec(String value) {
    return new BigDecimal(value);
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
