package org.tallystick.readers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringReader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.tallystick.domain.usage.Expression;
import org.tallystick.domain.usage.NumberNotation;
import org.tallystick.domain.usage.Text;
import org.tallystick.domain.usage.TimeNotation;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.domain.usage.UsageFormat.Filter;
import org.tallystick.domain.usage.UsageFormat.Layout;
import org.tallystick.domain.usage.UsageFormat.Notation;
import org.tallystick.domain.usage.UsageFormat.Span;
import org.tallystick.domain.usage.UsageFormat.Timing;
import org.tallystick.sql.Json;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.Yaml;

/// Usage formats as they are written in a catalog file, and as they are stored: the same fields.
public final class UsageFormatReader {

  private static final List<String> FIELDS =
      List.of(
          "key",
          "layout",
          "delimiter",
          "quote",
          "encoding",
          "comment",
          "absent",
          "numbers",
          "times",
          "zone",
          "columns",
          "source",
          "id",
          "type",
          "subject",
          "time",
          "quantity",
          "negative",
          "future",
          "dimensions",
          "filters");

  private UsageFormatReader() {}

  /// A stored format as it is written in a catalog file, in YAML.
  public static String yaml(String json) {
    var stored = Json.read(json);
    var fields = new LinkedHashMap<String, Object>();
    for (var field : FIELDS) {
      if (stored.containsKey(field)) {
        fields.put(field, stored.get(field));
      }
    }
    var options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.AUTO);
    return new Yaml(options).dump(fields);
  }

  /// Reads a stored format.
  public static UsageFormat read(String json) {
    return read(YamlNode.read(new StringReader(json), "format"));
  }

  public static UsageFormat read(YamlNode format) {
    format.only(FIELDS.toArray(String[]::new));
    try {
      return new UsageFormat(
          format.text("key"),
          layout(format),
          notation(format),
          text(format, "source"),
          id(format),
          text(format, "type"),
          Text.Columns.of(format.text("subject")),
          timing(format.mapping("time").only("after", "from", "to", "duration", "at")),
          Expression.parse(format.text("quantity")),
          isNegativeTaken(format),
          ahead(format),
          texts(format, "dimensions"),
          format.mappings("filters").stream().map(UsageFormatReader::filter).toList());
    } catch (IllegalArgumentException e) {
      throw format.refuse(e.getMessage() == null ? "not a format" : e.getMessage());
    }
  }

  private static Layout layout(YamlNode format) {
    var layout = format.text("layout");
    for (var field : List.of("delimiter", "quote")) {
      if (format.has(field) && !layout.equals("csv")) {
        throw format.refuse(field, "goes with layout csv only");
      }
    }
    return switch (layout) {
      case "blanks" -> {
        if (!format.has("columns")) {
          throw format.refuse("columns is missing: the names of all columns, in order");
        }
        yield new Layout.Blanks(format.texts("columns"));
      }
      case "csv" ->
          new Layout.Csv(
              format.texts("columns"), mark(format, "delimiter", ','), mark(format, "quote", '"'));
      case "fixed" -> new Layout.Fixed(spans(format));
      case "json" -> {
        var pointers = new LinkedHashMap<String, String>();
        texts(format, "columns")
            .forEach((name, path) -> pointers.put(name, JsonPath.pointer(path)));
        yield new Layout.Json(pointers);
      }
      default ->
          throw format.refuse(
              "layout", "expected blanks, csv, fixed or json, found '" + layout + "'");
    };
  }

  private static char mark(YamlNode format, String field, char otherwise) {
    var mark = format.optionalText(field).orElse(String.valueOf(otherwise));
    if (mark.length() != 1
        || "\r\n".contains(mark)
        || (field.equals("delimiter") && mark.equals("\""))) {
      throw format.refuse(field, "expected one character that is no quote, found '" + mark + "'");
    }
    return mark.charAt(0);
  }

  private static SequencedMap<String, Span> spans(YamlNode format) {
    var columns = format.mapping("columns");
    var spans = new LinkedHashMap<String, Span>();
    columns
        .names()
        .forEach(name ->
            spans.put(
                name,
                columns.value(
                    name, "first-last, counted from 1, like 1-8", UsageFormatReader::span)));
    return spans;
  }

  private static Span span(String text) {
    var ends = text.split("-", 2);
    if (ends.length != 2) {
      throw new IllegalArgumentException("no span: " + text);
    }
    return new Span(Integer.parseInt(ends[0].strip()), Integer.parseInt(ends[1].strip()));
  }

  private static Notation notation(YamlNode format) {
    var encoding =
        format.has("encoding")
            ? format.value("encoding", "an encoding like windows-1252", Charset::forName)
            : UTF_8;
    return new Notation(
        encoding,
        format.optionalText("comment").orElse(""),
        format.optionalText("absent").orElse(""),
        numbers(format),
        times(format));
  }

  private static NumberNotation numbers(YamlNode format) {
    if (!format.has("numbers")) {
      return NumberNotation.PLAIN;
    }
    var numbers = format.mapping("numbers").only("decimal", "group");
    return new NumberNotation(
        mark(numbers, "decimal", '.'), numbers.has("group") ? mark(numbers, "group", '.') : 0);
  }

  private static TimeNotation times(YamlNode format) {
    var times = format.optionalText("times").orElse("iso");
    boolean isInstant = times.equals("iso") || times.startsWith("epoch-");
    if (isInstant && format.has("zone")) {
      throw format.refuse("zone", "goes with a pattern of times only: " + times + " needs none");
    }
    return switch (times) {
      case "iso" -> new TimeNotation.Iso();
      case "epoch-seconds" -> new TimeNotation.Epoch(0);
      case "epoch-milliseconds" -> new TimeNotation.Epoch(3);
      case "epoch-microseconds" -> new TimeNotation.Epoch(6);
      default -> {
        var zone = format.value("zone", "a time zone like Europe/Berlin", ZoneId::of);
        yield format.value(
            "times",
            "iso, epoch-seconds, epoch-milliseconds, epoch-microseconds or a pattern like"
                + " dd.MM.yyyy HH:mm:ss",
            pattern -> TimeNotation.Pattern.of(pattern, zone));
      }
    };
  }

  /// A text that is the same for all records, or `{column: NAME}`.
  private static Text text(YamlNode format, String field) {
    return format.isText(field) || !format.has(field)
        ? new Text.Constant(format.text(field))
        : Text.Columns.of(format.mapping(field).only("column").text("column"));
  }

  /// A column or several; without one, the row's place in its file.
  private static Text id(YamlNode format) {
    if (!format.has("id")) {
      return new Text.Place();
    }
    return format.isText("id")
        ? Text.Columns.of(format.text("id"))
        : new Text.Columns(format.texts("id"));
  }

  private static Timing timing(YamlNode time) {
    if (time.has("at")) {
      time.only("at");
      return new Timing.At(time.text("at"));
    }
    if (time.has("to")) {
      time.only("from", "to");
      return new Timing.Between(time.text("from"), time.text("to"));
    }
    if (!time.has("after")) {
      return new Timing.Lasting(time.text("from"), time.text("duration"));
    }
    var after = time.value("after", "a time like 1993-10-01T07:00:03Z", Instant::parse);
    return new Timing.SecondsAfter(
        after.getEpochSecond(), time.text("from"), time.text("duration"));
  }

  private static SequencedMap<String, String> texts(YamlNode format, String field) {
    var texts = new LinkedHashMap<String, String>();
    if (format.has(field)) {
      var mapping = format.mapping(field);
      mapping.names().forEach(name -> texts.put(name, mapping.text(name)));
    }
    return texts;
  }

  private static Duration ahead(YamlNode format) {
    return format.has("future")
        ? format.value("future", "a duration like P1D or PT12H", Duration::parse)
        : Duration.ofDays(1);
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
    if (filter.has("when")) {
      filter.only("reason", "when");
      var reason = filter.text("reason");
      try {
        return new Filter.When(reason, Expression.condition(filter.text("when")));
      } catch (IllegalArgumentException e) {
        throw filter.refuse("when", String.valueOf(e.getMessage()));
      }
    }
    filter.only("reason", "column", "equals");
    return new Filter.Equal(filter.text("reason"), filter.text("column"), filter.text("equals"));
  }
}
