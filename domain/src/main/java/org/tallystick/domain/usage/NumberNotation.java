package org.tallystick.domain.usage;

import java.math.BigDecimal;
import java.util.Optional;

/// How a file writes its numbers.
///
/// @param decimal the mark before decimals, `.` or `,`
/// @param group the mark between groups of three digits; 0 if there is none
public record NumberNotation(char decimal, char group) {

  /// A number of more characters is refused: no meter counts in 40 digits.
  static final int LENGTH_MAX = 40;

  public static final NumberNotation PLAIN = new NumberNotation('.', (char) 0);

  public NumberNotation {
    if (decimal != '.' && decimal != ',') {
      throw new IllegalArgumentException("decimal mark must be . or , but was " + decimal);
    }
    if (group == decimal || (group >= '0' && group <= '9') || group == '-' || group == '+') {
      throw new IllegalArgumentException("group mark must be another mark, was " + group);
    }
  }

  /// The number that `text` says: digits with at most one decimal mark between them and a sign
  /// before. Groups are of three digits or not there: with the group mark `.`, 1.500 is a thousand
  /// and a half of it and 1.5 is no number. No exponent: 1e400000000 is short to write and endless
  /// to add.
  public Optional<BigDecimal> read(String text) {
    if (text.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    var plain = group == 0 ? text : ungrouped(text);
    if (decimal == ',') {
      if (plain.indexOf('.') >= 0) {
        return Optional.empty();
      }
      plain = plain.replace(',', '.');
    }
    return isPlainDecimal(plain) ? Optional.of(new BigDecimal(plain)) : Optional.empty();
  }

  /// `text` without group marks; as it stands, and so no number, if one of them is out of place.
  private String ungrouped(String text) {
    if (text.indexOf(group) < 0) {
      return text;
    }
    int end = text.indexOf(decimal);
    var whole = end < 0 ? text : text.substring(0, end);
    int from = whole.startsWith("-") || whole.startsWith("+") ? 1 : 0;
    int first = whole.indexOf(group);
    if (first - from < 1 || first - from > 3 || (whole.length() - first) % 4 != 0) {
      return text;
    }
    for (int i = from; i < whole.length(); i++) {
      if ((whole.charAt(i) == group) != (i >= first && (i - first) % 4 == 0)) {
        return text;
      }
    }
    return whole.replace(String.valueOf(group), "") + (end < 0 ? "" : text.substring(end));
  }

  private static boolean isPlainDecimal(String text) {
    int from = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int points = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && i > from && i < text.length() - 1) {
        points++;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return text.length() > from && points <= 1;
  }

  /// What is expected, for messages.
  String expected() {
    return "a number of up to "
        + LENGTH_MAX
        + " digits"
        + (equals(PLAIN) ? "" : ", decimals after '" + decimal + "'")
        + (group == 0 ? "" : ", groups of three by '" + group + "'");
  }
}
