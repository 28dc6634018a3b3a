package org.tallystick.app.cli;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tallystick.app.session.Session;
import org.tallystick.domain.wallet.WalletOutcome;
import org.tallystick.domain.wallet.WalletOutcome.Refused;
import org.tallystick.domain.wallet.WalletOutcome.Repeated;
import org.tallystick.domain.wallet.WalletOutcome.Settled;
import org.tallystick.domain.wallet.WalletRequest.Reset;
import org.tallystick.writers.wallet.WalletRequests;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `tallystick wallet reset CUSTOMER UNIT --key KEY`
@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    description = {
      "Begins a new usage period of a wallet of credits: of each grant in force is left what it"
          + " keeps",
      "(wallet grant --keep-min, --keep-max; by default all). The same key again changes nothing."
    },
    footer = {
      "",
      "Examples:",
      "  tallystick wallet reset acme qpu --key 2026-02",
      "  tallystick wallet reset acme qpu --key 2026-02 --overage forgiven"
    })
final class WalletResetCommand implements Callable<Integer> {

  @Mixin private Workplace workplace = new Workplace();
  @Mixin private WalletCommand.Named named = new WalletCommand.Named();

  @Option(
      names = "--key",
      required = true,
      paramLabel = "KEY",
      description = "What the reset is called.")
  private String key = "";

  @Option(
      names = "--overage",
      defaultValue = "kept",
      paramLabel = "kept|forgiven",
      description = "What becomes of what is owed (default: ${DEFAULT-VALUE}).")
  private String overage = "";

  @Override
  public Integer call() {
    return workplace.with(session -> {
      var request = request(session);
      var transaction = new TransactionTemplate(session.get(PlatformTransactionManager.class));
      return say(transaction.execute(_ -> settle(session, request)));
    });
  }

  private Reset request(Session session) {
    var now = session.get(Clock.class).instant();
    try {
      var kept = Reset.Overage.valueOf(overage.toUpperCase(Locale.ROOT));
      return new Reset(key, now, named.unit, kept);
    } catch (IllegalArgumentException e) {
      var isKnown = overage.equals("kept") || overage.equals("forgiven");
      throw new BadInput(
          isKnown
              ? String.valueOf(e.getMessage())
              : "--overage expects kept or forgiven, found '" + overage + "'");
    }
  }

  private WalletOutcome settle(Session session, Reset request) {
    return new WalletRequests(session.get(DataSource.class)).settle(named.id(session), request);
  }

  private int say(WalletOutcome outcome) {
    var text =
        switch (outcome) {
          case Settled _ -> "reset";
          case Repeated _ -> "repeated";
          case Refused(_, var message) -> throw new BadInput(message);
        };
    if (workplace.isJson()) {
      var json = new LinkedHashMap<String, Object>();
      json.put("outcome", text);
      json.put("key", key);
      workplace.json(json);
    } else {
      workplace
          .out()
          .println(
              text.equals("reset")
                  ? "%s of %s reset as %s".formatted(named.unit, named.customer, key)
                  : "%s was a reset before; nothing has changed".formatted(key));
    }
    return 0;
  }
}
