package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.Checks;
import org.tallystick.readers.RunVerifier;

/// A parent that pays for three users, and a customer who pays alone, for tests.
final class Payer {

  private static final Path PAGE = Path.of("../docs/concepts/payers.md");

  /// What the page declares: users before their payer, in two zones that are not the payer's.
  static final String CATALOG = block("yaml");

  /// The records of the page.
  static final String[] OCTOBER = block("csv").lines().skip(1).toArray(String[]::new);

  /// The invoice that the page shows.
  static final String SHOWN = block("");

  static final List<String> OCTOBERS_BILL =
      List.of(
          "INV-1 other 2.00 of 2.00: k-other usage 2.00",
          "INV-2 parent 11.51 of 43.51: k-alpha usage 20.00, k-beta usage 8.00, k-gamma usage 2.01,"
              + " k-parent support 7.50, k-parent usage 6.00");

  private Payer() {}

  /// The first block of the page in a language.
  private static String block(String language) {
    try {
      var page = Files.readString(PAGE);
      var fence = "\n\n```" + language + "\n";
      int from = page.indexOf(fence) + fence.length();
      return page.substring(from, page.indexOf("```", from));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A world with `catalog`, and with `records` of usage.
  static World world(Path directory, String catalog, String... records) throws IOException {
    var world = World.empty(Map.of());
    world.apply(file(directory, catalog));
    usage(world, directory, records);
    return world;
  }

  static Path file(Path directory, String catalog) throws IOException {
    return Files.writeString(directory.resolve("catalog.yaml"), catalog);
  }

  static void usage(World world, Path directory, String... records) throws IOException {
    var file = Files.createTempFile(directory, "usage", ".csv");
    Files.writeString(file, "id,subject,at,hours\n" + String.join("\n", records) + "\n");
    world.importFile(file, "hours");
  }

  /// Posted invoices by number: to whom, what is due of which total, and their lines.
  static List<String> bills(World world) {
    return strings(
        world,
        """
        select i.series || '-' || i.sequence || ' ' || y.key || ' ' || i.total - i.credit || ' of '
                 || i.total || ': '
                 || string_agg(k.key || ' ' || t.key || ' ' || l.amount, ', ' order by l.line_no)
          from invoice i
          join customer y on y.id = i.customer_id
          join invoice_line l on l.invoice_id = i.id
          join contract_item t on t.id = l.item_id
          join contract k on k.id = t.contract_id
         where i.sequence is not null
         group by i.id, y.key
         order by i.series desc, i.sequence\
        """);
  }

  /// Where the due customers of the latest run ended.
  static List<String> outcomes(World world) {
    return ofLatestRun(world, "outcome");
  }

  /// Why the due customers of the latest run were quarantined, if they were.
  static List<String> reasons(World world) {
    return ofLatestRun(world, "reason");
  }

  private static List<String> ofLatestRun(World world, String column) {
    return strings(
        world,
        """
        select c.key || ' ' || o.%s
          from run_customer o join customer c on c.id = o.customer_id
         where o.run_id = (select id from business_run order by run_no desc limit 1)
         order by c.key\
        """
            .formatted(column));
  }

  static List<String> strings(World world, String sql) {
    return world.jdbc().sql(sql).query((row, _) -> row.getString(1)).list();
  }

  static void assertSound(World world, BusinessRun... runs) {
    assertThat(new Checks(world.jdbc()).run()).isEmpty();
    for (var run : runs) {
      assertThat(run.message()).isEmpty();
      assertThat(new RunVerifier(world.jdbc()).verify(run)).isEmpty();
    }
  }
}
