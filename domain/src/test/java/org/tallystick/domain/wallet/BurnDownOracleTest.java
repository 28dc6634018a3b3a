package org.tallystick.domain.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tallystick.domain.time.Cadence;
import org.tallystick.domain.time.ServicePeriod;
import org.tallystick.domain.wallet.BurnDown.Reset;
import org.tallystick.domain.wallet.BurnDown.Turn;
import org.tallystick.domain.wallet.BurnDown.Usage;
import org.tallystick.domain.wallet.BurnDown.Voiding;
import org.threeten.extra.PeriodDuration;

/// Random lives of a wallet, against one that is lived minute by minute in whole units.
class BurnDownOracleTest {

  private static final Instant START = Instant.parse("2025-03-01T00:00:00Z");
  private static final int MINUTES = 60;

  @Test
  void burnsLikeCountedUnitsMinuteByMinute() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(70);
    for (int i = 0; i < 20_000; i++) {
      var life = Life.random(random);
      var last =
          life.burnDown().segments(new ServicePeriod(at(0), at(MINUTES)), life.cuts()).getLast();
      var counted = new Counted(life.grants());
      for (int minute = 0; minute < MINUTES; minute++) {
        counted.live(minute, life);
      }
      for (var credit : last.atEnd()) {
        int n = Integer.parseInt(credit.grant().key());
        assertThat(credit.balance()).as("life %s", life).isEqualByComparingTo(counted.left(n));
      }
      assertThat(last.balance()).as("life %s", life).isEqualByComparingTo(counted.balance());
      assertThat(last.overage()).as("life %s", life).isEqualByComparingTo(counted.overage());
    }
  }

  @Test
  void whatIsLeftIsWhatWasThereLessWhatBurnt() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(71);
    for (int i = 0; i < 5_000; i++) {
      var life = Life.random(random);
      var overage = BigDecimal.ZERO;
      for (var segment : life.burnDown().segments(new ServicePeriod(at(0), at(60)), life.cuts())) {
        var burnt =
            segment.burnt().stream().map(Drawdown::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(segment.balanceAtStart().subtract(burnt))
            .isEqualByComparingTo(segment.balance());
        assertThat(burnt.add(segment.overage()).subtract(segment.usage()))
            .isBetween(BigDecimal.ZERO, overage);
        overage = segment.overage();
      }
    }
  }

  private static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  /// The order of `grants` is no order that they burn in.
  private record Life(
      List<Terms> grants, List<Integer> usage, List<Turn> turns, List<Instant> cuts) {

    static Life random(RandomGenerator random) {
      int count = random.nextInt(1, 5);
      var grants = IntStream.range(0, count).mapToObj(n -> Terms.random(n, random)).toList();
      int density = random.nextInt(1, 20);
      var usage =
          IntStream.range(0, MINUTES)
              .mapToObj(_ -> random.nextInt(20) < density ? random.nextInt(0, 6) : 0)
              .toList();
      var turns = new ArrayList<Turn>();
      for (int n = random.nextInt(0, 3); n > 0; n--) {
        turns.add(new Reset(at(20 * n + random.nextInt(0, 10)), random.nextBoolean()));
      }
      if (random.nextBoolean()) {
        int voided = random.nextInt(0, count);
        turns.add(new Voiding(at(random.nextInt(0, MINUTES)), new UUID(0, voided)));
      }
      var cuts = IntStream.range(0, random.nextInt(0, 4)).mapToObj(n -> at(13 * n)).toList();
      return new Life(grants, usage, turns, cuts);
    }

    BurnDown burnDown() {
      var used =
          IntStream.range(0, MINUTES)
              .mapToObj(m -> new Usage(at(m).plusSeconds(m % 60), BigDecimal.valueOf(usage.get(m))))
              .toList();
      return new BurnDown(grants.stream().map(Terms::grant).toList(), used, turns);
    }
  }

  private record Terms(
      int number, int priority, int from, int to, int amount, int every, int min, int max) {

    static Terms random(int number, RandomGenerator random) {
      int from = random.nextInt(-5, MINUTES - 1);
      int amount = random.nextInt(1, 60);
      int max = random.nextInt(0, amount + 1);
      return new Terms(
          number,
          random.nextInt(0, 2),
          from,
          random.nextInt(from + 1, MINUTES + 5),
          amount,
          random.nextInt(0, 20),
          random.nextInt(0, max + 1),
          max);
    }

    Grant grant() {
      var anchor = LocalDateTime.ofInstant(at(from), ZoneOffset.UTC);
      var recurrence =
          every == 0
              ? Optional.<Cadence>empty()
              : Optional.of(
                  new Cadence(
                      anchor, PeriodDuration.of(Duration.ofMinutes(every)), ZoneOffset.UTC));
      var allowance =
          new Allowance(
              BigDecimal.valueOf(amount),
              recurrence,
              BigDecimal.valueOf(min),
              BigDecimal.valueOf(max));
      return new Grant(
          new UUID(0, number),
          String.valueOf(number),
          Grant.Kind.PAID,
          priority,
          at(from),
          at(to),
          at(from),
          Set.of(),
          allowance);
    }
  }

  /// The same by counting: -1 is a grant that is not in force.
  private static final class Counted {

    private final List<Terms> grants;
    private final int[] left;
    private final boolean[] isVoided;
    private int overage;

    Counted(List<Terms> grants) {
      this.grants = grants;
      this.left = new int[grants.size()];
      this.isVoided = new boolean[grants.size()];
      Arrays.fill(left, -1);
    }

    void live(int minute, Life life) {
      for (var turn : life.turns) {
        if (turn.at().equals(at(minute))) {
          turn(turn);
        }
      }
      for (var g : grants) {
        int n = g.number;
        boolean isIn = g.from <= minute && minute < g.to && !isVoided[n];
        boolean isFilled = g.every > 0 && (minute - g.from) % g.every == 0;
        if (!isIn) {
          left[n] = -1;
        } else if (left[n] < 0 || isFilled) {
          left[n] = g.amount;
        }
      }
      burnOverage();
      burn(life.usage.get(minute));
    }

    private void turn(Turn turn) {
      switch (turn) {
        case Voiding(_, var id) -> isVoided[(int) id.getLeastSignificantBits()] = true;
        case Reset(_, var isKept) -> {
          for (var g : grants) {
            if (left[g.number] >= 0) {
              left[g.number] = Math.min(g.max, Math.max(g.min, left[g.number]));
            }
          }
          if (isKept) {
            burnOverage();
          } else {
            overage = 0;
          }
        }
      }
    }

    /// Unit by unit.
    private void burn(int units) {
      for (int unit = 0; unit < units; unit++) {
        if (!burnOne()) {
          overage++;
        }
      }
    }

    private void burnOverage() {
      while (overage > 0 && burnOne()) {
        overage--;
      }
    }

    private boolean burnOne() {
      int first = first();
      if (first >= 0) {
        left[first]--;
      }
      return first >= 0;
    }

    /// Of the smallest priority, then expiry, then beginning, then key; -1 if nothing is left.
    private int first() {
      int first = -1;
      for (var g : grants) {
        if (left[g.number] > 0 && (first < 0 || isBefore(g, grants.get(first)))) {
          first = g.number;
        }
      }
      return first;
    }

    private static boolean isBefore(Terms a, Terms b) {
      return Arrays.compare(
              new int[] {a.priority, a.to, a.from, a.number},
              new int[] {b.priority, b.to, b.from, b.number})
          < 0;
    }

    BigDecimal left(int n) {
      return BigDecimal.valueOf(left[n]);
    }

    BigDecimal balance() {
      return BigDecimal.valueOf(Arrays.stream(left).filter(units -> units > 0).sum());
    }

    BigDecimal overage() {
      return BigDecimal.valueOf(overage);
    }
  }
}
