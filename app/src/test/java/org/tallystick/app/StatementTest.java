package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.domain.run.RunState;
import org.tallystick.readers.CatalogRefused;

/// Usage that is priced in credits: drawn from the wallet of the unit by the bill run, on a
/// statement; what is lacking is converted, owed or refused. A unit costs 0.02 qpu.
class StatementTest {

  private static final String CATALOG =
      """
      customers:
        - {key: e, name: E, currency: USD, zone: UTC, subjects: [e]}
      contracts:
        - key: ke
          customer: e
          from: 1993-10-01
          rateCards:
            - {key: shots, name: Shots, meter: units, cadence: P1M, price: {unit: 0.02},
               credits: {CREDITS}}
            - {key: support, name: Support, fee: in-arrears, cadence: P1M, price: {flat: 5.00}}
      wallets:
        - customer: e
          unit: qpu
          floor: FLOOR
          grants:
            - {key: gift, kind: promotional, amount: 10, from: 1993-10-01, to: 1993-12-01}
            - {key: bought, kind: paid, amount: 90, priority: 1, from: 1993-10-01}
        - customer: e
          unit: USD
          grants:
            - {key: dollars, kind: paid, amount: 10.00, from: 1993-10-01}
      """;
  private static final String MORE =
      "      - {key: more, kind: paid, amount: 50, priority: 2, from: 1993-10-01}\n";

  private CorrectedWorld corrected;
  private World world;
  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void open() {
    corrected = new CorrectedWorld(directory);
    world = corrected.world();
  }

  @AfterEach
  void close() {
    corrected.close();
  }

  /// 6,000 units are 120 qpu: 100 are there, 20 at 1.50 are 30.00. 500 units more, late, are 15.00;
  /// 2,000 less are 90 in all: 45.00 come back, and of what was drawn 10 qpu. The 10.00 that had
  /// settled the first invoice come back with them, and 5.00 of them settle December's support.
  @Test
  void convertsWhatIsLackingToMoney() {
    apply("unit: qpu, lacking: converted, at: 1.50", "0");
    corrected.importLines("a.csv", "a,e,1993-10-05T10:00:00Z,6000");
    var october = world.nightly(World.NOVEMBER);
    assertThat(documents()).containsExactly("CS-1 120 qpu credit 100", "INV-1 35.00 USD credit 10");
    assertThat(world.lines())
        .containsExactly(
            "shots 1993-10-01 120", "shots 1993-10-01 30.00", "support 1993-10-01 5.00");
    corrected.assertSound(october);
    corrected.importLines("b.csv", "b,e,1993-10-06T10:00:00Z,500");
    world.nightly(World.DECEMBER);
    corrected.importLines("c.csv", "c,e,1993-10-07T10:00:00Z,-2000");
    var december = world.nightly(World.JANUARY);
    assertThat(documents())
        .containsExactly(
            "CN-1 -40.00 USD credit -5",
            "CS-1 120 qpu credit 100",
            "CS-2 10 qpu credit 0",
            "CS-3 -40 qpu credit -10",
            "INV-1 35.00 USD credit 10",
            "INV-2 20.00 USD credit 0");
    assertThat(corrected.left("qpu")).containsExactly("bought 10", "gift 0", "overdraft 0");
    corrected.assertSound(october, december);
  }

  /// With a floor of -50, 20 of 120 are owed. A grant of 50 repays them. 1,500 units less are 90 in
  /// all: of the 30 that come back, 20 go to the grant that repaid them, and 10 to the one drawn.
  @Test
  void lendsWhatIsLackingDownToTheFloor() {
    apply("unit: qpu, lacking: owed", "-50");
    corrected.importLines("a.csv", "a,e,1993-10-05T10:00:00Z,6000");
    var october = world.nightly(World.NOVEMBER);
    assertThat(documents()).containsExactly("CS-1 120 qpu credit 120", "INV-1 5.00 USD credit 5");
    assertThat(corrected.left("qpu")).containsExactly("bought 0", "gift 0", "overdraft -20");
    corrected.applyCatalog(catalog("unit: qpu, lacking: owed", "-50", MORE));
    corrected.importLines("c.csv", "c,e,1993-10-07T10:00:00Z,-1500");
    var november = world.nightly(World.DECEMBER);
    assertThat(entries()).containsExactly("repayment 20");
    assertThat(corrected.left("qpu"))
        .containsExactly("bought 10", "gift 0", "more 50", "overdraft 0");
    corrected.assertSound(october, november);
  }

