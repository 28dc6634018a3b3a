package org.tallystick.domain.usage;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Exact decimal arithmetic over the columns of a line: `run_time * processors`.
///
/// Sums, differences and products of columns and decimal numbers, with parentheses. There is no
/// division: a quotient that no decimal holds belongs into a meter's factor.
public sealed interface Expression {

  BigDecimal evaluate(Function<String, BigDecimal> column);

  /// The columns it reads, in order of first use.
  default List<String> columns() {
    var names = new ArrayList<String>();
    evaluate(name -> {
      if (!names.contains(name)) {
        names.add(name);
      }
      return BigDecimal.ONE;
    });
    return names;
  }

  /// Parses `text`, or throws IllegalArgumentException with the position of the first error.
  static Expression parse(String text) {
    return new ExpressionParser(text).parse();
  }

  record Column(String name) implements Expression {
    @Override
    public BigDecimal evaluate(Function<String, BigDecimal> column) {
      return column.apply(name);
    }
  }

  record Literal(BigDecimal value) implements Expression {
    @Override
    public BigDecimal evaluate(Function<String, BigDecimal> column) {
      return value;
    }
  }

  record Operation(char operator, Expression left, Expression right) implements Expression {
    @Override
    public BigDecimal evaluate(Function<String, BigDecimal> column) {
      var a = left.evaluate(column);
      var b = right.evaluate(column);
      return switch (operator) {
        case '+' -> a.add(b);
        case '-' -> a.subtract(b);
        case '*' -> a.multiply(b);
        default -> throw new IllegalStateException("unknown operator " + operator);
      };
    }
  }
}
