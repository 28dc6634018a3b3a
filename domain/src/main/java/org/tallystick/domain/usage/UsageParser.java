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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.tallystick.domain.usage.Disposition.Accepted;
import org.tallystick.domain.usage.Disposition.Filtered;
import org.tallystick.domain.usage.Disposition.Suspended;
import org.tallystick.domain.usage.UsageFormat.Filter;
import org.tallystick.domain.usage.UsageFormat.Timing;

/// Turns the columns of one line into its disposition, by a declared format.
public final class UsageParser {

  /// A text of more characters is refused: keys are short, and they are indexed.
  private static final int TEXT_LENGTH_MAX = 200;

  /// A quantity of more digits is refused: no database adds them up.
  private static final int DIGITS_MAX = 1_000;

  /// The year 9999 ends here; PostgreSQL and ISO 8601 agree up to it.
  private static final long EPOCH_SECOND_MAX = 253_402_300_799L;

  private final UsageFormat format;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final int count;

  /// For lines with the columns of the format, in its order.
  public UsageParser(UsageFormat format) {
    this(format, format.layout().columns());
  }

  /// For lines with the columns `names`, of which the first of a name counts.
  public UsageParser(UsageFormat format, List<String> names) {
    this.format = format;
    this.count = names.size();
    for (int n = 0; n < count; n++) {
      indexes.putIfAbsent(names.get(n), n);
    }
  }

  /// The disposition of a line that falls into `columns`; `place` is its file's SHA-256 and its
  /// number. Never throws on bad input.
  public Disposition parse(List<String> columns, String place) {
    if (columns.size() != count) {
      return new Suspended(
          WRONG_COLUMN_COUNT, "", "expected " + count + " columns, found " + columns.size());
    }
    try {
      for (var filter : format.filters()) {
        if (isFiltered(columns, filter)) {
          return new Filtered(filter.reason());
        }
      }
      return new Accepted(record(columns, place));
    } catch (Refusal refusal) {
      return refusal.suspended;
    }
  }

  /// Whose usage a line is, if it says so; the line may be wrong elsewhere.
  public Optional<String> subject(List<String> columns) {
    return known(columns, () -> text(columns, "subject", format.subject(), ""));
  }

  /// What kind of usage a line is, if it says so; it may be wrong elsewhere.
  public Optional<String> type(List<String> columns) {
    return known(columns, () -> text(columns, "type", format.type(), ""));
  }

  /// How much a line is, if it says so; it may be wrong elsewhere.
  public Optional<BigDecimal> quantity(List<String> columns) {
    return known(columns, () -> quantityOf(columns));
  }

  private <T> Optional<T> known(List<String> columns, Supplier<T> read) {
    try {
      return columns.size() == count ? Optional.of(read.get()) : Optional.empty();
    } catch (Refusal refusal) {
      return Optional.empty();
    }
  }

  private boolean isFiltered(List<String> columns, Filter filter) {
    return switch (filter) {
      case Filter.Equal(_, var column, var equalTo) -> raw(columns, column).equals(equalTo);
      case Filter.When(_, var condition) -> condition.holds(new Row(columns, true));
    };
  }

