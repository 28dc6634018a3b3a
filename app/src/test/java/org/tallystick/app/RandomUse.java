package org.tallystick.app;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;

/// One record of two weeks around changes of the clocks, or a part of one, as lists have it. `at`
/// is the instant that decides its window.
record RandomUse(
    String id,
    String subject,
    Instant from,
    Instant to,
    BigDecimal quantity,
    String model,
    String site,
    Instant at) {

  static final Instant SINCE = Instant.parse("2025-10-24T00:00:00Z");
  static final int HALF_HOURS = 14 * 48;

  static final Comparator<RandomUse> LATEST =
      Comparator.comparing(RandomUse::at).thenComparing(RandomUse::id);

  /// Half hours, so that instants are often the same and bounds are met; or any second.
  static RandomUse random(Random random) {
    var from = SINCE.plus(Duration.ofMinutes(30L * random.nextInt(HALF_HOURS)));
    from = from.plusSeconds(random.nextInt(3) == 0 ? random.nextInt(1_800) : 0);
    var length = Duration.ofMinutes(30L * random.nextInt(60)).plusSeconds(random.nextInt(2));
    return new RandomUse(
        "%016x".formatted(random.nextLong()),
        "s" + random.nextInt(4),
        from,
        random.nextInt(3) == 0 ? from.plus(length) : from,
        BigDecimal.valueOf(random.nextInt(-5_000, 20_000), 3),
        String.valueOf((char) ('a' + random.nextInt(3))),
        String.valueOf((char) ('p' + random.nextInt(5))),
        from);
  }

  String customer() {
    return switch (subject) {
      case "s0", "s1" -> "c0";
      case "s2" -> "c1";
      default -> "null";
    };
  }

  String get(String name) {
    return switch (name) {
      case "subject" -> subject;
      case "customer" -> customer();
      case "model" -> model;
      default -> site;
    };
  }

  BigDecimal seconds() {
    return BigDecimal.valueOf(Duration.between(from, to).toSeconds());
  }

  String line() {
    return String.join(
        ",", id, subject, from.toString(), to.toString(), quantity.toPlainString(), model, site);
  }

  /// The record by its start or end, or cut at every full minute.
  Stream<RandomUse> parts(String attribution) {
    if (!attribution.equals("split") || from.equals(to)) {
      boolean isByEnd = attribution.equals("end") && from.isBefore(to);
      return Stream.of(part(from, to, isByEnd ? to.minus(1, ChronoUnit.MICROS) : from));
    }
    var parts = new ArrayList<RandomUse>();
    for (var start = from; start.isBefore(to); ) {
      var next = start.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
      var end = next.isAfter(to) ? to : next;
      parts.add(part(start, end, start));
      start = end;
    }
    return parts.stream();
  }

  private RandomUse part(Instant starts, Instant ends, Instant instant) {
    return new RandomUse(id, subject, starts, ends, quantity, model, site, instant);
  }
}
