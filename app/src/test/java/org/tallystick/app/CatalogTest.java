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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.tallystick.readers.CatalogFile;
import org.tallystick.readers.CatalogRefused;
import org.tallystick.readers.Checks;
import org.tallystick.writers.catalog.CatalogChange;

/// What is declared becomes what is stored, or nothing changes and the message says why.
class CatalogTest {

  private static final World EMPTY = World.empty(Map.of());
  private static World world = World.empty(Map.of());

  @TempDir private Path directory = Path.of("");

  private static void demosCatalog() {
    world.close();
    world = World.empty(Map.of());
    world.apply(World.CATALOG);
  }

  @AfterAll
  static void close() {
    world.close();
    EMPTY.close();
  }

  @Test
  void applyingItAgainChangesNothing() {
    demosCatalog();
    assertThat(world.apply(World.CATALOG)).isEmpty();
    assertThat(world.count("select count(*) from catalog_entry")).isEqualTo(105);
    assertThat(world.count("select count(*) from contract_item")).isEqualTo(100);
    assertThat(world.count("select count(*) from terms")).isEqualTo(6);
  }

  @Test
  void theDryRunShowsTheChangeAndMakesNone() throws IOException {
    demosCatalog();
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
    demosCatalog();
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
    demosCatalog();
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
  @CsvFileSource(resources = "/catalog-mistakes.csv", delimiter = '|', maxCharsPerColumn = 1_000)
  void aWrongFieldIsNamedWithItsLine(String right, String wrong, String message)
      throws IOException {
    assertThatThrownBy(() -> EMPTY.apply(Path.of(write(right, wrong))))
        .isInstanceOf(CatalogRefused.class)
        .hasMessageStartingWith("catalog.yaml line ")
        .hasMessageContaining(message);
    assertThat(EMPTY.count("select count(*) from catalog_entry")).isZero();
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
