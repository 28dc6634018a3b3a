package org.tallystick.app.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.readers.WalletReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tallystick wallet …`
@Command(
    name = "wallet",
    mixinStandardHelpOptions = true,
    description = "What customers have in their wallets, and what became of it.",
    subcommands = {
      WalletCommand.ListWallets.class,
      WalletCommand.Show.class,
      WalletHistoryCommand.class,
      WalletGrantCommand.class,
      WalletVoidCommand.class,
      WalletResetCommand.class,
      WalletSettleCommand.class,
      WalletSettleCommand.RefusedLines.class
    })
final class WalletCommand {

  /// `tallystick wallet list`
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "Lists wallets with what is available now, what open holds have set aside, what is owed,"
            + " and",
        "the floor that requests may not cross."
      },
      footer = {"", "Examples:", "  tallystick wallet list --customer acme"})
  static final class ListWallets implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();

    @Option(names = "--customer", paramLabel = "KEY", description = "Only this customer's.")
    private String customer = "";

    @Override
    public Integer call() {
      return workplace.with(session -> {
        workplace.print(new WalletReader(jdbc(session)).wallets(customer, "", now(session)));
        return 0;
      });
    }
  }

  /// `tallystick wallet show CUSTOMER UNIT`
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "Shows a wallet with its grants, in the order in which they burn, and open holds; with"
            + " --at, what",
        "the grants held then."
      },
      footer = {
        "",
        "Examples:",
        "  tallystick wallet show acme qpu",
        "  tallystick wallet show acme qpu --at 2026-03-01T00:00:00Z"
      })
  static final class Show implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();
    @Mixin private Named named = new Named();

    @Option(
        names = "--at",
        paramLabel = "INSTANT",
        description = "A time like 2026-03-01T00:00:00Z (default: now).")
    private @Nullable Instant at;

    @Override
    public Integer call() {
      return workplace.with(session -> {
        var reader = new WalletReader(jdbc(session));
        var wallet = new LinkedHashMap<>(named.find(reader, session));
        if (at != null) {
          workplace.print(reader.grantsAt(named.customer, named.unit, at));
          return 0;
        }
        var grants = reader.grants(named.customer, named.unit);
        var recurring = reader.recurring(named.customer, named.unit);
        var holds = reader.holds(named.customer, named.unit);
        if (workplace.isJson()) {
          wallet.put("grants", grants);
          wallet.put("recurring", recurring);
          wallet.put("holds", holds);
          workplace.json(wallet);
        } else {
          workplace.print(List.of(wallet));
          workplace.out().println("\ngrants");
          workplace.print(grants);
          if (!recurring.isEmpty()) {
            workplace.out().println("\nrecurring grants");
            workplace.print(recurring);
          }
          workplace.out().println("\nopen holds");
          workplace.print(holds);
        }
        return 0;
      });
    }
  }

  /// Which wallet.
  static final class Named {

    @Parameters(index = "0", paramLabel = "CUSTOMER", description = "The customer's key.")
    String customer = "";

    @Parameters(index = "1", paramLabel = "UNIT", description = "A currency, or a unit like qpu.")
    String unit = "";

    Map<String, @Nullable Object> find(WalletReader reader, Session session) {
      return reader.wallets(customer, unit, now(session)).stream()
          .findFirst()
          .orElseThrow(this::unknown);
    }

    /// The customer's id.
    UUID id(Session session) {
      return jdbc(session)
          .sql("select id from customer where key = :key")
          .param("key", customer)
          .query((row, _) -> row.getObject("id", UUID.class))
          .optional()
          .orElseThrow(this::unknown);
    }

    BadInput unknown() {
      return new BadInput(
          "customer '%s' has no wallet in '%s'; `tallystick wallet list` shows what there is"
              .formatted(customer, unit));
    }
  }

  private static JdbcClient jdbc(Session session) {
    return session.get(JdbcClient.class);
  }

  private static Instant now(Session session) {
    return session.get(Clock.class).instant();
  }
}
