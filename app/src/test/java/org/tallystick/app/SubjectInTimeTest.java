package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.readers.CatalogRefused;
import org.tallystick.readers.TraceReader;
import org.tallystick.readers.UnattributedReader;

/// A record goes to the customer who has its subject when it starts. Both customers pay 1.20 a
/// unit.
class SubjectInTimeTest {

  private static final String CATALOG =
      """
      customers:
        - {key: e, name: E, currency: USD, zone: UTC, subjects: EEE}
        - {key: f, name: F, currency: USD, zone: America/New_York, subjects: FFF}
      contracts:
        - key: e
          customer: e
          from: 1993-10-01
          rateCards: [{key: of-e, name: Units, meter: units, cadence: P1M, price: {unit: 1.20}}]
        - key: f
          customer: f
          from: 1993-10-01
          rateCards: [{key: of-f, name: Units, meter: units, cadence: P1M, price: {unit: 1.20}}]
      """;

  private final CorrectedWorld corrected;
  private final World world;

  SubjectInTimeTest(@TempDir Path directory) {
    this.corrected = new CorrectedWorld(directory);
    this.world = corrected.world();
  }

  @BeforeEach
  void importUsage() {
    corrected.importLines("a.csv", "a,x,1993-10-05T10:00:00Z,10", "b,x,1993-10-20T10:00:00Z,20");
  }

  @AfterEach
  void close() {
    corrected.close();
  }

  private void apply(String subjectsOfE, String subjectsOfF) {
    corrected.applyCatalog(CATALOG.replace("EEE", subjectsOfE).replace("FFF", subjectsOfF));
  }

  /// The 16th begins at 04:00 UTC in New York; until then the subject is nobody's.
  @Test
  void eachCustomerPaysForItsTime() {
    corrected.importLines(
        "b.csv",
        "c,x,1993-10-15T23:59:59Z,1",
        "d,x,1993-10-16T03:59:59Z,2",
        "e,x,1993-10-16T04:00:00Z,4");
    apply("[{subject: x, to: 1993-10-16}]", "[{subject: x, from: 1993-10-16}]");
    var run = world.nightly(World.NOVEMBER);
    assertThat(world.lines()).containsExactly("of-e 1993-10-01 13.20", "of-f 1993-10-01 28.80");
    assertThat(corrected.totals(run))
        .isEqualTo("5 = 4 rated + 0 not due + 1 unattributed + 0 withdrawn");
    assertThat(new UnattributedReader(world.jdbc()).unattributed("", 10))
        .singleElement()
        .satisfies(
            row -> assertThat(row).containsEntry("why", "no customer has this subject then"));
    corrected.assertSound(run);
  }

  @Test
  void aTimeMayBeGivenToTheSecond() {
    apply("[{subject: x, to: 1993-10-20T10:00:00Z}]", "[{subject: x, from: 1993-10-20T10:00:00Z}]");
    var run = world.nightly(World.NOVEMBER);
    assertThat(world.lines()).containsExactly("of-e 1993-10-01 12.00", "of-f 1993-10-01 24.00");
    corrected.assertSound(run);
  }

  /// What was billed to the wrong customer comes back, and the other one is billed; the earlier run
  /// stays what it was.
  @Test
  void aSubjectThatIsMovedAfterwardsIsBilledAnew() {
    apply("[x]", "[]");
    var october = world.nightly(World.NOVEMBER);
    assertThat(world.lines()).containsExactly("of-e 1993-10-01 36.00");
    corrected.importLines("c.csv", "c,x,1993-11-03T10:00:00Z,5");
    apply("[{subject: x, to: 1993-10-16}]", "[{subject: x, from: 1993-10-16}]");
    corrected.assertSound(october);
    var november = world.nightly(World.DECEMBER);
    assertThat(world.lines())
        .containsExactly(
            "of-e 1993-10-01 -24.00",
            "of-e 1993-10-01 36.00",
            "of-f 1993-10-01 24.00",
            "of-f 1993-11-01 6.00");
    assertThat(corrected.totals(november))
        .isEqualTo("3 = 3 rated + 0 not due + 0 unattributed + 0 withdrawn");
    corrected.assertSound(october, november);
    assertThat(traced("b"))
        .containsExactly(
            "of-e its subject is another customer's now, does not count [36.00 true, -24.00 false]",
            "of-f billed [24.00 true]");
  }

