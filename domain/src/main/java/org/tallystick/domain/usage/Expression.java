package org.tallystick.domain.usage;

import com.ezylang.evalex.EvaluationException;
import com.ezylang.evalex.data.DataAccessorIfc;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.parser.ASTNode;
import java.math.BigDecimal;
import java.util.List;

/// An expression over the columns of a row: a quantity, `run_time * processors`, or a condition,
/// `status == 'failed' || cost < 0`. Read once, evaluated for every row.
///
/// Decimals are exact: there are sums, differences and products, and no division; a quotient that
/// no decimal holds belongs into a meter's factor. A column is a number where the expression wants
/// one, beside arithmetic or compared with a number, and its text elsewhere.
public final class Expression {

  /// The columns of one row. Both throw what the caller wants for a column that has no such value.
  interface Row {
    BigDecimal number(String column);

    String text(String column);
  }

  private final String text;
  private final ASTNode tree;
  private final List<String> columns;

  Expression(String text, ASTNode tree, List<String> columns) {
    this.text = text;
    this.tree = tree;
    this.columns = List.copyOf(columns);
  }

  /// Parses a quantity, or throws IllegalArgumentException with the position of the first error.
  public static Expression parse(String text) {
    return new ExpressionParser(text).parse(ExpressionLanguage.Kind.NUMBER);
  }

  /// The same of a condition.
  public static Expression condition(String text) {
    return new ExpressionParser(text).parse(ExpressionLanguage.Kind.TRUTH);
  }

  /// The columns it reads, in order of first use.
  public List<String> columns() {
    return columns;
  }

  /// The value of a quantity.
  BigDecimal evaluate(Row row) {
    return value(row).getNumberValue();
  }

  /// Whether a condition holds.
  boolean holds(Row row) {
    return value(row).getBooleanValue();
  }

  private EvaluationValue value(Row row) {
    try {
      return ExpressionLanguage.over(new Columns(row)).evaluateSubtree(tree);
    } catch (EvaluationException e) {
      throw new IllegalStateException("'" + text + "' was parsed and has no value", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression expression
        && text.equals(expression.text)
        && tree.equals(expression.tree);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  /// Columns as the tree calls them: what they are wanted as, then their name.
  private record Columns(Row row) implements DataAccessorIfc {
    @Override
    public EvaluationValue getData(String variable) {
      var column = variable.substring(1);
      return variable.charAt(0) == ExpressionLanguage.AS_NUMBER
          ? EvaluationValue.numberValue(row.number(column))
          : EvaluationValue.stringValue(row.text(column));
    }

    /// EvalEx keeps here what its `with` is given. Nobody calls that: columns are only read, and a
    /// value that came to be kept would be of another row.
    @Override
    public void setData(String variable, EvaluationValue value) {
      throw new UnsupportedOperationException("expressions change no columns");
    }
  }
}
