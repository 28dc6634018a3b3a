package org.tallystick.app.cli;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tallystick.app.session.Session;
import org.tallystick.writers.wallet.GrantWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tallystick wallet void CUSTOMER UNIT GRANT --reason TEXT`
@Command(
    name = "void",
    mixinStandardHelpOptions = true,
    description = {
      "Takes what is left of a grant. What it gave stays given, and what holds have set aside"
          + " stays",
      "held."
    },
    footer = {
      "",
      "Examples:",
      "  tallystick wallet void acme qpu order-17 --reason \"the order was cancelled\""
    })
final class WalletVoidCommand implements Callable<Integer> {

  @Mixin private Workplace workplace = new Workplace();
  @Mixin private WalletCommand.Named named = new WalletCommand.Named();

  @Parameters(index = "2", paramLabel = "GRANT", description = "The grant's key.")
  private String key = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; kept with it.")
  private String reason = "";

  @Override
  public Integer call() {
    if (reason.isBlank()) {
      throw new BadInput("--reason expects a text, found '" + reason + "'");
    }
    return workplace.with(session -> {
      var transaction = new TransactionTemplate(session.get(PlatformTransactionManager.class));
      say(transaction.execute(_ -> voided(session)));
      return 0;
    });
  }

  private BigDecimal voided(Session session) {
    var grants = new GrantWriter(session.get(DataSource.class));
    var wallet = grants.lock(named.customer, named.unit).orElseThrow(named::unknown);
    return grants
        .voidGrant(wallet, key, reason, session.get(Clock.class).instant())
        .orElseThrow(() ->
            new BadInput(
                "there is no grant '%s'; `tallystick wallet show %s %s` shows what there is"
                    .formatted(key, named.customer, named.unit)));
  }

  private void say(BigDecimal taken) {
    if (workplace.isJson()) {
      workplace.json(Map.of("key", key, "taken", taken));
    } else {
      workplace
          .out()
          .println(
              taken.signum() == 0
                  ? "nothing is left of " + key + "; nothing has changed"
                  : "%s %s taken from %s".formatted(taken.toPlainString(), named.unit, key));
    }
  }
}