  /// The command line shows a statement in credits, what was converted, and a record's part of it.
  @Test
  void isShownInCredits() {
    apply("unit: qpu, lacking: converted, at: 1.50", "0");
    corrected.importLines("a.csv", "a,e,1993-10-05T10:00:00Z,6000");
    world.nightly(World.NOVEMBER);
    assertThat(output("invoice", "explain", "CS-000001"))
        .contains(
            "Statement CS-000001 of 1993-11-01 to E (e, ke), run 2",
            "1. Shots (usage) 1993-10-01 to 1993-11-01, 6000 unit: 120.00",
            "    unit: 6000 × 0.02 = 120",
            "    settled with credit bought: 90.00",
            "    settled with credit gift: 10.00",
            "Total 120.00 qpu, credit 100.00, converted to money 20.00");
    assertThat(output("invoice", "show", "INV-000001"))
        .contains("1. Shots (overage) 1993-10-01 to 1993-11-01, 20 qpu: 30.00");
    assertThat(String.join(" ", output("usage", "trace", "test", "a"))).contains("120.00 qpu");
  }

  private List<String> output(String... command) {
    return world.start(Map.of(), List.of(), command).await().output().lines().toList();
  }

  /// Nothing of the bill is posted before there is enough, and then all of it is.
  @Test
  void waitsForWhatIsLacking() {
    apply("unit: qpu", "-50");
    corrected.importLines("a.csv", "a,e,1993-10-05T10:00:00Z,6000");
    var october = world.nightly(World.NOVEMBER);
    assertThat(october.state()).isEqualTo(RunState.POSTED);
    assertThat(quarantined())
        .containsExactly(
            "e: rate card shots lacks 20 qpu from 1993-10-01T00:00:00Z: 120 due, 100 there");
    assertThat(documents()).isEmpty();
    corrected.applyCatalog(catalog("unit: qpu", "-50", MORE));
    var again = world.nightly(World.DECEMBER);
    assertThat(documents()).containsExactly("CS-1 120 qpu credit 120", "INV-1 10.00 USD credit 10");
    assertThat(corrected.left("qpu"))
        .containsExactly("bought 0", "gift 0", "more 30", "overdraft 0");
    corrected.assertSound(october, again);
  }

  /// What nobody drew of the gift lapses; of what was bought nothing is lost.
  @Test
  void expiresGrantsOnceNothingCanDrawOnThem() {
    apply("unit: qpu", "0");
    corrected.importLines("a.csv", "a,e,1993-10-05T10:00:00Z,200");
    world.nightly(World.NOVEMBER);
    var run = world.nightly(World.DECEMBER);
    assertThat(corrected.left("qpu")).containsExactly("bought 90", "gift 0", "overdraft 0");
    assertThat(documents()).contains("CS-1 4 qpu credit 4");
    corrected.assertSound(run);
  }

  /// Their ends are two entries of the books, which once had one reference.
  @Test
  void expiresGrantsOfOneNameInTwoUnits() {
    var gift =
        "      - {key: gift, kind: promotional, amount: 1.00, from: 1993-10-01, to: 1993-12-01,"
            + " items: [none]}\n";
    corrected.applyCatalog(catalog("unit: qpu", "0", "") + gift);
    corrected.assertSound(world.nightly(World.DECEMBER));
    assertThat(texts("select reference from journal_entry where reference like 'expiry/%'"))
        .containsExactlyInAnyOrder("expiry/e/gift/1", "expiry/e/qpu/gift/1");
  }

  @Test
  void refusesWhatIsNoPriceInCredits() {
    assertRefused("unit: USD", "found 'USD'");
    assertRefused("unit: qpu, lacking: lost", "expected refused, owed or converted, found 'lost'");
    assertRefused("unit: qpu, at: 1.50", "expected 'at' (the price of a credit) with");
    assertRefused("unit: qpu, lacking: converted", "expected 'at' (the price of a credit) with");
    assertRefused("unit: qpu}, amountOff: 1, records: {", "neither percentOff, amountOff");
    apply("unit: qpu", "0");
    assertThatThrownBy(() -> apply("unit: emu", "0"))
        .isInstanceOf(CatalogRefused.class)
        .hasMessageContaining(
            "credits (but for their price) and commitment of rate card shots cannot be changed");
  }

  private void assertRefused(String credits, String message) {
    assertThatThrownBy(() -> apply(credits, "0"))
        .isInstanceOf(CatalogRefused.class)
        .hasMessageContaining(message);
  }

  private void apply(String credits, String floor) {
    corrected.applyCatalog(catalog(credits, floor, ""));
  }

  private static String catalog(String credits, String floor, String more) {
    var catalog = CATALOG.replace("CREDITS", credits).replace("FLOOR", floor);
    return catalog.replace(
        "  - customer: e\n    unit: USD", more + "  - customer: e\n    unit: USD");
  }

  private List<String> documents() {
    return texts(
        """
        select series || '-' || sequence || ' ' || total || ' ' || currency || ' credit '
                 || trim_scale(credit)
          from invoice order by 1\
        """);
  }

  private List<String> entries() {
    return texts("select kind || ' ' || trim_scale(amount) from wallet_entry order by settled_no");
  }

  private List<String> quarantined() {
    return texts(
        """
        select c.key || ': ' || o.reason
          from run_customer o join customer c on c.id = o.customer_id
         where o.outcome = 'quarantined' order by 1\
        """);
  }

  private List<String> texts(String sql) {
    return world.jdbc().sql(sql).query((row, _) -> row.getString(1)).list();
  }
}
