package org.tallystick.app.cli;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tallystick.app.session.Session;
import org.tallystick.domain.wallet.Allowance;
import org.tallystick.domain.wallet.Grant;
import org.tallystick.writers.wallet.GrantWriter;
import org.tallystick.writers.wallet.GrantWriter.Recipient;
import org.tallystick.writers.wallet.GrantWriter.Terms;
import org.tallystick.writers.wallet.RecurringGrants;
import org.tallystick.writers.wallet.Rollover;
import org.tallystick.writers.wallet.WalletRequests;
import org.threeten.extra.PeriodDuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// `tallystick wallet grant CUSTOMER UNIT AMOUNT --key KEY`
@Command(
    name = "grant",
    mixinStandardHelpOptions = true,
    description = {
      "Gives a customer credit. The key says which grant it is: given again with the same terms,",
      "nothing changes."
    },
    footer = {
      "",
      "Examples:",
      "  tallystick wallet grant acme qpu 100 --key order-17",
      "  tallystick wallet grant acme EUR 25.00 --key welcome --kind promotional --to 2027-01-01",
      "  tallystick wallet grant acme qpu 100 --key monthly --every P1M"
    })
final class WalletGrantCommand implements Callable<Integer> {

  private static final String SOURCE = "command line";

  @Mixin private Workplace workplace = new Workplace();
  @Mixin private WalletCommand.Named named = new WalletCommand.Named();

  @Parameters(index = "2", paramLabel = "AMOUNT", description = "More than zero, in the unit.")
  private BigDecimal amount = BigDecimal.ZERO;

  @Option(names = "--key", required = true, paramLabel = "KEY", description = "Which grant it is.")
  private String key = "";

  @Option(
      names = "--kind",
      defaultValue = "paid",
      paramLabel = "KIND",
      description = "paid or promotional (default: ${DEFAULT-VALUE}).")
  private String kind = "paid";

  @Option(
      names = "--priority",
      defaultValue = "0",
      paramLabel = "N",
      description = "The lowest burns first (default: ${DEFAULT-VALUE}).")
  private int priority;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "The first day, in the customer's zone (default: today).")
  private @Nullable LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "The day on which it expires (default: never).")
  private @Nullable LocalDate to;

  @Option(
      names = "--every",
      paramLabel = "PERIOD",
      converter = Interval.class,
      description = {
        "Given again at each of these, counted from the first day, as P1M or P1D; what is left then"
            + " is",
        "not added (default: given once)."
      })
  private @Nullable PeriodDuration every;

  @Option(
      names = "--keep-max",
      paramLabel = "N",
      description = "What a reset leaves of it at most (default: all).")
  private @Nullable BigDecimal keepMax;

  @Option(
      names = "--keep-min",
      defaultValue = "0",
      paramLabel = "N",
      description = "What a reset leaves of it at least, with --keep-max (default: 0).")
  private BigDecimal keepMin = BigDecimal.ZERO;

  @Override
  public Integer call() {
    if (amount.signum() <= 0 || !Allowance.isShort(amount)) {
      throw new BadInput(
          "AMOUNT expects more than zero, with up to 40 digits and 20 decimals, found " + amount);
    }
    if (!List.of("paid", "promotional").contains(kind)) {
      throw new BadInput("--kind expects paid or promotional, found '" + kind + "'");
    }
    if (!GrantWriter.isKey(key)) {
      throw new BadInput(
          "--key expects letters, digits, '.', '_' and '-', and not 'overdraft', found '"
              + key
              + "'");
    }
    return workplace.with(session -> {
      var transaction = new TransactionTemplate(session.get(PlatformTransactionManager.class));
      int exit = transaction.execute(_ -> give(session));
      transaction.executeWithoutResult(_ -> repay(session));
      return exit;
    });
  }

  /// What recurs is given, and what is owed repaid, at once, not only by the next request or night.
  private void repay(Session session) {
    new WalletRequests(session.get(DataSource.class))
        .repay(session.get(Clock.class).instant(), List.of(named.id(session)));
  }

  /// An ISO 8601 period, as an option.
  static final class Interval implements ITypeConverter<PeriodDuration> {

    @Override
    public PeriodDuration convert(String text) {
      try {
        var interval = PeriodDuration.parse(text);
        RecurringGrants.requireInterval(interval);
        return interval;
      } catch (DateTimeParseException | IllegalArgumentException e) {
        throw new TypeConversionException(
            "expected a period like P1M, P1D or PT1H, found '" + text + "'");
      }
    }
  }

  private int give(Session session) {
    var grants = new GrantWriter(session.get(DataSource.class));
    var wallet = grants.lock(named.customer, named.unit).orElseThrow(named::unknown);
    var terms = terms(session, wallet);
    var given =
        every == null
            ? grants.give(wallet, key, terms, SOURCE)
            : new RecurringGrants(session.get(DataSource.class))
                .declare(wallet, key, terms, every, SOURCE);
    return switch (given) {
      case GIVEN -> say("given", "%s %s given as %s");
      case REPEATED -> say("repeated", "%s %s was given as %s before; nothing has changed");
      case CONFLICT ->
          throw new BadInput(
              "grant '%s' has other terms; `tallystick wallet show %s %s` shows them"
                  .formatted(key, named.customer, named.unit));
    };
  }

  private Optional<Rollover> rollover() {
    if (keepMax == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Rollover(keepMin, keepMax));
    } catch (IllegalArgumentException e) {
      throw new BadInput("--keep-min and --keep-max: " + e.getMessage());
    }
  }

  private Terms terms(Session session, Recipient wallet) {
    var start =
        from == null
            ? LocalDate.ofInstant(session.get(Clock.class).instant(), wallet.zone())
            : from;
    if (to != null && !to.isAfter(start)) {
      throw new BadInput("--to expects a day after " + start + ", found " + to);
    }
    return new Terms(
        Grant.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
        amount,
        priority,
        start.atStartOfDay(wallet.zone()).toInstant(),
        Optional.ofNullable(to).map(day -> day.atStartOfDay(wallet.zone()).toInstant()),
        List.of(),
        rollover());
  }

  private int say(String outcome, String text) {
    if (workplace.isJson()) {
      workplace.json(Map.of("outcome", outcome, "key", key, "amount", amount));
    } else {
      workplace.out().println(text.formatted(amount.toPlainString(), named.unit, key));
    }
    return 0;
  }
}
