package org.tallystick.api.openmeter;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A value of a request with the path to it, so that every refusal names its field. `null` counts
/// as absent; fields that nobody asks for are passed over, as OpenMeter does.
record Field(String path, JsonNode value) {

  /// Digits that a number may have: far beyond any price or quantity, and still quick to compute.
  private static final int DIGITS_MAX = 100;

  private static final Pattern NUMERIC = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(50)
                          .maxNumberLength(DIGITS_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /// The body of a request, which must be one JSON object.
  static Field body(String json) {
    try {
      var value = MAPPER.readTree(json);
      if (!value.isObject()) {
        throw new BadRequest("", "expected a JSON object");
      }
      return new Field("", value);
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw new BadRequest(
          "",
          "expected JSON, found something else"
              + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    }
  }

  Field required(String name) {
    return optional(name).orElseThrow(() -> new BadRequest(at(name), "is missing"));
  }

  Optional<Field> optional(String name) {
    if (!value.isObject()) {
      throw refuse("an object");
    }
    var found = value.get(name);
    return found == null || found.isNull()
        ? Optional.empty()
        : Optional.of(new Field(at(name), found));
  }

  List<Field> list() {
    if (!value.isArray()) {
      throw refuse("a list");
    }
    var entries = new ArrayList<Field>();
    value.forEach(entry -> entries.add(new Field(path + "[" + entries.size() + "]", entry)));
    return entries;
  }

  String text(int lengthMax) {
    if (!value.isString() || value.asString().isEmpty() || value.asString().length() > lengthMax) {
      throw refuse("a text of 1 to " + lengthMax + " characters");
    }
    return value.asString();
  }

  /// OpenMeter's Numeric: a decimal number, written as a string.
  BigDecimal numeric() {
    if (!value.isString() || !NUMERIC.matcher(value.asString()).matches()) {
      throw refuse("a decimal number as a string, like \"12.5\"");
    }
    if (value.asString().length() > DIGITS_MAX) {
      throw refuse("a number of at most " + DIGITS_MAX + " digits");
    }
    return new BigDecimal(value.asString());
  }

  BigDecimal notNegative() {
    var number = numeric();
    if (number.signum() < 0) {
      throw refuse("a number that is not negative");
    }
    return number;
  }

  BigDecimal percentage() {
    if (!value.isNumber()
        || value.decimalValue().signum() < 0
        || value.decimalValue().compareTo(BigDecimal.valueOf(100)) > 0) {
      throw refuse("a number from 0 to 100");
    }
    return value.decimalValue();
  }

  Instant instant() {
    try {
      return OffsetDateTime.parse(value.asString("")).toInstant();
    } catch (DateTimeParseException e) {
      throw refuse("a time like \"2024-01-01T00:00:00Z\"");
    }
  }

  BadRequest refuse(String expected) {
    var found = value.toString();
    return new BadRequest(
        path,
        "expected "
            + expected
            + ", found "
            + (found.length() > 60 ? found.substring(0, 60) + "…" : found));
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
