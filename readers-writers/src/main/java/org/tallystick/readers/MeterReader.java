package org.tallystick.readers;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tallystick.domain.catalog.Aggregation;
import org.tallystick.domain.catalog.Meter;
import org.tallystick.domain.money.Fraction;

/// Meters as they are written in a catalog file.
public final class MeterReader {

  private MeterReader() {}

  public static Meter read(YamlNode meter) {
    meter.only(
        "key",
        "records",
        "where",
        "value",
        "aggregation",
        "dimension",
        "unit",
        "factor",
        "attribution");
    var factor = Factor.of(meter);
    try {
      return new Meter(
          meter.text("key"),
          meter.text("records"),
          where(meter),
          constant(meter, "value", Meter.Value.QUANTITY, Meter.Value.values()),
          constant(meter, "aggregation", Aggregation.SUM, Aggregation.values()),
          meter.has("dimension") ? Optional.of(meter.text("dimension")) : Optional.empty(),
          meter.text("unit"),
          Fraction.of(factor.numerator(), factor.divisor()),
          constant(meter, "attribution", Meter.Attribution.START, Meter.Attribution.values()));
    } catch (IllegalArgumentException e) {
      throw meter.refuse(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> where(YamlNode meter) {
    var where = new TreeMap<String, String>();
    if (meter.has("where")) {
      var dimensions = meter.mapping("where");
      dimensions.names().forEach(name -> where.put(name, dimensions.text(name)));
    }
    return where;
  }

  /// UNIQUE_COUNT is written unique-count.
  private static <E extends Enum<E>> E constant(
      YamlNode meter, String field, E absent, E[] constants) {
    if (!meter.has(field)) {
      return absent;
    }
    var names = Stream.of(constants).map(MeterReader::written).collect(Collectors.joining(", "));
    return meter.value(
        field,
        "one of " + names,
        text ->
            Stream.of(constants)
                .filter(constant -> written(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("none of " + names)));
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
