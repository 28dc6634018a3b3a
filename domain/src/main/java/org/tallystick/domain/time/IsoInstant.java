package org.tallystick.domain.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// Instants as ISO 8601 text, `1993-10-01T07:00:03Z`: the same texts and values as [Instant#parse]
/// and [Instant#toString], ten times as fast for whole seconds in UTC. A usage record has two
/// instants, and reading them took a third of an intake.
public final class IsoInstant {

  private static final String PATTERN = "dddd-dd-ddTdd:dd:ddZ";

  private IsoInstant() {}

  /// Throws DateTimeException if `text` is no instant; an offset in place of Z is taken.
  public static Instant parse(String text) {
    if (!isWholeSeconds(text)) {
      return Instant.parse(text);
    }
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (hour > 23 || minute > 59 || second > 59) {
      return Instant.parse(text);
    }
    var date = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    return Instant.ofEpochSecond(
        date.toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second);
  }

  public static String text(Instant instant) {
    var time = instant.atOffset(ZoneOffset.UTC);
    if (time.getNano() != 0 || time.getYear() < 0 || time.getYear() > 9_999) {
      return instant.toString();
    }
    var text = PATTERN.toCharArray();
    put(text, 4, time.getYear());
    put(text, 7, time.getMonthValue());
    put(text, 10, time.getDayOfMonth());
    put(text, 13, time.getHour());
    put(text, 16, time.getMinute());
    put(text, 19, time.getSecond());
    return String.valueOf(text);
  }

  private static boolean isWholeSeconds(String text) {
    if (text.length() != PATTERN.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char expected = PATTERN.charAt(i);
      char c = text.charAt(i);
      if (expected == 'd' ? c < '0' || c > '9' : c != expected) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  /// Puts `number` before `end`, over the letters d.
  private static void put(char[] text, int end, int number) {
    int rest = number;
    for (int i = end - 1; i >= 0 && text[i] == 'd'; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
