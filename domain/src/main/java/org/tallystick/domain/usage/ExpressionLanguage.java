package org.tallystick.domain.usage;

import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.config.MapBasedFunctionDictionary;
import com.ezylang.evalex.config.MapBasedOperatorDictionary;
import com.ezylang.evalex.data.DataAccessorIfc;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.functions.AbstractFunction;
import com.ezylang.evalex.functions.FunctionParameter;
import com.ezylang.evalex.functions.basic.AbsFunction;
import com.ezylang.evalex.functions.basic.CeilingFunction;
import com.ezylang.evalex.functions.basic.FloorFunction;
import com.ezylang.evalex.functions.basic.IfFunction;
import com.ezylang.evalex.functions.basic.MaxFunction;
import com.ezylang.evalex.functions.basic.MinFunction;
import com.ezylang.evalex.functions.string.StringEndsWithFunction;
import com.ezylang.evalex.functions.string.StringStartsWithFunction;
import com.ezylang.evalex.operators.arithmetic.InfixMinusOperator;
import com.ezylang.evalex.operators.arithmetic.InfixMultiplicationOperator;
import com.ezylang.evalex.operators.arithmetic.InfixPlusOperator;
import com.ezylang.evalex.operators.arithmetic.PrefixMinusOperator;
import com.ezylang.evalex.operators.booleans.InfixAndOperator;
import com.ezylang.evalex.operators.booleans.InfixEqualsOperator;
import com.ezylang.evalex.operators.booleans.InfixGreaterEqualsOperator;
import com.ezylang.evalex.operators.booleans.InfixGreaterOperator;
import com.ezylang.evalex.operators.booleans.InfixLessEqualsOperator;
import com.ezylang.evalex.operators.booleans.InfixLessOperator;
import com.ezylang.evalex.operators.booleans.InfixNotEqualsOperator;
import com.ezylang.evalex.operators.booleans.InfixOrOperator;
import com.ezylang.evalex.operators.booleans.PrefixNotOperator;
import com.ezylang.evalex.parser.Token;
import java.math.MathContext;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What of EvalEx an expression may use. Left out is what is not exact (division, roots, angles),
/// not the same everywhere and always (clocks, chance, upper and lower case by the machine's
/// locale), or costly (powers, factorials, regular expressions).
final class ExpressionLanguage {

  /// What a part of an expression is.
  enum Kind {
    NUMBER("a number"),
    TEXT("a text"),
    TRUTH("a condition");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /// Before the name of a column that is read as a number.
  static final char AS_NUMBER = '#';

  /// Before the name of a column that is read as a text.
  static final char AS_TEXT = '\'';

  private static final Map<String, Kind> OPERANDS =
      Map.ofEntries(
          Map.entry("+", Kind.NUMBER),
          Map.entry("-", Kind.NUMBER),
          Map.entry("*", Kind.NUMBER),
          Map.entry("MIN", Kind.NUMBER),
          Map.entry("MAX", Kind.NUMBER),
          Map.entry("ABS", Kind.NUMBER),
          Map.entry("FLOOR", Kind.NUMBER),
          Map.entry("CEILING", Kind.NUMBER),
          Map.entry("&&", Kind.TRUTH),
          Map.entry("||", Kind.TRUTH),
          Map.entry("!", Kind.TRUTH),
          Map.entry("STR_CONTAINS", Kind.TEXT),
          Map.entry("STR_STARTS_WITH", Kind.TEXT),
          Map.entry("STR_ENDS_WITH", Kind.TEXT));

  private static final List<String> COMPARISONS = List.of("==", "=", "!=", "<", "<=", ">", ">=");

  static final ExpressionConfiguration CONFIGURATION = configuration();

  private ExpressionLanguage() {}

  /// What the operator or function `name` takes, which is no comparison.
  static Kind operandsOf(String name) {
    return OPERANDS.getOrDefault(name.toUpperCase(Locale.ROOT), Kind.TEXT);
  }

  /// What the operator or function `name` makes.
  static Kind resultOf(String name) {
    return operandsOf(name) == Kind.NUMBER ? Kind.NUMBER : Kind.TRUTH;
  }

  static boolean isComparison(String name) {
    return COMPARISONS.contains(name);
  }

  /// An evaluator that asks `columns`; it is good for one row.
  static Expression over(DataAccessorIfc columns) {
    return new Expression(
        "", CONFIGURATION.toBuilder().dataAccessorSupplier(() -> columns).build());
  }

  private static ExpressionConfiguration configuration() {
    return ExpressionConfiguration.builder()
        .mathContext(MathContext.UNLIMITED)
        .stripTrailingZeros(false)
        .defaultConstants(Map.of())
        .arraysAllowed(false)
        .structuresAllowed(false)
        .implicitMultiplicationAllowed(false)
        .singleQuoteStringLiteralsAllowed(true)
        .zoneId(ZoneOffset.UTC)
        .locale(Locale.ROOT)
        .operatorDictionary(operators())
        .functionDictionary(functions())
        .build();
  }

  @SuppressWarnings("unchecked")
  private static MapBasedOperatorDictionary operators() {
    return (MapBasedOperatorDictionary)
        MapBasedOperatorDictionary.ofOperators(
            Map.entry("-", new PrefixMinusOperator()),
            Map.entry("!", new PrefixNotOperator()),
            Map.entry("+", new InfixPlusOperator()),
            Map.entry("-", new InfixMinusOperator()),
            Map.entry("*", new InfixMultiplicationOperator()),
            Map.entry("==", new InfixEqualsOperator()),
            Map.entry("=", new InfixEqualsOperator()),
            Map.entry("!=", new InfixNotEqualsOperator()),
            Map.entry("<", new InfixLessOperator()),
            Map.entry("<=", new InfixLessEqualsOperator()),
            Map.entry(">", new InfixGreaterOperator()),
            Map.entry(">=", new InfixGreaterEqualsOperator()),
            Map.entry("&&", new InfixAndOperator()),
            Map.entry("||", new InfixOrOperator()));
  }

  @SuppressWarnings("unchecked")
  private static MapBasedFunctionDictionary functions() {
    return (MapBasedFunctionDictionary)
        MapBasedFunctionDictionary.ofFunctions(
            Map.entry("IF", new IfFunction()),
            Map.entry("MIN", new MinFunction()),
            Map.entry("MAX", new MaxFunction()),
            Map.entry("ABS", new AbsFunction()),
            Map.entry("FLOOR", new FloorFunction()),
            Map.entry("CEILING", new CeilingFunction()),
            Map.entry("STR_CONTAINS", new Contains()),
            Map.entry("STR_STARTS_WITH", new StringStartsWithFunction()),
            Map.entry("STR_ENDS_WITH", new StringEndsWithFunction()));
  }

  /// Whether a text is in another, letter by letter. EvalEx's own goes by the machine's locale.
  @FunctionParameter(name = "string")
  @FunctionParameter(name = "substring")
  private static final class Contains extends AbstractFunction {
    @Override
    public EvaluationValue evaluate(Expression expression, Token name, EvaluationValue... texts) {
      return EvaluationValue.booleanValue(
          texts[0].getStringValue().contains(texts[1].getStringValue()));
    }
  }
}
