package org.tallystick.app.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.readers.InvoiceNumber;
import org.tallystick.readers.InvoiceReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tallystick invoice …`
@Command(
    name = "invoice",
    mixinStandardHelpOptions = true,
    description = "Posted invoices, and how each amount came about.",
    subcommands = {
      InvoiceCommand.ListInvoices.class,
      InvoiceCommand.Show.class,
      InvoiceCommand.Explain.class
    })
final class InvoiceCommand {

  /// `tallystick invoice list`
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists invoices by number.",
      footer = {"", "Example:", "  tallystick invoice list --customer user-28"})
  static final class ListInvoices implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();

    @Option(
        names = "--customer",
        defaultValue = "",
        paramLabel = "KEY",
        description = "Only this customer's invoices.")
    private String customer = "";

    @Override
    public Integer call() {
      return workplace.with(session -> {
        var rows = new InvoiceReader(session.get(JdbcClient.class)).list(customer);
        if (workplace.isJson()) {
          workplace.json(rows);
        } else {
          Table.of(rows).forEach(workplace.out()::println);
        }
        return 0;
      });
    }
  }

  /// `tallystick invoice show NUMBER`
  @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows an invoice.")
  static final class Show implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();

    @Parameters(paramLabel = "NUMBER", description = "An invoice number like INV-000123.")
    private String number = "";

    @Override
    public Integer call() {
      return show(workplace, number, false);
    }
  }

  /// `tallystick invoice explain NUMBER`
  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description = "Shows an invoice with the parts of every line: the calculation itself.",
      footer = {"", "Example:", "  tallystick invoice explain INV-000051"})
  static final class Explain implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();

    @Parameters(paramLabel = "NUMBER", description = "An invoice number like INV-000123.")
    private String number = "";

    @Override
    public Integer call() {
      return show(workplace, number, true);
    }
  }

  private static int show(Workplace workplace, String text, boolean isExplained) {
    InvoiceNumber number;
    try {
      number = InvoiceNumber.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
    return workplace.with(session -> show(workplace, session, number, isExplained));
  }

  private static int show(
      Workplace workplace, Session session, InvoiceNumber number, boolean isExplained) {
    var reader = new InvoiceReader(session.get(JdbcClient.class));
    var head =
        reader.head(number).stream()
            .findFirst()
            .orElseThrow(() -> new BadInput("there is no invoice " + number));
    var lines = reader.lines(number);
    var parts = isExplained ? reader.parts(number) : List.<Map<String, @Nullable Object>>of();
    var credit = reader.credit(number);
    if (workplace.isJson()) {
      var json = new LinkedHashMap<String, @Nullable Object>();
      json.put("number", number.toString());
      json.putAll(head);
      json.put("lines", lines);
      json.put("credit_drawn", credit);
      json.put("parts", parts);
      workplace.json(json);
    } else {
      print(workplace, number, head, lines, parts, credit);
    }
    return 0;
  }

  private static void print(
      Workplace workplace,
      InvoiceNumber number,
      Map<String, @Nullable Object> head,
      List<Map<String, @Nullable Object>> lines,
      List<Map<String, @Nullable Object>> parts,
      List<Map<String, @Nullable Object>> credit) {
    var out = workplace.out();
    out.println(
        "Invoice %s of %s to %s (%s, %s), run %s"
            .formatted(
                number,
                head.get("issue_date"),
                head.get("customer_name"),
                head.get("customer"),
                head.get("contract"),
                head.get("run_no")));
    out.println("Days in " + head.get("zone") + ", the last one exclusive");
    for (var line : lines) {
      out.println();
      out.println(lineText(line));
      if (!parts.isEmpty()) {
        explain(line, of(parts, line)).forEach(out::println);
      }
      for (var draw : of(credit, line)) {
        out.println(
            "    settled with credit " + draw.get("grant_key") + ": " + money(draw, "amount"));
      }
    }
    out.println();
    out.println(
        "Total %s %s, credit %s, due %s"
            .formatted(
                money(head, "total"),
                head.get("currency"),
                money(head, "credit"),
                money(head, "due")));
  }

  /// `1. Node-hours (usage) 1993-10-01 to 1993-11-01, 1,112.448056 node-hour: 1,064.96`; a quantity
  /// is cut to six decimals here, `explain` shows all of them.
  private static String lineText(Map<String, @Nullable Object> line) {
    var quantity = decimal(line, "quantity").setScale(6, RoundingMode.HALF_UP);
    return "%s. %s (%s) %s to %s, %s %s: %s"
        .formatted(
            line.get("line_no"),
            line.get("name"),
            line.get("category"),
            line.get("period_from"),
            line.get("period_to"),
            quantity.stripTrailingZeros().toPlainString(),
            line.get("unit"),
            money(line, "amount"));
  }

  private static List<String> explain(
      Map<String, @Nullable Object> line, List<Map<String, @Nullable Object>> parts) {
    var text = new ArrayList<String>();
    for (var part : parts) {
      text.add(
          "    "
              + part.get("key")
              + ": "
              + quantity(part)
              + " × "
              + decimal(part, "unit_price").stripTrailingZeros().toPlainString()
              + " = "
              + decimal(part, "amount").stripTrailingZeros().toPlainString());
    }
    text.add(
        "    exactly "
            + decimal(line, "exact").stripTrailingZeros().toPlainString()
            + ", rounded "
            + money(line, "whole")
            + ", invoiced before "
            + money(line, "invoiced_before"));
    return text;
  }

  private static List<Map<String, @Nullable Object>> of(
      List<Map<String, @Nullable Object>> rows, Map<String, @Nullable Object> line) {
    return rows.stream()
        .filter(row -> Objects.equals(row.get("line_no"), line.get("line_no")))
        .toList();
  }

  private static String quantity(Map<String, @Nullable Object> row) {
    return decimal(row, "quantity").stripTrailingZeros().toPlainString();
  }

  private static String money(Map<String, @Nullable Object> row, String name) {
    return Table.grouped(decimal(row, name));
  }

  private static BigDecimal decimal(Map<String, @Nullable Object> row, String name) {
    return row.get(name) instanceof BigDecimal decimal ? decimal : BigDecimal.ZERO;
  }
}
