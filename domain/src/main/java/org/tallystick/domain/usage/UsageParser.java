package org.tallystick.domain.usage;

import static java.time.Instant.ofEpochSecond;
import static org.tallystick.domain.usage.SuspenseReason.BAD_NUMBER;
import static org.tallystick.domain.usage.SuspenseReason.BAD_TIME;
import static org.tallystick.domain.usage.SuspenseReason.MISSING_FIELD;
import static org.tallystick.domain.usage.SuspenseReason.NEGATIVE_NOT_ALLOWED;
import static org.tallystick.domain.usage.SuspenseReason.WRONG_COLUMN_COUNT;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.tallystick.domain.time.IsoInstant;
import org.tallystick.domain.usage.Disposition.Accepted;
import org.tallystick.domain.usage.Disposition.Filtered;
import org.tallystick.domain.usage.Disposition.Suspended;

/// Turns the columns of one line into its disposition, by a declared format.
public final class UsageParser {

  /// A number of more characters is refused: no meter counts in 40 digits.
  private static final int NUMBER_LENGTH_MAX = 40;

  /// A text of more characters is refused: keys are short, and they are indexed.
  private static final int TEXT_LENGTH_MAX = 200;

  /// The year 9999 ends here; PostgreSQL and ISO 8601 agree up to it.
  private static final long EPOCH_SECOND_MAX = 253_402_300_799L;

  private final UsageFormat format;
  private final List<String> names;

  public UsageParser(UsageFormat format) {
    this.format = format;
    this.names = format.layout().columns();
  }

  /// The disposition of a line that falls into `columns`. Never throws on bad input.
  public Disposition parse(List<String> columns) {
    if (columns.size() != names.size()) {
      return new Suspended(
          WRONG_COLUMN_COUNT, "", "expected " + names.size() + " columns, found " + columns.size());
    }
    try {
      for (var filter : format.filters()) {
        if (columns.get(names.indexOf(filter.column())).strip().equals(filter.equalTo())) {
          return new Filtered(filter.reason());
        }
      }
      return new Accepted(record(columns));
    } catch (Refusal refusal) {
      return refusal.suspended;
    }
  }

  private UsageRecord record(List<String> columns) {
    var starts = starts(columns);
    var dimensions = new TreeMap<String, String>();
    format
        .dimensions()
        .forEach((name, column) -> {
          if (isPresent(columns, column)) {
            dimensions.put(name, text(columns, column));
          }
        });
    return new UsageRecord(
        format.source(),
        text(columns, format.id()),
        format.type(),
        text(columns, format.subject()),
        starts,
        ends(columns, starts),
        quantity(columns),
        dimensions);
  }

  /// Unless the format takes quantities below zero, neither is one nor anything that goes into it.
  private BigDecimal quantity(List<String> columns) {
    if (format.isNegativeTaken()) {
      return format.quantity().evaluate(column -> number(columns, column));
    }
    var quantity = format.quantity().evaluate(column -> notNegative(columns, column));
    return notNegative("quantity", quantity);
  }

  private Instant starts(List<String> columns) {
    return switch (format.timing()) {
      case UsageFormat.Timing.SecondsAfter(var epoch, var from, _) ->
          instant(from, notNegative(columns, from).add(BigDecimal.valueOf(epoch)));
      case UsageFormat.Timing.Instants(var from, _) -> instant(columns, from);
    };
  }

  private Instant ends(List<String> columns, Instant starts) {
    return switch (format.timing()) {
      case UsageFormat.Timing.SecondsAfter(_, _, var duration) ->
          instant(
              duration,
              notNegative(columns, duration).add(BigDecimal.valueOf(starts.getEpochSecond())));
      case UsageFormat.Timing.Instants(_, var to) -> {
        var ends = instant(columns, to);
        if (ends.isBefore(starts)) {
          throw new Refusal(
              BAD_TIME, to, "expected an end not before " + starts + ", found " + ends);
        }
        yield ends;
      }
    };
  }

  private Instant instant(String column, BigDecimal epochSeconds) {
    if (epochSeconds.stripTrailingZeros().scale() > 0
        || epochSeconds.compareTo(BigDecimal.valueOf(EPOCH_SECOND_MAX)) > 0) {
      throw new Refusal(
          BAD_TIME, column, "expected whole seconds up to the year 9999, found " + epochSeconds);
    }
    return ofEpochSecond(epochSeconds.longValueExact());
  }

  private Instant instant(List<String> columns, String column) {
    var text = text(columns, column);
    try {
      var instant = IsoInstant.parse(text);
      if (instant.getEpochSecond() >= 0 && instant.getEpochSecond() <= EPOCH_SECOND_MAX) {
        return instant;
      }
    } catch (DateTimeException e) {
      // told below, with the text
    }
    throw new Refusal(
        BAD_TIME, column, "expected a time like 1993-10-01T07:00:03Z, found '" + text + "'");
  }

  private BigDecimal notNegative(List<String> columns, String column) {
    return notNegative(column, number(columns, column));
  }

  private static BigDecimal notNegative(String field, BigDecimal number) {
    if (number.signum() < 0) {
      throw new Refusal(
          NEGATIVE_NOT_ALLOWED, field, "expected zero or more, found " + number.toPlainString());
    }
    return number;
  }

  private BigDecimal number(List<String> columns, String column) {
    var text = text(columns, column);
    if (text.length() <= NUMBER_LENGTH_MAX && isPlainDecimal(text)) {
      return new BigDecimal(text);
    }
    throw new Refusal(
        BAD_NUMBER,
        column,
        "expected a number of up to " + NUMBER_LENGTH_MAX + " digits, found '" + text + "'");
  }

  /// Digits with at most one point between them and a sign before; no exponent: 1e400000000 is
  /// short to write and endless to add.
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

  private boolean isPresent(List<String> columns, String column) {
    var text = columns.get(names.indexOf(column)).strip();
    return !text.isEmpty() && !text.equals(format.absent());
  }

  private String text(List<String> columns, String column) {
    var text = columns.get(names.indexOf(column)).strip();
    if (!isPresent(columns, column)) {
      throw new Refusal(MISSING_FIELD, column, "expected a value, found '" + text + "'");
    }
    if (text.length() > TEXT_LENGTH_MAX || text.indexOf(0) >= 0) {
      throw new Refusal(
          SuspenseReason.UNPARSEABLE_LINE,
          column,
          "expected up to " + TEXT_LENGTH_MAX + " printable characters, found " + text.length());
    }
    return text;
  }

  /// Leaves the parse of one line with its disposition; it never leaves this class.
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Suspended suspended;

    private Refusal(SuspenseReason reason, String field, String message) {
      super(message, null, false, false);
      this.suspended = new Suspended(reason, field, message);
    }
  }
}
