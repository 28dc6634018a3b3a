package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.readers.CatalogFile;
import org.tallystick.readers.CatalogRefused;
import org.tallystick.readers.Checks;
import org.tallystick.writers.catalog.CatalogChange;

/// What is declared becomes what is stored, or nothing changes and the message says why.
class CatalogTest {

  private static World world = World.empty(Map.of());

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void theDemosCatalog() {
    world.close();
    world = World.empty(Map.of());
    world.apply(World.CATALOG);
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @Test
  void applyingItAgainChangesNothing() {
    assertThat(world.apply(World.CATALOG)).isEmpty();
    assertThat(world.count("select count(*) from catalog_entry")).isEqualTo(105);
    assertThat(world.count("select count(*) from contract_item")).isEqualTo(100);
    assertThat(world.count("select count(*) from terms")).isEqualTo(6);
  }

  @Test
  void theDryRunShowsTheChangeAndMakesNone() throws IOException {
    var file = edited("unitPrice: 0.65", "unitPrice: 0.60");
    assertThat(world.catalog().apply(file, Optional.empty(), true))
        .containsExactly(
            new CatalogChange(
                "changed",
                "plan",
                "public@1993-10-01",
                List.of("rateCards[0].price.graduated[3].unitPrice: 0.65 → 0.60")));
    assertThat(world.count("select max(revision) from catalog_entry")).isOne();
    assertThat(world.apply(World.CATALOG)).isEmpty();
  }

  @Test
  void aChangeToWhatIsBilledNeedsADayFromWhichItCounts() throws IOException {
    world.importFile(World.LOG, "swf");
    world.nightly(World.OCTOBER);
    world.nightly(World.NOVEMBER);
    var file = edited("unitPrice: 0.65", "unitPrice: 0.60");
    assertThatThrownBy(() -> world.catalog().apply(file, Optional.empty(), false))
        .isInstanceOf(CatalogRefused.class)
        .hasMessageContaining("is already billed from 1993-10-01")
        .hasMessageContaining("--reprice-from DATE");
    world.catalog().apply(file, Optional.of(LocalDate.of(1993, 10, 1)), false);
    world.nightly(World.DECEMBER);
    // User 1 used 5,446.68444… node-hours in October: 446.68444… × 0.05 less.
    assertThat(
            world
                .jdbc()
                .sql(
                    """
                    select l.whole || ' - ' || l.invoiced_before || ' = ' || l.amount
                      from invoice_line l join customer c on c.id = l.customer_id
                     where c.key = 'user-1' and l.category = 'usage' and l.sequence = 2\
                    """)
                .query(String.class)
                .list())
        .containsExactly("4443.01 - 4465.34 = -22.33");
    assertThat(new Checks(world.jdbc()).run()).isEmpty();
  }

  @Test
  void aNewVersionCountsFromItsDay() throws IOException {
    world.importFile(World.LOG, "swf");
    world.nightly(World.OCTOBER);
    world.nightly(World.NOVEMBER);
    var plan = Files.readString(World.CATALOG);
    int from = plan.indexOf("  - key: public");
    var version = plan.substring(from, plan.indexOf("\ncustomers:"));
    var december =
        version.replace("from: 1993-10-01", "from: 1993-12-01").replace("25.00", "30.00");
    world.apply(
        Files.writeString(
            directory.resolve("catalog.yaml"),
            plan.replace("\ncustomers:", december + "\ncustomers:")));
    world.nightly(World.DECEMBER);
    assertThat(
            world
                .jdbc()
                .sql(
                    """
                    select l.starts::date || ' ' || l.amount
                      from invoice_line l join customer c on c.id = l.customer_id
                     where c.key = 'user-1' and l.category = 'fee' order by l.starts\
                    """)
                .query(String.class)
                .list())
        .containsExactly("1993-10-01 25.00", "1993-11-01 25.00", "1993-12-01 30.00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: User 1,            | nmae: User 1,           | line 59: unknown field 'nmae' in an entry of customers; expected one of key, name, currency, zone, subjects
          zone: America/Los_Angeles, subjects: ["1"] | zone: Mars/Olympus, subjects: ["1"] | line 59: field 'zone': expected a time zone like America/Los_Angeles, found 'Mars/Olympus'
          upTo: 1000,              | upTo: 10,               | tier up to 10 must end after 100
          factor: 1/3600           | factor: one             | line 39: field 'factor': expected a number or a fraction like 1/3600, found 'one'
          quantity: run_time * processors | quantity: run_time * cores | quantity names the unknown column 'cores'
          plan: public, from: 1993-10-01, to: 1994-01-01} | plan: gold, from: 1993-10-01, to: 1994-01-01} | field 'plan': there is no plan 'gold'
          to: 1994-01-01, overrides | to: 1993-12-15, overrides | falls inside a service period of rate card node-hours
          kind: paid               | kind: stolen            | field 'kind': expected paid or promotional, found 'stolen'
          cadence: P1M, price: {flat | cadence: monthly, price: {flat | field 'cadence': expected an ISO 8601 period like P1M, found 'monthly'
          """)
  void aWrongFieldIsNamedWithItsLine(String right, String wrong, String message)
      throws IOException {
    var fresh = World.empty(Map.of());
    try (fresh) {
      assertThatThrownBy(() -> fresh.apply(Path.of(write(right, wrong))))
          .isInstanceOf(CatalogRefused.class)
          .hasMessageStartingWith("catalog.yaml line ")
          .hasMessageContaining(message);
      assertThat(fresh.count("select count(*) from catalog_entry")).isZero();
    }
  }

  private CatalogFile edited(String right, String wrong) throws IOException {
    return CatalogFile.read(Path.of(write(right, wrong)));
  }

  private String write(String right, String wrong) throws IOException {
    var text = Files.readString(World.CATALOG);
    assertThat(text).contains(right);
    return Files.writeString(directory.resolve("catalog.yaml"), text.replace(right, wrong))
        .toString();
  }
}
