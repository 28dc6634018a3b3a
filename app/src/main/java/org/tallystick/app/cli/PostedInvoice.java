package org.tallystick.app.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.readers.InvoiceNumber;
import org.tallystick.readers.InvoiceReader;

/// An invoice as it is printed: its head, its lines, the credit on them, and on demand the parts of
/// every line.
record PostedInvoice(
    InvoiceNumber number,
    Map<String, @Nullable Object> head,
    List<Map<String, @Nullable Object>> lines,
    List<Map<String, @Nullable Object>> parts,
    List<Map<String, @Nullable Object>> credit) {

  static InvoiceNumber number(String text) {
    try {
      return InvoiceNumber.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }

  static PostedInvoice read(Session session, InvoiceNumber number, boolean hasParts) {
    var reader = new InvoiceReader(session.get(JdbcClient.class));
    var head =
        reader.head(number).stream()
            .findFirst()
            .orElseThrow(() -> new BadInput("there is no invoice " + number));
    return new PostedInvoice(
        number,
        head,
        reader.lines(number),
        hasParts ? reader.parts(number) : List.of(),
        reader.credit(number));
  }

  Map<String, @Nullable Object> json() {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("number", number.toString());
    json.putAll(head);
    json.put("lines", lines);
    json.put("credit_drawn", credit);
    json.put("parts", parts);
    return json;
  }

  /// Prints it, under each line what `explanation` says of it.
  void print(PrintWriter out, Function<Map<String, @Nullable Object>, List<String>> explanation) {
    out.println(
        "%s %s of %s to %s (%s, %s), run %s"
            .formatted(
                isStatement() ? "Statement" : "Invoice",
                number,
                head.get("issue_date"),
                head.get("customer_name"),
                head.get("customer"),
                Objects.requireNonNullElse(head.get("contract"), "consolidated"),
                head.get("run_no")));
    var whose = "";
    for (var line : lines) {
      var heading = heading(line);
      if (!heading.equals(whose)) {
        out.println((whose.isEmpty() ? "" : "\n") + heading);
        whose = heading;
      }
      out.println();
      out.println(text(line));
      explanation.apply(line).forEach(out::println);
      for (var draw : of(credit, line)) {
        out.println(
            "    settled with credit " + draw.get("grant_key") + ": " + money(draw, "amount"));
      }
    }
    out.println();
    out.println(
        "Total %s %s, credit %s, %s %s"
            .formatted(
                money(head, "total"),
                head.get("currency"),
                money(head, "credit"),
                isStatement() ? "converted to money" : "due",
                money(head, isStatement() ? "converted" : "due")));
  }

  /// Whether it is one of credits.
  private boolean isStatement() {
    return number.series().equals("CS");
  }

  /// Before the first line, and where lines of another customer or contract begin; whose usage they
  /// are is said where somebody else pays or pays for more.
  private String heading(Map<String, @Nullable Object> line) {
    var days = "ays in " + line.get("zone") + ", the last one exclusive";
    boolean isOwn =
        head.get("contract") != null && Objects.equals(head.get("customer"), line.get("customer"));
    return isOwn
        ? "D" + days
        : "%s (%s, %s), d%s"
            .formatted(line.get("customer_name"), line.get("customer"), line.get("contract"), days);
  }

  /// `1. Node-hours (usage) 1993-10-01 to 1993-11-01, 1,112.448056 node-hour: 1,064.96`; a quantity
  /// is cut to six decimals here, `explain` shows all of them.
  private static String text(Map<String, @Nullable Object> line) {
    var quantity = decimal(line, "quantity").setScale(6, RoundingMode.HALF_UP);
    return "%s. %s (%s) %s to %s, %s %s: %s"
        .formatted(
            line.get("line_no"),
            line.get("name"),
            line.get("category"),
            line.get("period_from"),
            line.get("period_to"),
            plain(quantity),
            line.get("unit"),
            money(line, "amount"));
  }

  /// The calculation of a line: its parts, the exact sum, what it was rounded to.
  List<String> explanation(Map<String, @Nullable Object> line) {
    var text = new ArrayList<String>();
    for (var part : of(parts, line)) {
      text.add(
          "    %s%s: %s × %s = %s"
              .formatted(
                  part.get("key"),
                  bounds(part),
                  plain(decimal(part, "quantity")),
                  plain(decimal(part, "unit_price")),
                  plain(decimal(part, "amount"))));
    }
    text.add(
        "    exactly %s, rounded %s, invoiced before %s"
            .formatted(
                plain(decimal(line, "exact")),
                money(line, "whole"),
                money(line, "invoiced_before")));
    return text;
  }

  /// ` (over 100, up to 1000)`, for a part of a tier.
  private static String bounds(Map<String, @Nullable Object> part) {
    var bounds = new ArrayList<String>();
    if (part.get("tier_from") != null) {
      bounds.add("over " + part.get("tier_from"));
    }
    if (part.get("tier_up_to") != null) {
      bounds.add("up to " + part.get("tier_up_to"));
    }
    return bounds.isEmpty() ? "" : " (" + String.join(", ", bounds) + ")";
  }

  private static List<Map<String, @Nullable Object>> of(
      List<Map<String, @Nullable Object>> rows, Map<String, @Nullable Object> line) {
    return rows.stream()
        .filter(row -> Objects.equals(row.get("line_no"), line.get("line_no")))
        .toList();
  }

  static String plain(BigDecimal decimal) {
    return decimal.stripTrailingZeros().toPlainString();
  }

  private static String money(Map<String, @Nullable Object> row, String name) {
    return Table.grouped(decimal(row, name));
  }

  private static BigDecimal decimal(Map<String, @Nullable Object> row, String name) {
    return row.get(name) instanceof BigDecimal decimal ? decimal : BigDecimal.ZERO;
  }
}
