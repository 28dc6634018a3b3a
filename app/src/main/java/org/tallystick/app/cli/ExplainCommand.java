package org.tallystick.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.domain.time.Window;
import org.tallystick.readers.BilledUsageReader;
import org.tallystick.readers.InvoiceNumber;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tallystick invoice explain NUMBER`
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows an invoice with the parts of every line: the calculation itself. Where a rate card"
          + " has",
      "a rule for single records, each record with its price; with --by, the usage of each line by",
      "hour, day or month in the billing zone, as the run that posted it saw it."
    },
    footer = {
      "",
      "Examples:",
      "  tallystick invoice explain INV-000051",
      "  tallystick invoice explain INV-000051 --by day"
    })
final class ExplainCommand implements Callable<Integer> {

  @Mixin private Workplace workplace = new Workplace();

  @Parameters(paramLabel = "NUMBER", description = "An invoice number like INV-000123.")
  private String number = "";

  @Option(
      names = "--by",
      paramLabel = "hour|day|month",
      description = "The quantities of usage lines by these windows.")
  private @Nullable Window window;

  @Option(
      names = "--limit",
      defaultValue = "50",
      paramLabel = "N",
      description = "At most so many records a line (default: ${DEFAULT-VALUE}).")
  private long limit;

  @Override
  public Integer call() {
    var wanted = PostedInvoice.number(number);
    return workplace.with(session -> explain(session, wanted));
  }

  private int explain(Session session, InvoiceNumber wanted) {
    var invoice = PostedInvoice.read(session, wanted, true);
    var usage = usage(session, wanted);
    if (workplace.isJson()) {
      var json = invoice.json();
      json.put("usage", usage.values().stream().map(LineUsage::json).toList());
      workplace.json(json);
    } else {
      invoice.print(
          workplace.out(),
          line -> {
            var text = new ArrayList<>(invoice.explanation(line));
            var used = usage.get(String.valueOf(line.get("line_no")));
            if (used != null) {
              text.addAll(used.text());
            }
            return text;
          });
    }
    return 0;
  }

  private Map<String, LineUsage> usage(Session session, InvoiceNumber wanted) {
    var reader = new BilledUsageReader(session.get(JdbcClient.class));
    var usage = new LinkedHashMap<String, LineUsage>();
    for (var line : reader.of(wanted)) {
      usage.put(
          String.valueOf(line.lineNo()),
          new LineUsage(
              line,
              Optional.ofNullable(window).map(by -> reader.windows(line, by)),
              reader.rule(line),
              reader.records(line),
              limit));
    }
    return usage;
  }
}
