package org.tallystick.domain.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.time.ServicePeriod;

/// What of a fee is due when an item is in force for a part of its service period only.
///
/// Worked examples: docs/reference/proration.md.
public enum Proration {
  /// By the seconds of the period as it is.
  ACTUAL("actual"),
  /// By its local days; a day belongs to the part that it begins in.
  PER_DAY("per-day"),
  /// By days of months that all have 30 (30E/360); by seconds where that gives the period no day.
  THIRTY_360("30/360"),
  /// The fee is due whole as soon as any of the period is in force; its first part carries it.
  FULL("full"),
  /// Only a period that is in force from start to end costs anything.
  NONE("none");

  private final String code;

  Proration(String code) {
    this.code = code;
  }

  /// The policy of that name in a catalog file.
  public static Proration of(String code) {
    return Stream.of(values())
        .filter(policy -> policy.code.equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such proration: " + code));
  }

  /// How much of a fee for `full` each of `parts` owes: parts of it that touch or not, in order.
  /// The shares sum to at most one, and to one for parts that fill it; not under [#NONE].
  public List<Fraction> shares(ServicePeriod full, List<ServicePeriod> parts, ZoneId zone) {
    return switch (this) {
      case ACTUAL, PER_DAY, THIRTY_360 -> {
        if (length(full, zone) == 0) {
          yield ACTUAL.shares(full, parts, zone);
        }
        var whole = BigDecimal.valueOf(length(full, zone));
        yield parts.stream()
            .map(part -> Fraction.of(BigDecimal.valueOf(length(part, zone)), whole))
            .toList();
      }
      case FULL -> IntStream.range(0, parts.size()).mapToObj(n -> whether(n == 0)).toList();
      case NONE -> parts.stream().map(part -> whether(part.equals(full))).toList();
    };
  }

  private static Fraction whether(boolean isDue) {
    return isDue ? Fraction.ONE : Fraction.ZERO;
  }

  /// The length of touching periods adds up, so that shares do.
  private long length(ServicePeriod period, ZoneId zone) {
    return position(period.ends(), zone) - position(period.starts(), zone);
  }

  private long position(Instant instant, ZoneId zone) {
    if (this == ACTUAL) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
    var local = instant.atZone(zone);
    var startOfDay = local.toLocalDate().atStartOfDay(zone);
    var day = local.equals(startOfDay) ? local.toLocalDate() : local.toLocalDate().plusDays(1);
    return this == PER_DAY
        ? day.toEpochDay()
        : day.getYear() * 360L + day.getMonthValue() * 30L + Math.min(day.getDayOfMonth(), 30);
  }
}
