package org.tallystick.app.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.domain.time.Window;
import org.tallystick.readers.WindowReader;
import org.tallystick.readers.WindowReader.Declared;
import org.tallystick.readers.WindowReader.Row;
import org.tallystick.readers.WindowReader.Selection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tallystick usage query METER`
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what a meter says of all accepted records, billed or not, attributed or not: a total,",
      "or a quantity for each window of time and group that has records. --subject and --customer",
      "also group by it."
    },
    footer = {
      "",
      "Examples:",
      "  tallystick usage query node-seconds --from 1993-10-01 --to 1993-11-01 --window DAY \\",
      "    --zone America/Los_Angeles --customer user-7",
      "  tallystick usage query calls --from 2025-03-01T00:00:00Z --to 2025-03-01T01:00:00Z \\",
      "    --window MINUTE --by model --where region=eu --where region=us"
    })
final class UsageQueryCommand implements Callable<Integer> {

  private static final int ROWS_MAX = 100_000;
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  @Mixin private Workplace workplace = new Workplace();

  @Parameters(paramLabel = "METER", description = "A meter that the catalog declares.")
  private String meter = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "INSTANT|DATE",
      description = "From this instant, or the start of this local day.")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "INSTANT|DATE",
      description = "To this instant, or the start of this local day, exclusive.")
  private String to = "";

  @Option(
      names = "--window",
      paramLabel = "MINUTE|HOUR|DAY|MONTH",
      description = "A quantity for each window; one for all of the time without it.")
  private @Nullable Window window;

  @Option(
      names = "--zone",
      defaultValue = "UTC",
      paramLabel = "ZONE",
      description = "The zone of dates and windows (default: ${DEFAULT-VALUE}).")
  private String zone = "UTC";

  @Option(names = "--subject", paramLabel = "S", description = "Only this subject; repeatable.")
  private List<String> subjects = List.of();

  @Option(names = "--customer", paramLabel = "KEY", description = "Only this customer; repeatable.")
  private List<String> customers = List.of();

  @Option(
      names = "--by",
      paramLabel = "DIMENSION",
      description = "A quantity for each value of this dimension, of 'subject' or 'customer'.")
  private List<String> by = List.of();

  @Option(
      names = "--where",
      paramLabel = "DIMENSION=VALUE",
      description = "Only records with this; the same dimension again: or with this.")
  private List<String> where = List.of();

  @Override
  public Integer call() {
    var clocks = zone();
    var starts = instant("--from", from, clocks);
    var ends = instant("--to", to, clocks);
    if (!starts.isBefore(ends)) {
      throw new BadInput("--to must be after --from " + starts + ", was " + ends);
    }
    var bounds = bounds(starts, ends, clocks);
    var selection = new Selection(subjects, customers, where(), groups(), OptionalLong.empty());
    return workplace.with(session -> query(session, bounds, selection, clocks));
  }

  private ZoneId zone() {
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      throw new BadInput("--zone expects a time zone like Europe/Paris, found '" + zone + "'");
    }
    return ZoneId.of(zone);
  }

  private static Instant instant(String option, String text, ZoneId zone) {
    try {
      var instant =
          text.contains("T")
              ? Instant.parse(text)
              : LocalDate.parse(text).atStartOfDay(zone).toInstant();
      if (instant.equals(instant.truncatedTo(ChronoUnit.MICROS))
          && !instant.isBefore(EARLIEST)
          && !instant.isAfter(LATEST)) {
        return instant;
      }
    } catch (DateTimeException e) {
      // Told below, as what is an instant and cannot be stored.
    }
    throw new BadInput(
        option
            + " expects an instant like 2024-01-01T00:00:00Z, to the microsecond, or a date like"
            + " 2024-01-01, found '"
            + text
            + "'");
  }

  private List<Instant> bounds(Instant starts, Instant ends, ZoneId clocks) {
    if (window == null) {
      return List.of(starts, ends);
    }
    long count = window.count(starts, ends, clocks);
    if (count > ROWS_MAX) {
      throw tooMuch(Table.grouped(count) + " windows");
    }
    return window.bounds(starts, ends, clocks);
  }

  private static BadInput tooMuch(String found) {
    return new BadInput(
        "expected at most " + Table.grouped(ROWS_MAX) + " rows, found " + found + "; ask for less");
  }

  private Map<String, List<String>> where() {
    var wanted = new TreeMap<String, List<String>>();
    for (var each : where) {
      int equals = each.indexOf('=');
      if (equals <= 0 || equals == each.length() - 1) {
        throw new BadInput("--where expects DIMENSION=VALUE, found '" + each + "'");
      }
      wanted
          .computeIfAbsent(each.substring(0, equals), _ -> new ArrayList<>())
          .add(each.substring(equals + 1));
    }
    return wanted;
  }

  private List<String> groups() {
    var names = new ArrayList<String>();
    if (!subjects.isEmpty()) {
      names.add(WindowReader.SUBJECT);
    }
    if (!customers.isEmpty()) {
      names.add(WindowReader.CUSTOMER);
    }
    names.addAll(by);
    return names.stream().distinct().toList();
  }

  private int query(Session session, List<Instant> bounds, Selection selection, ZoneId clocks) {
    var reader = new WindowReader(session.get(JdbcClient.class));
    var declared =
        reader
            .declared(meter)
            .orElseThrow(() ->
                new BadInput(
                    "there is no meter '" + meter + "'; expected one of " + reader.meters()));
    var known = reader.known(customers);
    for (var customer : customers) {
      if (!known.contains(customer)) {
        throw new BadInput("there is no customer '" + customer + "'");
      }
    }
    var answer = reader.read(meter, bounds, selection, ROWS_MAX);
    if (answer.count() > ROWS_MAX) {
      throw tooMuch(Table.grouped(answer.count()));
    }
    if (workplace.isJson()) {
      workplace.json(json(declared, bounds, answer.rows(), selection.by(), clocks));
    } else {
      workplace.out().println(title(declared, bounds, clocks));
      Table.of(answer.rows().stream().map(row -> cells(row, selection.by(), clocks)).toList())
          .forEach(workplace.out()::println);
    }
    return 0;
  }

  private String title(Declared declared, List<Instant> bounds, ZoneId clocks) {
    return "%s of %s in %s, %s to %s%s"
        .formatted(
            declared.aggregation(),
            meter,
            declared.unit(),
            bounds.getFirst(),
            bounds.getLast(),
            window == null
                ? ""
                : ", by " + window.name().toLowerCase(Locale.ROOT) + " in " + clocks);
  }

  private static Map<String, @Nullable Object> cells(Row row, List<String> by, ZoneId clocks) {
    var cells = span(row, clocks);
    for (int n = 0; n < by.size(); n++) {
      cells.put("by " + by.get(n), row.group().get(n));
    }
    cells.put("quantity", row.quantity().stored());
    cells.put("records", row.records());
    return cells;
  }

  private Map<String, @Nullable Object> json(
      Declared declared, List<Instant> bounds, List<Row> rows, List<String> by, ZoneId clocks) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("meter", meter);
    json.put("aggregation", declared.aggregation());
    json.put("unit", declared.unit());
    json.put("from", bounds.getFirst().toString());
    json.put("to", bounds.getLast().toString());
    json.put("window", window == null ? null : window.name());
    json.put("zone", clocks.getId());
    json.put("rows", rows.stream().map(row -> json(row, by, clocks)).toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(Row row, List<String> by, ZoneId clocks) {
    var json = span(row, clocks);
    var groups = new LinkedHashMap<String, @Nullable Object>();
    for (int n = 0; n < by.size(); n++) {
      groups.put(by.get(n), row.group().get(n));
    }
    json.put("by", groups);
    json.put("quantity", row.quantity().stored());
    json.put("records", row.records());
    return json;
  }

  /// When a window starts, as an instant and on the clocks of the zone, and when it ends.
  static Map<String, @Nullable Object> span(Row row, ZoneId clocks) {
    var span = new LinkedHashMap<String, @Nullable Object>();
    span.put("starts", row.starts().toString());
    span.put("in_zone", local(row.starts(), clocks));
    span.put("ends", row.ends().toString());
    return span;
  }

  /// `2025-10-26T02:00+01:00`: with the offset, as an hour may be there twice.
  private static String local(Instant instant, ZoneId clocks) {
    ZoneOffset offset = clocks.getRules().getOffset(instant);
    return instant.atOffset(offset).toString();
  }
}
