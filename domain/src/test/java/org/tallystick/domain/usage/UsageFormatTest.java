package org.tallystick.domain.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.domain.usage.UsageFormat.Filter;
import org.tallystick.domain.usage.UsageFormat.Layout;
import org.tallystick.domain.usage.UsageFormat.Notation;
import org.tallystick.domain.usage.UsageFormat.Timing;

class UsageFormatTest {

  @Test
  void takesColumnsThatAreThere() {
    assertThat(format("a", "a", "a", "a", "a", "a", "a").id()).isEqualTo(Text.Columns.of("a"));
  }

  @ParameterizedTest
  @CsvSource({
    "x, a, a, a, a, a, a, id",
    "a, x, a, a, a, a, a, subject",
    "a, a, x, a, a, a, a, time",
    "a, a, a, x, a, a, a, time",
    "a, a, a, a, a * x, a, a, quantity",
    "a, a, a, a, a, x, a, dimensions",
    "a, a, a, a, a, a, x, filters"
  })
  void refusesAnUnknownColumn(
      String id,
      String subject,
      String from,
      String to,
      String quantity,
      String dimension,
      String filter,
      String field) {
    assertThatThrownBy(() -> format(id, subject, from, to, quantity, dimension, filter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(field + " names the unknown column 'x'");
  }

  private static UsageFormat format(
      String id,
      String subject,
      String from,
      String to,
      String quantity,
      String dimension,
      String filter) {
    return new UsageFormat(
        "f",
        new Layout.Csv(List.of("a", "b"), ',', '"'),
        new Notation(UTF_8, "", "", NumberNotation.PLAIN, new TimeNotation.Iso()),
        new Text.Constant("source"),
        Text.Columns.of(id),
        new Text.Constant("type"),
        Text.Columns.of(subject),
        new Timing.Between(from, to),
        Expression.parse(quantity),
        false,
        Duration.ofDays(1),
        new LinkedHashMap<>(Map.of("d", dimension)),
        List.of(new Filter.Equal("why", filter, "1")));
  }
}
