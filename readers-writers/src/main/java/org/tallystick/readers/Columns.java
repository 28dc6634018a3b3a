package org.tallystick.readers;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.tallystick.domain.usage.UsageFormat.Layout;
import org.tallystick.domain.usage.UsageFormat.Span;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How a line falls into the texts of its columns.
sealed interface Columns {

  /// The columns, an absent one empty; no columns if the line is not what [#expected] says.
  List<String> split(String text);

  String expected();

  static Columns of(Layout layout) {
    return switch (layout) {
      case Layout.Blanks _ -> new Blanks();
      case Layout.Csv(_, var delimiter, var quote) -> new Csv(delimiter, quote);
      case Layout.Fixed(var spans) -> new Fixed(List.copyOf(spans.values()));
      case Layout.Json(var pointers) ->
          new Json(pointers.values().stream().map(JsonPointer::compile).toList());
    };
  }

  /// Columns between runs of blanks.
  record Blanks() implements Columns {
    @Override
    public List<String> split(String text) {
      var tokens = new StringTokenizer(text, " \t");
      var columns = new ArrayList<String>(tokens.countTokens());
      while (tokens.hasMoreTokens()) {
        columns.add(tokens.nextToken());
      }
      return columns;
    }

    @Override
    public String expected() {
      return "columns between blanks";
    }
  }

  /// The columns of one record of CSV that is whole in its line.
  record Csv(char delimiter, char quote) implements Columns {
    @Override
    public List<String> split(String text) {
      if (text.indexOf('\r') >= 0) {
        return List.of();
      }
      if (text.indexOf(quote) < 0) {
        return unquoted(text);
      }
      if (text.chars().filter(c -> c == quote).count() % 2 != 0) {
        return List.of();
      }
      var layout = CSVFormat.RFC4180.builder().setDelimiter(delimiter).setQuote(quote).get();
      try (var records = layout.parse(new StringReader(text))) {
        return records.stream().flatMap(CSVRecord::stream).toList();
      } catch (CSVException | UncheckedIOException e) {
        return List.of();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// A line without quotes needs no parser, which would take ten times as long.
    private List<String> unquoted(String text) {
      var columns = new ArrayList<String>();
      int from = 0;
      for (int to = text.indexOf(delimiter); to >= 0; to = text.indexOf(delimiter, from)) {
        columns.add(text.substring(from, to));
        from = to + 1;
      }
      columns.add(text.substring(from));
      return columns;
    }

    @Override
    public String expected() {
      return "CSV with closed quotes";
    }
  }

  /// Columns at fixed places; what the line does not reach is absent.
  record Fixed(List<Span> spans) implements Columns {
    @Override
    public List<String> split(String text) {
      return spans.stream()
          .map(span ->
              text.substring(
                  Math.min(span.first() - 1, text.length()), Math.min(span.last(), text.length())))
          .toList();
    }

    @Override
    public String expected() {
      return "columns at fixed places";
    }
  }

  /// Values of a JSON object: texts as they are, numbers without loss, anything else as JSON.
  record Json(List<JsonPointer> pointers) implements Columns {

    private static final JsonMapper MAPPER =
        JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// A number beyond this many digits is left as it is written.
    private static final int SCALE_MAX = 100;

    @Override
    public List<String> split(String text) {
      try {
        var object = MAPPER.readTree(text);
        return object.isObject()
            ? pointers.stream().map(pointer -> text(object.at(pointer))).toList()
            : List.of();
      } catch (JacksonException e) {
        return List.of();
      }
    }

    private static String text(JsonNode value) {
      if (value.isMissingNode() || value.isNull()) {
        return "";
      }
      if (value.isString()) {
        return value.stringValue();
      }
      return value.isNumber() && Math.abs(value.decimalValue().scale()) <= SCALE_MAX
          ? value.decimalValue().toPlainString()
          : value.toString();
    }

    @Override
    public String expected() {
      return "one JSON object, no name in it twice";
    }
  }
}
