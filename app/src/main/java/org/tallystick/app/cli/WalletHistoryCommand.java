package org.tallystick.app.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.domain.time.Window;
import org.tallystick.readers.BurnDownReader;
import org.tallystick.readers.WalletReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `tallystick wallet history CUSTOMER UNIT`
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what moved a wallet, with its balance after each, the latest first. With --by, what"
          + " came in",
      "and went out in each hour, day or month of the customer's clocks, and the balance at its"
          + " end."
    },
    footer = {
      "",
      "Examples:",
      "  tallystick wallet history acme qpu --limit 100",
      "  tallystick wallet history acme qpu --by day --from 2026-03-01 --to 2026-04-01",
      "  tallystick wallet history acme qpu --burn-down --from 2026-03-01 --to 2026-04-01"
    })
final class WalletHistoryCommand implements Callable<Integer> {

  private static final int DAYS = 30;
  private static final long WINDOWS_MAX = 10_000;

  @Mixin private Workplace workplace = new Workplace();
  @Mixin private WalletCommand.Named named = new WalletCommand.Named();

  @Option(
      names = "--limit",
      defaultValue = "50",
      paramLabel = "N",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--by", paramLabel = "hour|day|month", description = "By windows of this length.")
  private @Nullable Window window;

  @Option(
      names = "--burn-down",
      description = {
        "Told again from the facts, as if all had been known in time: what was used between grants'"
            + " begins",
        "and ends (and windows of --by), which of them burn for it, what is left, and what is not"
            + " covered."
      })
  private boolean isBurnDown;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description =
          "With --by or --burn-down: from this day on (default: thirty days before --to).")
  private @Nullable LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "With --by or --burn-down: until this day, exclusive (default: tomorrow).")
  private @Nullable LocalDate to;

  @Override
  public Integer call() {
    if (window == null && !isBurnDown && (from != null || to != null)) {
      throw new BadInput("--from and --to expect --by hour, day or month, or --burn-down");
    }
    return workplace.with(session -> {
      var reader = new WalletReader(session.get(JdbcClient.class));
      named.find(reader, session);
      if (isBurnDown) {
        workplace.print(burnDown(session));
      } else {
        workplace.print(
            window == null
                ? reader.history(named.customer, named.unit, limit)
                : reader.windows(named.customer, named.unit, bounds(window, session)));
      }
      return 0;
    });
  }

  private List<Map<String, @Nullable Object>> burnDown(Session session) {
    var all = bounds(window == null ? Window.MONTH : window, session);
    return new BurnDownReader(session.get(JdbcClient.class))
        .segments(
            named.customer,
            named.unit,
            all.getFirst(),
            all.getLast(),
            window == null ? List.of() : all);
  }

  private List<Instant> bounds(Window by, Session session) {
    var zone = zone(session);
    var today = LocalDate.ofInstant(session.get(Clock.class).instant(), zone);
    var last = to == null ? today.plusDays(1) : to;
    var first = from == null ? last.minusDays(DAYS) : from;
    if (!first.isBefore(last)) {
      throw new BadInput("--to expects a day after " + first + ", found " + last);
    }
    var starts = first.atStartOfDay(zone).toInstant();
    var ends = last.atStartOfDay(zone).toInstant();
    long windows = by.count(starts, ends, zone);
    if (windows > WINDOWS_MAX) {
      throw new BadInput(
          "--from and --to expect up to %s windows, found %s"
              .formatted(Table.grouped(WINDOWS_MAX), Table.grouped(windows)));
    }
    return by.bounds(starts, ends, zone);
  }

  private ZoneId zone(Session session) {
    return ZoneId.of(
        session
            .get(JdbcClient.class)
            .sql("select zone from customer where key = :key")
            .param("key", named.customer)
            .query((row, _) -> row.getString("zone"))
            .single());
  }
}
