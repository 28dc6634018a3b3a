package org.tallystick.readers;

import java.io.StringReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.tallystick.domain.usage.Expression;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.domain.usage.UsageFormat.Filter;
import org.tallystick.domain.usage.UsageFormat.Layout;
import org.tallystick.domain.usage.UsageFormat.Timing;

/// Usage formats as they are written in a catalog file, and as they are stored: the same fields.
public final class UsageFormatReader {

  private UsageFormatReader() {}

  /// Reads a stored format.
  public static UsageFormat read(String json) {
    return read(YamlNode.read(new StringReader(json), "format"));
  }

  public static UsageFormat read(YamlNode format) {
    format.only(
        "key",
        "layout",
        "delimiter",
        "comment",
        "absent",
        "columns",
        "source",
        "id",
        "type",
        "subject",
        "time",
        "quantity",
        "negative",
        "dimensions",
        "filters");
    try {
      return new UsageFormat(
          format.text("key"),
          layout(format),
          format.optionalText("comment").orElse(""),
          format.optionalText("absent").orElse(""),
          format.text("source"),
          format.text("id"),
          format.text("type"),
          format.text("subject"),
          timing(format.mapping("time").only("after", "from", "to", "duration")),
          Expression.parse(format.text("quantity")),
          isNegativeTaken(format),
          dimensions(format),
          format.mappings("filters").stream().map(UsageFormatReader::filter).toList());
    } catch (IllegalArgumentException e) {
      throw format.refuse(e.getMessage() == null ? "not a format" : e.getMessage());
    }
  }

  private static Layout layout(YamlNode format) {
    var columns = format.texts("columns");
    return switch (format.text("layout")) {
      case "blanks" -> {
        if (format.has("delimiter")) {
          throw format.refuse("delimiter", "goes with layout csv only");
        }
        yield new Layout.Blanks(columns);
      }
      case "csv" -> new Layout.Csv(columns, delimiter(format));
      default ->
          throw format.refuse(
              "layout", "expected blanks or csv, found '" + format.text("layout") + "'");
    };
  }

  private static char delimiter(YamlNode format) {
    var delimiter = format.optionalText("delimiter").orElse(",");
    if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
      throw format.refuse(
          "delimiter", "expected one character that is no quote, found '" + delimiter + "'");
    }
    return delimiter.charAt(0);
  }

  private static Timing timing(YamlNode time) {
    if (time.has("to")) {
      time.only("from", "to");
      return new Timing.Instants(time.text("from"), time.text("to"));
    }
    var after = time.value("after", "a time like 1993-10-01T07:00:03Z", Instant::parse);
    return new Timing.SecondsAfter(
        after.getEpochSecond(), time.text("from"), time.text("duration"));
  }

  private static SequencedMap<String, String> dimensions(YamlNode format) {
    var dimensions = new LinkedHashMap<String, String>();
    if (format.has("dimensions")) {
      var mapping = format.mapping("dimensions");
      mapping.names().forEach(name -> dimensions.put(name, mapping.text(name)));
    }
    return dimensions;
  }

  private static boolean isNegativeTaken(YamlNode format) {
    var negative = format.optionalText("negative").orElse("suspended");
    return switch (negative) {
      case "accepted" -> true;
      case "suspended" -> false;
      default ->
          throw format.refuse(
              "negative", "expected accepted or suspended, found '" + negative + "'");
    };
  }

  private static Filter filter(YamlNode filter) {
    filter.only("reason", "column", "equals");
    return new Filter(filter.text("reason"), filter.text("column"), filter.text("equals"));
  }
}
