package org.tallystick.domain.usage;

import static java.time.Instant.ofEpochSecond;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.tallystick.domain.time.IsoInstant;

/// How a file writes its times.
public sealed interface TimeNotation {

  /// The instant that `text` says; throws DateTimeException if it says none.
  Instant read(String text);

  /// What is expected, for messages: `a time like 1993-10-01T07:00:03Z`.
  String expected();

  /// ISO 8601 with an offset or Z: `1993-10-01T07:00:03Z`.
  record Iso() implements TimeNotation {
    @Override
    public Instant read(String text) {
      return IsoInstant.parse(text);
    }

    @Override
    public String expected() {
      return "a time like 1993-10-01T07:00:03Z";
    }
  }

  /// Unix time, in seconds (`decimals` 0), milliseconds (3) or microseconds (6), a fraction behind
  /// a point.
  record Epoch(int decimals) implements TimeNotation {
    @Override
    public Instant read(String text) {
      if (!text.matches("\\d{1,18}(\\.\\d{1,9})?")) {
        throw new DateTimeException("no number: " + text);
      }
      var seconds = new BigDecimal(text).movePointLeft(decimals);
      var whole = seconds.toBigInteger();
      var nanos = seconds.subtract(new BigDecimal(whole)).movePointRight(9);
      return ofEpochSecond(whole.longValueExact(), nanos.longValue());
    }

    @Override
    public String expected() {
      return "Unix time in "
          + switch (decimals) {
            case 0 -> "seconds";
            case 3 -> "milliseconds";
            default -> "microseconds";
          };
    }
  }

  /// A pattern of `java.time`, `dd.MM.uuuu HH:mm:ss`, read strictly in English; where it says no
  /// offset, the time is one of the clocks of `zone`. A day without a time is its first instant.
  /// The hour that clocks show twice is taken as the first of both; one that they skip is no time.
  record Pattern(String pattern, ZoneId zone, DateTimeFormatter formatter) implements TimeNotation {

    /// Throws IllegalArgumentException if `pattern` is none. The letter y is read as u, the year.
    public static Pattern of(String pattern, ZoneId zone) {
      var formatter =
          DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ENGLISH)
              .withResolverStyle(ResolverStyle.STRICT);
      return new Pattern(pattern, zone, formatter);
    }

    @Override
    public Instant read(String text) {
      return switch (formatter.parseBest(
          text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from)) {
        case OffsetDateTime time -> time.toInstant();
        case LocalDateTime time -> at(time);
        case LocalDate day -> day.atStartOfDay(zone).toInstant();
        default -> throw new DateTimeException("neither time nor day: " + text);
      };
    }

    private Instant at(LocalDateTime time) {
      var offsets = zone.getRules().getValidOffsets(time);
      if (offsets.isEmpty()) {
        throw new DateTimeException("the clocks of " + zone + " skip " + time);
      }
      return time.toInstant(offsets.getFirst());
    }

    @Override
    public String expected() {
      return "a time like " + pattern + " by the clocks of " + zone;
    }
  }
}
