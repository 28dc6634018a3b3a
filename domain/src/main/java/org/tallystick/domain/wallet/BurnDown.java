package org.tallystick.domain.wallet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.tallystick.domain.time.ServicePeriod;

/// How usage burns grants down over a time, told again from its facts: late usage changes all that
/// comes after it.
///
/// The time is cut into segments where a grant begins or ends, is filled up again or voided, and at
/// each reset. In a segment the same grants are in force: what it used, and what is still uncovered
/// from before, burns them in their order; what they can't cover is overage and goes on to the next
/// segment. Of 100 until the 20th, 50 until the 10th and, from the 5th, 80 that burn last, 40 used
/// before the 5th leave 100 and 10; 30 more before the 10th 80, 0 and 80.
///
/// Semantics: docs/concepts/wallets.md.
public final class BurnDown {

  private final List<Grant> grants;
  private final List<Usage> usage;
  private final List<Turn> turns;

  /// Over the grants, the usage and the turns of one wallet, each in any order.
  public BurnDown(
      Collection<Grant> grants, Collection<Usage> usage, Collection<? extends Turn> turns) {
    this.grants = grants.stream().sorted(Grant.BURN_ORDER).toList();
    this.usage = List.copyOf(usage);
    this.turns = List.copyOf(turns);
  }

  /// So much used at an instant; negative if it was taken back.
  public record Usage(Instant at, BigDecimal amount) {}

  /// What turns a wallet's course, beside its grants' own terms.
  public sealed interface Turn {
    Instant at();
  }

  /// A usage period ends and the next begins: each grant in force keeps of its balance what it may.
  /// The overage is forgiven, or burns at once what the grants kept.
  public record Reset(Instant at, boolean isOverageKept) implements Turn {}

  /// A grant gives no more. What it gave before stays given.
  public record Voiding(Instant at, UUID grant) implements Turn {}

  /// A time in which the same grants were in force. `atStart`, `burnt` and `atEnd` say what each of
  /// them had, gave and kept, in burn order; `usage` is that of the segment alone, `overage` what
  /// is uncovered at its end.
  public record Segment(
      ServicePeriod period,
      BigDecimal usage,
      BigDecimal overage,
      List<Credit> atStart,
      List<Drawdown> burnt,
      List<Credit> atEnd) {

    /// What is left at its end.
    public BigDecimal balance() {
      return sum(atEnd);
    }

    public BigDecimal balanceAtStart() {
      return sum(atStart);
    }

    private static BigDecimal sum(List<Credit> credits) {
      return credits.stream().map(Credit::balance).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  /// The segments of `period`, also cut at `cuts` inside it. Grants that began before it start with
  /// their whole amount: a caller begins where nothing was used yet, or at a reset.
  public List<Segment> segments(ServicePeriod period, Collection<Instant> cuts) {
    var used = new TreeMap<Instant, BigDecimal>();
    usage.forEach(u -> used.merge(u.at(), u.amount(), BigDecimal::add));
    var bounds = List.copyOf(bounds(period, cuts));
    var segments = new ArrayList<Segment>();
    var course = new Course();
    for (int i = 1; i < bounds.size(); i++) {
      var segment = new ServicePeriod(bounds.get(i - 1), bounds.get(i));
      course.turn(segment.starts(), period.starts());
      var sum =
          used.subMap(segment.starts(), segment.ends()).values().stream()
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      segments.add(course.burn(segment, sum));
    }
    return segments;
  }

  private SortedSet<Instant> bounds(ServicePeriod period, Collection<Instant> cuts) {
    var bounds = new TreeSet<>(cuts);
    turns.forEach(turn -> bounds.add(turn.at()));
    for (var grant : grants) {
      bounds.add(grant.effective());
      bounds.add(grant.expires());
      bounds.addAll(refills(grant, period));
    }
    bounds.removeIf(at -> !period.contains(at));
    bounds.add(period.starts());
    bounds.add(period.ends());
    return bounds;
  }

  private static List<Instant> refills(Grant grant, ServicePeriod period) {
    var from = grant.effective();
    var to = grant.expires().isBefore(period.ends()) ? grant.expires() : period.ends();
    return from.isBefore(to) ? grant.allowance().refills(from, to) : List.of();
  }

  /// What the grants hold as time goes on.
  private final class Course {

    private final Map<UUID, BigDecimal> balances = new HashMap<>();
    private final Set<UUID> voided = new HashSet<>();
    private BigDecimal overage = BigDecimal.ZERO;

    /// What happens at `at`, the beginning of a segment: first the reset of what was in force until
    /// then, then what begins, is filled up, is voided or ends.
    void turn(Instant at, Instant start) {
      for (var turn : turns) {
        if (turn.at().equals(at) && turn instanceof Reset reset) {
          reset(reset);
        }
      }
      for (var turn : turns) {
        if (!turn.at().isAfter(at) && turn instanceof Voiding voiding) {
          voided.add(voiding.grant());
        }
      }
      for (var grant : grants) {
        if (!grant.isInForce(at) || voided.contains(grant.id())) {
          balances.remove(grant.id());
        } else if (at.equals(start) || at.equals(grant.effective()) || isRefilled(grant, at)) {
          balances.put(grant.id(), grant.allowance().amount());
        }
      }
    }

    private void reset(Reset reset) {
      for (var grant : grants) {
        balances.computeIfPresent(grant.id(), (_, left) -> grant.allowance().afterReset(left));
      }
      if (reset.isOverageKept()) {
        draw(overage);
      } else {
        overage = BigDecimal.ZERO;
      }
    }

    /// Burns what the grants have for `due`; what they don't is the overage from now on.
    private List<Drawdown> draw(BigDecimal due) {
      var burnt = new Drawdowns(credits()).draw(due, _ -> true);
      burnt.forEach(d -> balances.merge(d.grant().id(), d.amount(), BigDecimal::subtract));
      overage = burnt.stream().map(Drawdown::amount).reduce(due, BigDecimal::subtract);
      return burnt;
    }

    private static boolean isRefilled(Grant grant, Instant at) {
      return grant
          .allowance()
          .recurrence()
          .filter(cadence -> cadence.start(cadence.numberAt(at)).equals(at))
          .isPresent();
    }

    Segment burn(ServicePeriod period, BigDecimal used) {
      var atStart = credits();
      var due = used.add(overage);
      var burnt = due.signum() < 0 ? giveBack(due) : draw(due);
      return new Segment(period, used, overage, atStart, burnt, credits());
    }

    /// Usage that was taken back goes to the grant that burns first.
    private List<Drawdown> giveBack(BigDecimal due) {
      var first = credits().stream().limit(1).map(c -> new Drawdown(c.grant(), due)).toList();
      first.forEach(d -> balances.merge(d.grant().id(), due, BigDecimal::subtract));
      overage = first.isEmpty() ? due : BigDecimal.ZERO;
      return first;
    }

    private List<Credit> credits() {
      return grants.stream()
          .filter(grant -> balances.containsKey(grant.id()))
          .map(grant -> grant.withBalance(balances.getOrDefault(grant.id(), BigDecimal.ZERO)))
          .toList();
    }
  }
}
