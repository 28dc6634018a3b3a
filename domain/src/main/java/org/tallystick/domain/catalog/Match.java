package org.tallystick.domain.catalog;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a price list expects of one dimension. `compareTo` is by specificity: an exact value is
/// more than a longer prefix, that more than a shorter one or a bound, and any value is least.
public sealed interface Match extends Comparable<Match> {

  /// `*` is [Any], `43*` a [Prefix], `>=17` [AtLeast]; anything else is [Exact].
  static Match parse(String text) {
    if (text.equals("*")) {
      return new Any();
    }
    if (text.startsWith(">=")) {
      return new AtLeast(new BigDecimal(text.substring(2).strip()));
    }
    return text.endsWith("*") ? new Prefix(text.substring(0, text.length() - 1)) : new Exact(text);
  }

  /// Whether `value` is such a one; null if a record does not have the dimension.
  boolean matches(@Nullable String value);

  private int rank() {
    return switch (this) {
      case Exact _ -> 3;
      case Prefix _ -> 2;
      case AtLeast _ -> 1;
      case Any _ -> 0;
    };
  }

  @Override
  default int compareTo(Match other) {
    if (this instanceof Prefix(var text) && other instanceof Prefix(var than)) {
      return Integer.compare(text.length(), than.length());
    }
    if (this instanceof AtLeast(var bound) && other instanceof AtLeast(var than)) {
      return bound.compareTo(than);
    }
    return Integer.compare(rank(), other.rank());
  }

  /// The value itself.
  record Exact(String text) implements Match {
    @Override
    public boolean matches(@Nullable String value) {
      return text.equals(value);
    }
  }

  /// Values that begin with it: a destination by its longest known prefix.
  record Prefix(String text) implements Match {
    @Override
    public boolean matches(@Nullable String value) {
      return value != null && value.startsWith(text);
    }
  }

  /// Numbers from `bound` on; the highest bound that a value reaches is the most specific.
  record AtLeast(BigDecimal bound) implements Match {
    @Override
    public boolean matches(@Nullable String value) {
      return value != null
          && value.matches("-?\\d{1,30}(\\.\\d{1,30})?")
          && new BigDecimal(value).compareTo(bound) >= 0;
    }
  }

  /// Whatever there is, and nothing too.
  record Any() implements Match {
    @Override
    public boolean matches(@Nullable String value) {
      return true;
    }
  }
}