  private List<String> traced(String id) {
    var record = new TraceReader(world.jdbc()).record("test", id).orElseThrow();
    return rows(record, "items").stream()
        .map(item ->
            "%s %s %s"
                .formatted(
                    item.get("item"),
                    item.get("state"),
                    rows(item, "lines").stream()
                        .map(line -> line.get("amount") + " " + line.get("counts_it"))
                        .toList()))
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, ?>> rows(Map<String, ?> of, String name) {
    return (List<Map<String, ?>>) Objects.requireNonNull(of.get(name), name);
  }

  /// A run before a customer had a subject did not count what was already there of it.
  @Test
  void aSubjectThatIsAddedLeavesEarlierRunsAlone() {
    corrected.importLines("b.csv", "c,y,1993-10-07T10:00:00Z,7");
    apply("[y]", "[]");
    var october = world.nightly(World.NOVEMBER);
    apply("[y, x]", "[]");
    corrected.assertSound(october);
    var november = world.nightly(World.DECEMBER);
    assertThat(world.lines()).containsExactly("of-e 1993-10-01 36.00", "of-e 1993-10-01 8.40");
    corrected.assertSound(october, november);
  }

  @Test
  void aSubjectThatIsTakenAwayIsNobodys() {
    apply("[x]", "[]");
    var october = world.nightly(World.NOVEMBER);
    apply("[]", "[]");
    var november = world.nightly(World.DECEMBER);
    assertThat(world.lines()).containsExactly("of-e 1993-10-01 -36.00", "of-e 1993-10-01 36.00");
    assertThat(corrected.totals(november))
        .isEqualTo("2 = 0 rated + 0 not due + 2 unattributed + 0 withdrawn");
    corrected.assertSound(october, november);
    apply("[x]", "[]");
    var december = world.nightly(World.JANUARY);
    assertThat(world.lines()).hasSize(3).contains("of-e 1993-10-01 36.00");
    corrected.assertSound(october, november, december);
  }

  @Test
  void whatNobodyCanMeanIsRefused() {
    assertRefused("[x]", "[x]", "subject x belongs to customer 'f' at the same time");
    assertRefused(
        "[{subject: x, to: 1993-10-17}]",
        "[{subject: x, from: 1993-10-16}]",
        "subject x belongs to customer 'f' at the same time");
    assertRefused(
        "[x, {subject: x, from: 1993-10-16}]",
        "[]",
        "subject x belongs to customer 'e' at the same time");
    assertRefused(
        "[{subject: x, from: 1993-10-16, to: 1993-10-16}]",
        "[]",
        "line 2: field 'to': expected a time after 1993-10-16");
    assertRefused(
        "[{subject: x, from: soon}]",
        "[]",
        "expected a day like 1993-10-01 or a time like 1993-10-01T07:00:00Z, found 'soon'");
    assertRefused("[{from: 1993-10-16}]", "[]", "field 'subject' is missing");
    assertThat(world.count("select count(*) from subject where subject = 'x'")).isZero();
  }

  private void assertRefused(String subjectsOfE, String subjectsOfF, String message) {
    assertThatThrownBy(() -> apply(subjectsOfE, subjectsOfF))
        .isInstanceOf(CatalogRefused.class)
        .hasMessageContaining(message);
  }

  @Test
  void theDatabaseRefusesToo() {
    apply("[x]", "[]");
    Map.of(
            "insert into subject (subject, customer_id) select 'x', id from customer where key ="
                + " 'f'",
            "subject_has_one_owner",
            "update subject set ends = now() where subject = 'x'",
            "a subject's owner may only end",
            "delete from subject",
            "subject is append-only",
            "truncate subject",
            "subject is append-only")
        .forEach((change, message) ->
            assertThatThrownBy(() -> world.jdbc().sql(change).update())
                .rootCause()
                .hasMessageContaining(message));
  }
}
