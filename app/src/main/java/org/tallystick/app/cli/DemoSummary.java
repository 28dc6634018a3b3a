package org.tallystick.app.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.digest.Sha256;
import org.tallystick.domain.run.RunKind;
import org.tallystick.domain.run.RunState;
import org.tallystick.readers.FileReport;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.RunReport;

/// What the demo says when it is done.
final class DemoSummary {

  private final Map<String, @Nullable Object> rows;
  private final List<Map<String, @Nullable Object>> bills;
  private final List<Map<String, @Nullable Object>> accounts;
  private final String outputHash;
  private final int nights;
  private final Workplace workplace;
  private final boolean isChanged;

  DemoSummary(JdbcClient jdbc, Workplace workplace, boolean isChanged) {
    this.workplace = workplace;
    this.rows = new FileReport(jdbc).total();
    var report = new RunReport(jdbc);
    this.bills = report.bills();
    this.accounts = report.accounts();
    var hashes = new StringBuilder();
    var posted =
        new RunReader(jdbc)
            .latest(Integer.MAX_VALUE).reversed().stream()
                .filter(run -> run.kind() == RunKind.NIGHTLY && run.state() == RunState.POSTED)
                .toList();
    posted.forEach(
        run -> hashes.append(run.asOf()).append(' ').append(run.outputHash()).append('\n'));
    this.outputHash = Sha256.hex(hashes.toString());
    this.nights = posted.size();
    this.isChanged = isChanged;
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("changed", isChanged);
    json.put("rows", rows);
    json.put("nights", nights);
    json.put("bills", bills);
    json.put(
        "invoices",
        ordered(
            "count", invoices(),
            "total", sum(bills, "total"),
            "credit", sum(bills, "credit"),
            "due", sum(bills, "due")));
    json.put(
        "ledger",
        ordered(
            "debit", sum(accounts, "debit"),
            "credit", sum(accounts, "credit"),
            "accounts", accounts));
    json.put("outputHash", outputHash);
    json.put("data", data());
    return json;
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    return map;
  }

  List<String> text() {
    var text = new ArrayList<String>();
    text.add("");
    text.add("Usage   NASA Ames iPSC/860, October to December 1993");
    text.add(
        "        %s rows = %s accepted + %s filtered + %s suspended + %s duplicate"
            .formatted(
                count("read"),
                count("accepted"),
                count("filtered"),
                count("suspended"),
                count("duplicate")));
    text.add("");
    text.add(
        "Bills   %s nights, %s invoices"
            .formatted(Table.grouped(nights), Table.grouped(invoices())));
    Table.of(bills).forEach(line -> text.add("        " + line));
    text.add(
        "        total %s, settled with credit %s, due %s"
            .formatted(total(bills, "total"), total(bills, "credit"), total(bills, "due")));
    text.add("");
    text.add(
        "Books   debit %s = credit %s"
            .formatted(total(accounts, "debit"), total(accounts, "credit")));
    Table.of(accounts).forEach(line -> text.add("        " + line));
    text.add("");
    text.add("Output  " + outputHash);
    text.add("Data    " + data());
    text.addAll(next());
    return text;
  }

  private String data() {
    return workplace.data().toAbsolutePath().normalize().toString();
  }

  private List<String> next() {
    return List.of(
        "",
        isChanged ? "Next:" : "Everything was there already; nothing was changed. Next:",
        "  ./" + workplace.command("invoice list --customer user-28"),
        "  ./" + workplace.command("invoice explain INV-000051"),
        "  ./" + workplace.command("runs list"),
        "  ./" + workplace.command("verify"));
  }

  private static String total(List<Map<String, @Nullable Object>> rows, String name) {
    return Table.grouped(sum(rows, name));
  }

  private String count(String name) {
    return rows.get(name) instanceof Long number ? Table.grouped(number) : "0";
  }

  private long invoices() {
    return sum(bills, "invoices").longValueExact();
  }

  private static BigDecimal sum(List<Map<String, @Nullable Object>> rows, String name) {
    return rows.stream()
        .map(row -> new BigDecimal(String.valueOf(row.get(name))))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
