package org.tallystick.app.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.readers.AveragePrices;
import org.tallystick.readers.SuspenseReader;
import org.tallystick.readers.SuspenseReader.Filter;
import org.tallystick.readers.UnattributedReader;
import org.tallystick.readers.WaitingFile;
import org.tallystick.readers.WaitingLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `tallystick usage suspense list`
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists waiting lines with file, line, reason and text, and unattributed usage; with what"
          + " it",
      "may be worth, where usage of its type was rated before."
    },
    footer = {
      "",
      "Examples:",
      "  tallystick usage suspense list --reason bad_number",
      "  tallystick usage suspense list --customer user-7 --older-than P7D"
    })
final class SuspenseListCommand implements Callable<Integer> {

  @Mixin private Workplace workplace = new Workplace();
  @Mixin private SuspenseFilter filter = new SuspenseFilter();

  @Option(
      names = "--limit",
      defaultValue = "1000",
      paramLabel = "N",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() {
    return workplace.with(this::list);
  }

  private int list(Session session) {
    var jdbc = session.get(JdbcClient.class);
    var prices = new AveragePrices(jdbc);
    var suspended = suspended(new SuspenseReader(jdbc), filter.filter(session), prices);
    var unattributed = new ArrayList<Map<String, @Nullable Object>>();
    if (!filter.isOfLines()) {
      for (var row : new UnattributedReader(jdbc).unattributed(filter.customer(), limit)) {
        unattributed.add(priced(row, prices));
      }
    }
    if (workplace.isJson()) {
      var both = new LinkedHashMap<String, Object>();
      both.put("suspended", suspended);
      both.put("unattributed", unattributed);
      workplace.json(both);
    } else {
      workplace.out().println("suspended lines");
      Table.of(suspended).forEach(workplace.out()::println);
      workplace.out().println();
      workplace.out().println("unattributed usage");
      Table.of(unattributed).forEach(workplace.out()::println);
    }
    return 0;
  }

  private List<Map<String, @Nullable Object>> suspended(
      SuspenseReader suspense, Filter wanted, AveragePrices prices) {
    var rows = new ArrayList<Map<String, @Nullable Object>>();
    for (var file : suspense.files(wanted)) {
      suspense.forEach(
          file,
          wanted,
          line -> {
            if (rows.size() < limit) {
              rows.add(row(file, line, prices));
            }
          });
    }
    return rows;
  }

  private static Map<String, @Nullable Object> row(
      WaitingFile file, WaitingLine line, AveragePrices prices) {
    var row = new LinkedHashMap<String, @Nullable Object>();
    row.put("file", file.name());
    row.put("line", line.number());
    row.put("since", file.since());
    row.put("reason", line.reason());
    row.put("field", line.field());
    row.put("message", line.message());
    row.put(
        "worth",
        file.type(line)
            .flatMap(type -> file.quantity(line).flatMap(quantity -> prices.worth(type, quantity)))
            .orElse(null));
    row.put("raw", line.raw());
    return row;
  }

  private static Map<String, @Nullable Object> priced(
      Map<String, @Nullable Object> row, AveragePrices prices) {
    var priced = new LinkedHashMap<String, @Nullable Object>(row);
    priced.put(
        "worth",
        row.get("quantity") instanceof BigDecimal quantity
            ? prices.worth(String.valueOf(row.get("type")), quantity).orElse(null)
            : null);
    return priced;
  }
}
