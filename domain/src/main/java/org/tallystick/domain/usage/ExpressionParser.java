package org.tallystick.domain.usage;

import java.math.BigDecimal;
import java.util.function.IntPredicate;
import org.tallystick.domain.usage.Expression.Column;
import org.tallystick.domain.usage.Expression.Literal;
import org.tallystick.domain.usage.Expression.Operation;

/// Recursive descent: sum = product {(+|-) product}; product = atom {* atom}; atom = column |
/// number | ( sum ).
final class ExpressionParser {

  private final String text;
  private int at;

  ExpressionParser(String text) {
    this.text = text;
  }

  Expression parse() {
    var expression = sum();
    if (at < text.length()) {
      throw error("+, - or *");
    }
    return expression;
  }

  private Expression sum() {
    var left = product();
    while (next() == '+' || next() == '-') {
      char operator = text.charAt(at++);
      left = new Operation(operator, left, product());
    }
    return left;
  }

  private Expression product() {
    var left = atom();
    while (next() == '*') {
      at++;
      left = new Operation('*', left, atom());
    }
    return left;
  }

  private Expression atom() {
    char first = next();
    if (first == '(') {
      at++;
      var inner = sum();
      if (next() != ')') {
        throw error(")");
      }
      at++;
      return inner;
    }
    if (Character.isDigit(first)) {
      return new Literal(number(word(c -> Character.isDigit(c) || c == '.')));
    }
    if (Character.isLetter(first) || first == '_') {
      return new Column(word(c -> Character.isLetterOrDigit(c) || c == '_'));
    }
    throw error("a column, a number or (");
  }

  private BigDecimal number(String digits) {
    try {
      return new BigDecimal(digits);
    } catch (NumberFormatException e) {
      throw error("a number before this");
    }
  }

  private String word(IntPredicate belongs) {
    int from = at;
    while (at < text.length() && belongs.test(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  /// The next character that is no space, or 0 at the end.
  private char next() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private IllegalArgumentException error(String expected) {
    return new IllegalArgumentException(
        "expected " + expected + " at position " + (at + 1) + " of '" + text + "'");
  }
}
