package org.tallystick.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.jdbc.core.simple.JdbcClient;
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
      ExplainCommand.class
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
        workplace.print(rows);
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
      var wanted = PostedInvoice.number(number);
      return workplace.with(session -> {
        var invoice = PostedInvoice.read(session, wanted, false);
        if (workplace.isJson()) {
          workplace.json(invoice.json());
        } else {
          invoice.print(workplace.out(), _ -> List.of());
        }
        return 0;
      });
    }
  }
}
