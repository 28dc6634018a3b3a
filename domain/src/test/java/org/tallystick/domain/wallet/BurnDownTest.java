package org.tallystick.domain.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.domain.time.Cadence;
import org.tallystick.domain.time.ServicePeriod;
import org.tallystick.domain.wallet.BurnDown.Reset;
import org.tallystick.domain.wallet.BurnDown.Segment;
import org.tallystick.domain.wallet.BurnDown.Usage;
import org.tallystick.domain.wallet.BurnDown.Voiding;
import org.threeten.extra.PeriodDuration;

/// The worked figures of docs/concepts/wallets.md, and the cases at their bounds.
class BurnDownTest {

  private static final Instant NEVER = Instant.MAX;
  private static final ServicePeriod JANUARY = new ServicePeriod(day(1), day(32));

  @Test
  void burnsThreeGrantsByPriorityThenExpiry() {
    var burnDown =
        new BurnDown(
            List.of(
                grant("A", 1, 1, 20, once("100")),
                grant("B", 1, 1, 10, once("50")),
                grant("C", 2, 5, 99, once("80"))),
            List.of(used(2, "40"), used(7, "30"), used(15, "60"), used(19, "40"), used(31, "90")),
            List.of());
    assertThat(burnDown.segments(JANUARY, List.of()))
        .extracting(BurnDownTest::shown)
        .containsExactly(
            "1-5 used 40, B -40, left B 10 A 100, overage 0",
            "5-10 used 30, B -10 A -20, left B 0 A 80 C 80, overage 0",
            "10-20 used 100, A -80 C -20, left A 0 C 60, overage 0",
            "20-32 used 90, C -60, left C 0, overage 30");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # kept min | kept max | used | overage kept | left after the reset | overage
          0   | 30  | 60  | false | 30  | 0
          0   | 30  | 90  | false | 10  | 0
          0   | 30  | 70  | false | 30  | 0
          0   | 30  | 100 | false | 0   | 0
          0   | 0   | 60  | false | 0   | 0
          20  | 30  | 90  | false | 20  | 0
          100 | 100 | 130 | false | 100 | 0
          100 | 100 | 130 | true  | 70  | 0
          100 | 100 | 230 | true  | 0   | 30
          0   | 30  | 130 | true  | 0   | 30
          0   | 30  | 130 | false | 0   | 0
          """,
      delimiter = '|')
  void keepsAtAResetWhatTheGrantMay(
      String min, String max, String used, boolean isKept, BigDecimal left, BigDecimal overage) {
    var allowance = new Allowance(dec("100"), Optional.empty(), dec(min), dec(max));
    var burnDown =
        new BurnDown(
            List.of(grant("A", 1, 1, 99, allowance)),
            List.of(used(5, used)),
            List.of(new Reset(day(10), isKept)));
    var last = burnDown.segments(JANUARY, List.of()).getLast();
    assertThat(last.balance()).isEqualByComparingTo(left);
    assertThat(last.overage()).isEqualByComparingTo(overage);
  }

  @Test
  void keepsOfEachGrantByItsOwnTerms() {
    var burnDown =
        new BurnDown(
            List.of(
                grant(
                    "A", 1, 1, 99, new Allowance(dec("50"), Optional.empty(), dec("0"), dec("50"))),
                grant(
                    "B",
                    2,
                    1,
                    99,
                    new Allowance(dec("100"), Optional.empty(), dec("0"), dec("0")))),
            List.of(used(5, "20")),
            List.of(new Reset(day(10), false)));
    assertThat(shown(burnDown.segments(JANUARY, List.of()).getLast()))
        .isEqualTo("10-32 used 0, left A 30 B 0, overage 0");
  }

  /// A recurrence fills up and does not add up: after 4 of 10 there are 10 the next day, not 16.
  @Test
  void fillsUpAtEachRecurrence() {
    var daily = recurring("10", LocalDateTime.parse("2025-01-01T00:00"), Period.ofDays(1));
    var burnDown =
        new BurnDown(
            List.of(grant("A", 1, 1, 4, daily)),
            List.of(used(1, "4"), used(2, "13"), used(3, "1")),
            List.of());
    assertThat(burnDown.segments(JANUARY, List.of()))
        .extracting(BurnDownTest::shown)
        .containsExactly(
            "1-2 used 4, A -4, left A 6, overage 0",
            "2-3 used 13, A -10, left A 0, overage 3",
            "3-4 used 1, A -4, left A 6, overage 0",
            "4-32 used 0, left , overage 0");
  }

  /// Another grant's bound is no recurrence: the grant that fills up each month is not filled up in
  /// the middle of one.
  @Test
  void fillsUpAtItsRecurrencesAlone() {
    var monthly = recurring("10", LocalDateTime.parse("2025-01-01T00:00"), Period.ofMonths(1));
    var burnDown =
        new BurnDown(
            List.of(grant("A", 1, 1, 99, monthly), grant("B", 2, 10, 20, once("5"))),
            List.of(used(5, "4"), used(15, "1"), used(25, "1")),
            List.of());
    assertThat(burnDown.segments(new ServicePeriod(day(1), day(33)), List.of()))
        .extracting(BurnDownTest::shown)
        .containsExactly(
            "1-10 used 4, A -4, left A 6, overage 0",
            "10-20 used 1, A -1, left A 5 B 5, overage 0",
            "20-32 used 1, A -1, left A 4, overage 0",
            "32-33 used 0, left A 10, overage 0");
  }

  /// From January 31 by months: February 28, March 31.
  @Test
  void fillsUpAtMonthEndsThatDoNotWander() {
    var monthly = recurring("10", LocalDateTime.parse("2025-01-31T00:00"), Period.ofMonths(1));
    var burnDown = new BurnDown(List.of(grant("A", 1, 31, 999, monthly)), List.of(), List.of());
    assertThat(burnDown.segments(new ServicePeriod(day(31), day(100)), List.of()))
        .extracting(segment -> segment.period().starts().toString())
        .containsExactly("2025-01-31T00:00:00Z", "2025-02-28T00:00:00Z", "2025-03-31T00:00:00Z");
  }

  @Test
  void aVoidedGrantKeepsWhatItGave() {
    var grant = grant("A", 1, 1, 99, once("100"));
    var burnDown =
        new BurnDown(
            List.of(grant),
            List.of(used(5, "60"), used(15, "7")),
            List.of(new Voiding(day(10), grant.id())));
    assertThat(burnDown.segments(JANUARY, List.of()))
        .extracting(BurnDownTest::shown)
        .containsExactly(
            "1-10 used 60, A -60, left A 40, overage 0", "10-32 used 7, left , overage 7");
  }

  /// What is uncovered goes on to the grant that comes.
  @Test
  void aLaterGrantPaysTheOverage() {
    var burnDown =
        new BurnDown(
            List.of(grant("A", 1, 1, 99, once("10")), grant("B", 1, 10, 99, once("10"))),
            List.of(used(5, "14")),
            List.of());
    assertThat(burnDown.segments(JANUARY, List.of()).getLast().balance()).isEqualByComparingTo("6");
  }

  @Test
  void usageTakenBackGoesToTheFirstGrant() {
    var burnDown =
        new BurnDown(
            List.of(grant("A", 1, 1, 99, once("10")), grant("B", 2, 1, 99, once("10"))),
            List.of(used(5, "14"), used(15, "-3")),
            List.of());
    assertThat(burnDown.segments(JANUARY, List.of(day(10))))
        .extracting(BurnDownTest::shown)
        .containsExactly(
            "1-10 used 14, A -10 B -4, left A 0 B 6, overage 0",
            "10-32 used -3, A 3, left A 3 B 6, overage 0");
  }

  /// A window's bound changes nothing but where the segments end.
  @Test
  void cutsAtWindows() {
    var burnDown =
        new BurnDown(
            List.of(grant("A", 1, 1, 99, once("10"))),
            List.of(used(2, "4"), used(9, "3"), used(10, "1")),
            List.of());
    assertThat(burnDown.segments(JANUARY, List.of(day(10), day(20), day(32), day(40))))
        .extracting(BurnDownTest::shown)
        .containsExactly(
            "1-10 used 7, A -7, left A 3, overage 0",
            "10-20 used 1, A -1, left A 2, overage 0",
            "20-32 used 0, left A 2, overage 0");
  }

  @Test
  void usageOutsideThePeriodDoesNotCount() {
    var burnDown =
        new BurnDown(
            List.of(grant("A", 1, 1, 99, once("10"))),
            List.of(used(1, "1"), new Usage(day(32), dec("5")), new Usage(day(0), dec("5"))),
            List.of());
    assertThat(burnDown.segments(JANUARY, List.of()).getLast().balance()).isEqualByComparingTo("9");
  }

  @Test
  void refusesAnAllowanceThatCannotBe() {
    assertThatThrownBy(() -> grant("A", 1, 1, 2, once("0")))
        .hasMessage("grant A must give more than zero, was 0");
    assertThatThrownBy(() -> new Allowance(dec("1"), Optional.empty(), dec("2"), dec("1")))
        .hasMessage("kept at a reset must be from zero up, was 2 to 1");
    assertThatThrownBy(() -> grant("A", 1, 5, 5, once("1")))
        .hasMessageStartingWith("grant A must expire after 2025-01-05T00:00:00Z");
  }

  static String shown(Segment segment) {
    return Stream.of(
            days(segment.period()) + " used " + plain(segment.usage()),
            segment.burnt().stream()
                .map(d -> d.grant().key() + " " + plain(d.amount().negate()))
                .collect(Collectors.joining(" ")),
            "left "
                + segment.atEnd().stream()
                    .map(c -> c.grant().key() + " " + plain(c.balance()))
                    .collect(Collectors.joining(" ")),
            "overage " + plain(segment.overage()))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String days(ServicePeriod period) {
    return number(period.starts()) + "-" + number(period.ends());
  }

  private static long number(Instant at) {
    return Duration.between(day(0), at).toDays();
  }

  private static String plain(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }

  static Grant grant(String key, int priority, int from, int to, Allowance allowance) {
    return new Grant(
        UUID.nameUUIDFromBytes(key.getBytes(UTF_8)),
        key,
        Grant.Kind.PROMOTIONAL,
        priority,
        day(from),
        to > 365 ? NEVER : day(to),
        day(from),
        Set.of(),
        allowance);
  }

  static Allowance once(String amount) {
    return Allowance.once(dec(amount));
  }

  private static Allowance recurring(String amount, LocalDateTime anchor, Period every) {
    var cadence = new Cadence(anchor, PeriodDuration.of(every), ZoneOffset.UTC);
    return new Allowance(dec(amount), Optional.of(cadence), BigDecimal.ZERO, dec(amount));
  }

  /// In the middle of that day.
  private static Usage used(int day, String amount) {
    return new Usage(day(day).plus(Duration.ofHours(12)), dec(amount));
  }

  /// Of the year 2025, counted from 1.
  static Instant day(int day) {
    return Instant.parse("2025-01-01T00:00:00Z").plus(Duration.ofDays(day - 1L));
  }

  private static BigDecimal dec(String value) {
    return new BigDecimal(value);
  }
}
