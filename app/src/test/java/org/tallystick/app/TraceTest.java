package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.readers.TraceReader;

/// Where a record was billed, or why not.
class TraceTest {

  private final CorrectedWorld corrected;
  private final World world;

  TraceTest(@TempDir Path directory) {
    this.corrected = new CorrectedWorld(directory);
    this.world = corrected.world();
  }

  @AfterEach
  void close() {
    corrected.close();
  }

  @Test
  void saysWhichLineBilledARecordAndWhichDidNotKnowItYet() {
    corrected.importLines("a.csv", CorrectedWorld.OCTOBER_RECORDS);
    assertThat(states("a"))
        .containsExactly(
            "peak: no run has opened its service period yet",
            "units: no run has opened its service period yet");
    world.nightly(World.NOVEMBER);
    assertThat(states("a")).containsExactly("peak: billed", "units: billed");
    assertThat(bills("a"))
        .containsExactly("peak INV-000001/1 45.00 true", "units INV-000001/2 129.74 true");
    assertThat(record("a"))
        .containsEntry("file", "a.csv")
        .containsEntry("line", 2L)
        .containsEntry("position", 1L)
        .containsEntry("starts", "1993-10-05T10:00:00Z")
        .containsEntry("customer", "c")
        .containsEntry("unattributed", null);
    var units = rows(record("a"), "items").getLast();
    assertThat(units).containsEntry("starts", "1993-10-01T00:00:00Z").containsEntry("covers", true);
    assertThat((BigDecimal) units.get("of_record")).isEqualByComparingTo("90");
    assertThat((BigDecimal) units.get("quantity")).isEqualByComparingTo("110.255");
    assertThat((BigDecimal) units.get("net")).isEqualByComparingTo("129.74225");
  }

  /// 0.95 more for a unit beyond 100; the greatest record stays the greatest.
  @Test
  void saysHowALateRecordIsBilled() {
    corrected.importLines("a.csv", CorrectedWorld.OCTOBER_RECORDS);
    world.nightly(World.NOVEMBER);
    corrected.importLines("b.csv", "c,s,1993-10-07T10:00:00Z,1");
    var late = "not metered yet: it came in after the last run";
    assertThat(states("c")).containsExactly("peak: " + late, "units: " + late);
    assertThat(bills("c"))
        .containsExactly("peak INV-000001/1 45.00 false", "units INV-000001/2 129.74 false");
    world.nightly(LocalDate.of(1993, 11, 2));
    var next = "metered, the next invoice has the difference";
    assertThat(states("c")).containsExactly("peak: " + next, "units: " + next);
    world.nightly(World.DECEMBER);
    assertThat(states("c"))
        .containsExactly("peak: metered, nothing to bill for it", "units: billed");
    assertThat(bills("c"))
        .containsExactly(
            "peak INV-000001/1 45.00 false",
            "units INV-000001/2 129.74 false",
            "units INV-000002/1 0.95 true");
  }

  @Test
  void saysWhatIsNotDueYet() {
    corrected.importLines("a.csv", "n,s,1993-11-05T10:00:00Z,7", "z,s,1994-03-05T10:00:00Z,7");
    world.nightly(World.NOVEMBER);
    assertThat(states("n"))
        .contains("units: not metered yet: the as-of of the last run is before it");
    world.nightly(LocalDate.of(1993, 11, 10));
    assertThat(states("n")).contains("units: metered, not yet due");
    assertThat(states("z")).contains("units: no run has opened its service period yet");
    assertThat(bills("n")).isEmpty();
  }

  @Test
  void saysWhyARecordBelongsToNobodyAndThatNoEarlierInvoiceHasIt() {
    corrected.importLines("a.csv", CorrectedWorld.OCTOBER_RECORDS);
    corrected.importLines("b.csv", "x,t,1993-10-05T10:00:00Z,1", "y,s,1993-09-05T10:00:00Z,1");
    world.nightly(World.NOVEMBER);
    assertThat(record("x"))
        .containsEntry("unattributed", "no customer has this subject")
        .containsEntry("items", List.of());
    assertThat(record("y")).containsEntry("unattributed", "no contract item covers it");
    assertThat(states("y")).contains("units: the contract is not in force then");
    corrected.apply("[s, t]");
    assertThat(states("x")).contains("units: not metered yet: its customer waits for a run");
    world.nightly(World.DECEMBER);
    assertThat(states("x")).contains("units: billed");
    assertThat(bills("x"))
        .contains("units INV-000001/2 129.74 false", "units INV-000002/1 0.95 true");
  }

  @Test
  void saysWhyItsCustomerGotNoInvoice() {
    corrected.importLines("a.csv", "a,s,1993-10-05T10:00:00Z,100", "b,s,1993-10-05T10:00:00Z,-130");
    var run = world.nightly(World.NOVEMBER);
    assertThat(states("a"))
        .contains(
            "units: metered, quarantined in run %d: quantity from 1993-10-01T00:00:00Z is below"
                    .formatted(run.runNo())
                + " zero: -30");
  }

  @Test
  void saysWhenAndWhyARecordWasWithdrawn() {
    corrected.importLines("a.csv", CorrectedWorld.OCTOBER_RECORDS);
    world.nightly(World.NOVEMBER);
    corrected.withdrawals().record("test", "a", "counted twice");
    assertThat(record("a"))
        .containsEntry("withdrawn_reason", "counted twice")
        .containsEntry("withdrawn_position", null);
    assertThat(states("a")).contains("units: withdrawn, the next run takes it out");
    world.nightly(World.DECEMBER);
    assertThat(record("a")).containsEntry("withdrawn_position", 2L);
    assertThat(states("a")).contains("units: withdrawn, does not count");
    assertThat(bills("a"))
        .contains("units INV-000001/2 129.74 true", "units CN-000001/2 -105.43 false");
  }

  private Map<String, @Nullable Object> record(String id) {
    return new TraceReader(world.jdbc()).record("test", id).orElseThrow();
  }

  private List<String> states(String id) {
    return states(world, "test", id);
  }

  private List<String> bills(String id) {
    return bills(world, "test", id);
  }

  static List<String> states(World world, String source, String id) {
    return items(world, source, id)
        .map(item -> item.get("item") + ": " + item.get("state"))
        .toList();
  }

  /// Item, invoice and line, amount, and whether the line counts the record.
  static List<String> bills(World world, String source, String id) {
    return items(world, source, id)
        .flatMap(item ->
            rows(item, "lines").stream()
                .map(line ->
                    "%s %s/%s %s %s"
                        .formatted(
                            item.get("item"),
                            line.get("invoice"),
                            line.get("line"),
                            line.get("amount"),
                            line.get("counts_it"))))
        .toList();
  }

  private static Stream<Map<String, @Nullable Object>> items(
      World world, String source, String id) {
    return rows(new TraceReader(world.jdbc()).record(source, id).orElseThrow(), "items").stream();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, @Nullable Object>> rows(
      Map<String, @Nullable Object> row, String name) {
    return (List<Map<String, @Nullable Object>>) Objects.requireNonNull(row.get(name));
  }
}
