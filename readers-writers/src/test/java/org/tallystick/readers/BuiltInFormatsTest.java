package org.tallystick.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.tallystick.domain.usage.Disposition.Accepted;
import org.tallystick.domain.usage.Disposition.Filtered;
import org.tallystick.domain.usage.Disposition.Suspended;
import org.tallystick.domain.usage.UsageFormat;

/// The formats that come along, over the small files in `examples/formats`, line by line.
class BuiltInFormatsTest {

  static final List<String> KEYS = BuiltInFormats.KEYS;
  private static final Path EXAMPLES = Path.of("../examples/formats");
  private static final String COMPUTE =
      "focus Compute 200000000001 {region=eu-central-1, sku=SKU-1, unit=Hours} ";

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @FieldSource("KEYS")
  void everyKeyIsThatOfItsFile(String key) {
    assertThat(format(key).key()).isEqualTo(key);
  }

  @Test
  void readsFocus10() throws IOException {
    assertThat(outcomes(EXAMPLES.resolve("focus-1.0.csv"), "focus-1.0"))
        .containsExactly(
            COMPUTE + "2024-09-01T00:00:00Z 2024-09-01T01:00:00Z 2",
            COMPUTE + "2024-09-01T01:00:00Z 2024-09-01T02:00:00Z 1.5",
            "focus Storage 200000000002 {sku=SKU-2, unit=GB} 2024-09-01T00:00:00Z"
                + " 2024-09-02T00:00:00Z 0.000000000931322575",
            "a charge that is no usage",
            COMPUTE + "2024-09-01T00:00:00Z 2024-09-01T01:00:00Z -0.5",
            "usage without a consumed quantity",
            "MISSING_FIELD SubAccountId",
            "BAD_TIME ChargePeriodStart");
  }

  @Test
  void readsFocus12() throws IOException {
    assertThat(outcomes(EXAMPLES.resolve("focus-1.2.csv"), "focus-1.2"))
        .containsExactly(
            "focus Compute 200000000001"
                + " {meter=Instance hours, region=eu-central-1, sku=SKU-1, unit=Hours}"
                + " 2025-09-01T00:00:00Z 2025-09-01T01:00:00Z 2",
            "a charge that is no usage",
            "BAD_NUMBER ConsumedQuantity");
  }

  private static final List<String> EVENTS =
      List.of(
          "/gateway tokens customer-1 {} 2026-11-01T00:00:00.250Z 2026-11-01T00:00:00.250Z 1200",
          "/gateway tokens customer-2 {} 2026-11-01T00:00:00Z 2026-11-01T00:00:00Z 0.5",
          "not CloudEvents 1.0",
          "MISSING_FIELD subject",
          "MISSING_FIELD value");

  @Test
  void readsABatchOfCloudEvents() throws IOException {
    assertThat(outcomes(EXAMPLES.resolve("cloudevents.json"), "cloudevents")).isEqualTo(EVENTS);
  }

  @Test
  void readsCloudEventsALineAndASingleOne() throws IOException {
    var batch = Files.readString(EXAMPLES.resolve("cloudevents.json")).strip();
    var events = batch.substring(1, batch.length() - 1).replaceAll("\n   ", "");
    var lines = Files.writeString(folder.resolve("lines"), events.replace("}},", "}}"));
    assertThat(outcomes(lines, "cloudevents")).isEqualTo(EVENTS);
    var one = batch.substring(1, batch.indexOf("}},") + 2).replaceAll("\\{\"spec", "{\n\"spec");
    assertThat(outcomes(Files.writeString(folder.resolve("one"), one), "cloudevents"))
        .containsExactly(EVENTS.getFirst());
  }

  private static UsageFormat format(String key) {
    return BuiltInFormats.format(key).orElseThrow();
  }

  /// What becomes of the rows: the record but its id, the reason of a filter, or reason and field.
  private static List<String> outcomes(Path path, String key) throws IOException {
    var file = InputFile.of(path);
    var parser = LineParser.of(file, format(key));
    var outcomes = new ArrayList<String>();
    try (var lines = LineSource.open(file, format(key))) {
      for (var line = lines.next(); line != null; line = lines.next()) {
        switch (parser.parse(line).disposition()) {
          case Accepted(var r) ->
              outcomes.add(
                  "%s %s %s %s %s %s %s"
                      .formatted(
                          r.source(),
                          r.type(),
                          r.subject(),
                          r.dimensions(),
                          r.starts(),
                          r.ends(),
                          r.quantity().toPlainString()));
          case Filtered(var reason) -> outcomes.add(reason);
          case Suspended(var reason, var field, _) -> outcomes.add(reason + " " + field);
          case null -> {}
        }
      }
    }
    return outcomes;
  }
}
