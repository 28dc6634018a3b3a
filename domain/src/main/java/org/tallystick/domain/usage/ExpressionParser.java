package org.tallystick.domain.usage;

import static org.tallystick.domain.usage.ExpressionLanguage.operandsOf;
import static org.tallystick.domain.usage.ExpressionLanguage.resultOf;

import com.ezylang.evalex.parser.ASTNode;
import com.ezylang.evalex.parser.ParseException;
import com.ezylang.evalex.parser.ShuntingYardConverter;
import com.ezylang.evalex.parser.Token;
import com.ezylang.evalex.parser.Token.TokenType;
import com.ezylang.evalex.parser.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tallystick.domain.usage.ExpressionLanguage.Kind;

/// Parses an expression by EvalEx, and refuses what that lets through: operands side by side,
/// numbers with an exponent, a text where a number belongs.
final class ExpressionParser {

  /// A longer text is refused: nobody reads it, and its depth and its products stay bounded.
  private static final int LENGTH_MAX = 500;

  /// Names between backticks stand as one of these letters while the text is parsed.
  private static final char STAND_IN = '\uA000';

  private final String text;
  private final List<String> quoted = new ArrayList<>();
  private final Set<String> columns = new LinkedHashSet<>();

  ExpressionParser(String text) {
    this.text = text;
  }

  Expression parse(Kind wanted) {
    if (text.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "expected an expression of up to "
              + LENGTH_MAX
              + " characters, found one of "
              + text.length());
    }
    try {
      var plain = withoutQuotedNames();
      var tokens = new Tokenizer(plain, ExpressionLanguage.CONFIGURATION).parse();
      requireOperatorsBetween(tokens);
      var tree =
          new ShuntingYardConverter(plain, tokens, ExpressionLanguage.CONFIGURATION)
              .toAbstractSyntaxTree();
      return new Expression(text, typed(tree, wanted), List.copyOf(columns));
    } catch (ParseException e) {
      var message = String.valueOf(e.getMessage());
      throw error(
          message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1),
          e.getStartPosition());
    }
  }

  /// The text with a letter and spaces for each name between backticks, every place as it was.
  private String withoutQuotedNames() {
    var plain = new StringBuilder(text);
    char quote = 0;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c >= STAND_IN && c < STAND_IN + LENGTH_MAX && quote == 0) {
        throw error("expected a column between backticks", i + 1);
      } else if (quote != 0) {
        i += c == '\\' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '`') {
        int end = plain.indexOf("`", i + 1);
        if (end <= i + 1) {
          throw error("expected a column and ` after this", i + 1);
        }
        var standIn = (char) (STAND_IN + quoted.size());
        quoted.add(plain.substring(i + 1, end));
        plain.replace(i, end + 1, standIn + " ".repeat(end - i));
        i = end;
      }
    }
    return plain.toString();
  }

  private void requireOperatorsBetween(List<Token> tokens) {
    boolean isAfterOperand = false;
    for (var token : tokens) {
      boolean isStart =
          switch (token.getType()) {
            case INFIX_OPERATOR, BRACE_CLOSE, COMMA -> false;
            default -> true;
          };
      if (isStart == isAfterOperand) {
        throw error(
            isStart ? "expected an operator" : "expected a column, a number or (",
            token.getStartPosition());
      }
      isAfterOperand =
          switch (token.getType()) {
            case NUMBER_LITERAL, STRING_LITERAL, VARIABLE_OR_CONSTANT, BRACE_CLOSE -> true;
            default -> false;
          };
    }
    if (!isAfterOperand) {
      throw error("expected a column, a number or (", text.length() + 1);
    }
  }

  /// `node` as something of the kind that its place wants, columns named by how they are read.
  private ASTNode typed(ASTNode node, Kind wanted) {
    var token = node.getToken();
    return switch (token.getType()) {
      case NUMBER_LITERAL -> {
        if (!token.getValue().matches("[0-9]{1,40}(\\.[0-9]{1,40})?")) {
          throw error("expected a plain number of up to 40 digits", token.getStartPosition());
        }
        yield require(Kind.NUMBER, wanted, node);
      }
      case STRING_LITERAL -> require(Kind.TEXT, wanted, node);
      case VARIABLE_OR_CONSTANT -> column(token, wanted);
      case FUNCTION, INFIX_OPERATOR, PREFIX_OPERATOR ->
          token.getValue().equalsIgnoreCase("IF") ? choice(node, wanted) : operation(node, wanted);
      default -> throw error("unexpected '" + token.getValue() + "'", token.getStartPosition());
    };
  }

  private ASTNode column(Token token, Kind wanted) {
    if (wanted == Kind.TRUTH) {
      throw error("expected a condition, found a column", token.getStartPosition());
    }
    int index = token.getValue().charAt(0) - STAND_IN;
    var name = index >= 0 && index < quoted.size() ? quoted.get(index) : token.getValue();
    columns.add(name);
    char as = wanted == Kind.NUMBER ? ExpressionLanguage.AS_NUMBER : ExpressionLanguage.AS_TEXT;
    return new ASTNode(
        new Token(token.getStartPosition(), as + name, TokenType.VARIABLE_OR_CONSTANT));
  }

  private ASTNode choice(ASTNode node, Kind wanted) {
    var parts = node.getParameters();
    return new ASTNode(
        node.getToken(),
        typed(parts.get(0), Kind.TRUTH),
        typed(parts.get(1), wanted),
        typed(parts.get(2), wanted));
  }

  private ASTNode operation(ASTNode node, Kind wanted) {
    var name = node.getToken().getValue();
    var parts = node.getParameters();
    var operands = ExpressionLanguage.isComparison(name) ? compared(name, parts) : operandsOf(name);
    require(resultOf(name), wanted, node);
    return new ASTNode(
        node.getToken(), parts.stream().map(part -> typed(part, operands)).toArray(ASTNode[]::new));
  }

  /// Numbers if one of `parts` is one, texts if one is a text; of columns alone, equality is of
  /// texts and order of numbers.
  private static Kind compared(String name, List<ASTNode> parts) {
    if (parts.stream().anyMatch(part -> is(Kind.NUMBER, part))) {
      return Kind.NUMBER;
    }
    boolean isOrder = name.startsWith("<") || name.startsWith(">");
    return isOrder && parts.stream().noneMatch(part -> is(Kind.TEXT, part))
        ? Kind.NUMBER
        : Kind.TEXT;
  }

  /// Whether `node` is of `kind` by itself; a column is of none.
  private static boolean is(Kind kind, ASTNode node) {
    var token = node.getToken();
    return switch (token.getType()) {
      case NUMBER_LITERAL -> kind == Kind.NUMBER;
      case STRING_LITERAL -> kind == Kind.TEXT;
      case FUNCTION, INFIX_OPERATOR, PREFIX_OPERATOR ->
          token.getValue().equalsIgnoreCase("IF")
              ? is(kind, node.getParameters().get(1)) || is(kind, node.getParameters().get(2))
              : resultOf(token.getValue()) == kind;
      default -> false;
    };
  }

  private ASTNode require(Kind found, Kind wanted, ASTNode node) {
    if (found != wanted) {
      throw error("expected " + wanted + ", found " + found, node.getToken().getStartPosition());
    }
    return node;
  }

  private IllegalArgumentException error(String message, int position) {
    return new IllegalArgumentException(
        message + " at position " + position + " of '" + text + "'");
  }
}