  private UsageRecord record(List<String> columns, String place) {
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
        text(columns, "source", format.source(), place),
        text(columns, "id", format.id(), place),
        text(columns, "type", format.type(), place),
        text(columns, "subject", format.subject(), place),
        starts,
        ends(columns, starts),
        quantityOf(columns),
        dimensions);
  }

  private String text(List<String> columns, String field, Text from, String place) {
    return requireShort(field, from.of(column -> text(columns, column), place));
  }

  /// Unless the format takes quantities below zero, neither is one nor anything that goes into it.
  private BigDecimal quantityOf(List<String> columns) {
    var quantity = format.quantity().evaluate(new Row(columns, format.isNegativeTaken()));
    if (quantity.precision() > DIGITS_MAX || quantity.scale() > DIGITS_MAX) {
      throw new Refusal(
          BAD_NUMBER,
          "quantity",
          "expected up to " + DIGITS_MAX + " digits, found " + quantity.precision());
    }
    return format.isNegativeTaken() ? quantity : notNegative("quantity", quantity);
  }

  private Instant starts(List<String> columns) {
    return switch (format.timing()) {
      case Timing.SecondsAfter(var epoch, var from, _) ->
          instant(from, notNegative(columns, from).add(BigDecimal.valueOf(epoch)));
      case Timing.Between(var from, _) -> instant(columns, from);
      case Timing.Lasting(var from, _) -> instant(columns, from);
      case Timing.At(var at) -> instant(columns, at);
    };
  }

  private Instant ends(List<String> columns, Instant starts) {
    return switch (format.timing()) {
      case Timing.SecondsAfter(_, _, var duration) -> lasting(columns, starts, duration);
      case Timing.Lasting(_, var duration) -> lasting(columns, starts, duration);
      case Timing.At _ -> starts;
      case Timing.Between(_, var to) -> {
        var ends = instant(columns, to);
        if (ends.isBefore(starts)) {
          throw new Refusal(
              BAD_TIME, to, "expected an end not before " + starts + ", found " + ends);
        }
        yield ends;
      }
    };
  }

  private Instant lasting(List<String> columns, Instant starts, String duration) {
    var seconds = notNegative(columns, duration);
    return instant(duration, seconds.add(BigDecimal.valueOf(starts.getEpochSecond())))
        .plusNanos(starts.getNano());
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
      var instant = format.notation().times().read(text);
      if (instant.getEpochSecond() >= 0 && instant.getEpochSecond() <= EPOCH_SECOND_MAX) {
        return instant;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // told below, with the text
    }
    throw new Refusal(
        BAD_TIME,
        column,
        "expected " + format.notation().times().expected() + ", found '" + text + "'");
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
    var text = present(columns, column);
    var numbers = format.notation().numbers();
    return numbers
        .read(text)
        .orElseThrow(() ->
            new Refusal(
                BAD_NUMBER,
                column,
                "expected " + numbers.expected() + ", found '" + shown(text) + "'"));
  }

  private String raw(List<String> columns, String column) {
    var index = indexes.get(column);
    if (index == null) {
      throw new IllegalStateException("no column " + column + " among " + indexes.keySet());
    }
    return columns.get(index).strip();
  }

  private boolean isPresent(List<String> columns, String column) {
    return isPresent(raw(columns, column));
  }

  private boolean isPresent(String text) {
    return !text.isEmpty() && !text.equals(format.notation().absent());
  }

  private String text(List<String> columns, String column) {
    return requireShort(column, present(columns, column));
  }

  private String present(List<String> columns, String column) {
    var text = raw(columns, column);
    if (!isPresent(text)) {
      throw new Refusal(MISSING_FIELD, column, "expected a value, found '" + text + "'");
    }
    return text;
  }

  private static String shown(String text) {
    return text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX) + "…";
  }

  private static String requireShort(String field, String text) {
    if (text.length() > TEXT_LENGTH_MAX || text.indexOf(0) >= 0) {
      throw new Refusal(
          SuspenseReason.UNPARSEABLE_LINE,
          field,
          "expected up to " + TEXT_LENGTH_MAX + " printable characters, found " + text.length());
    }
    return text;
  }

  /// The columns of a line, for expressions.
  private final class Row implements Expression.Row {
    private final List<String> columns;
    private final boolean isNegativeTaken;

    private Row(List<String> columns, boolean isNegativeTaken) {
      this.columns = columns;
      this.isNegativeTaken = isNegativeTaken;
    }

    @Override
    public BigDecimal number(String column) {
      return isNegativeTaken
          ? UsageParser.this.number(columns, column)
          : notNegative(columns, column);
    }

    @Override
    public String text(String column) {
      return raw(columns, column);
    }
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
