package org.tallystick.readers;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.money.Fraction;
import org.tallystick.readers.LineBlock.RecordLine;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Json;
import org.tallystick.sql.Query;

/// Where usage records came from, and where they were billed or why not. Rows to be shown: names
/// and plain values, instants as text.
public final class TraceReader {

  private final JdbcClient jdbc;

  public TraceReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The record with this identity, with `items`: what became of it at every contract item whose
  /// meter takes its type, by service period. `unattributed` says why it belongs to nobody; null if
  /// it belongs to somebody. `again` are the lines that brought it once more.
  public Optional<Map<String, @Nullable Object>> record(String source, String id) {
    return jdbc.sql(Query.of("trace-record"))
        .param("source", source)
        .param("id", id)
        .query((row, _) -> row(row))
        .optional()
        .map(this::withItems);
  }

  private Map<String, @Nullable Object> withItems(Map<String, @Nullable Object> found) {
    var items =
        jdbc.sql(Query.of("trace-items"))
            .param("batch", found.get("batch"))
            .param("line", found.get("line"))
            .query((row, _) -> item(row))
            .list();
    var traced = new LinkedHashMap<String, @Nullable Object>(found);
    traced.put("dimensions", Json.read(String.valueOf(found.get("dimensions"))));
    traced.put("again", again(found.get("source") + "/" + found.get("id")));
    traced.put("unattributed", unattributed(found, items));
    traced.put("items", items);
    return traced;
  }

  private static @Nullable String unattributed(
      Map<String, @Nullable Object> record, List<Map<String, @Nullable Object>> items) {
    if (record.get("customer") == null) {
      return "no customer has this subject";
    }
    return items.stream().anyMatch(item -> Objects.equals(item.get("covers"), true))
        ? null
        : "no contract item covers it";
  }

  private List<Map<String, @Nullable Object>> again(String name) {
    return jdbc.sql(Query.of("trace-again"))
        .param("name", name)
        .param("conflict", RecordLine.IN_CONFLICT)
        .query((row, _) -> row(row))
        .list();
  }

  /// What became of a line of the file with this name or SHA-256 (hexadecimal): a row for each file
  /// of the name that has it.
  public List<Map<String, @Nullable Object>> lines(String nameOrSha256, long line) {
    return jdbc.sql(Query.of("trace-line"))
        .param("file", nameOrSha256)
        .param("line", line)
        .query((row, _) -> row(row))
        .list();
  }

  /// Whether a file of this name or SHA-256 was imported.
  public boolean knows(String nameOrSha256) {
    return jdbc.sql(
            """
            select exists (
                   select from intake_file where name = :file or sha256 = lower(:file))\
            """)
        .param("file", nameOrSha256)
        .query(Boolean.class)
        .single();
  }

  /// The records that a line of [#lines] brought, or is a duplicate of or in conflict with: one, or
  /// none, or several where it cannot be told which slash parts source and id.
  public List<Map<String, @Nullable Object>> records(Map<String, @Nullable Object> line) {
    var disposition = line.get("disposition");
    var message = String.valueOf(line.get("message"));
    boolean isConflict =
        message.endsWith(RecordLine.IN_CONFLICT) && Objects.equals(line.get("reason"), "conflict");
    if (!isConflict
        && !Objects.equals(disposition, "accepted")
        && !Objects.equals(disposition, "duplicate")) {
      return List.of();
    }
    var name =
        isConflict
            ? message.substring(0, message.length() - RecordLine.IN_CONFLICT.length())
            : message;
    var records = new ArrayList<Map<String, @Nullable Object>>();
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      record(name.substring(0, slash), name.substring(slash + 1)).ifPresent(records::add);
    }
    return records;
  }

  /// `of_record` is what the meter counts of the record, in the priced unit.
  private static Map<String, @Nullable Object> item(ResultSet row) throws SQLException {
    var item = row(row);
    var numerator = item.remove("factor_numerator");
    var divisor = item.remove("factor_divisor");
    if (item.remove("value") instanceof BigDecimal value
        && numerator instanceof BigDecimal over
        && divisor instanceof BigDecimal under
        && item.get("starts") != null) {
      item.put("of_record", Fraction.of(over, under).times(value).stored());
    } else {
      item.put("of_record", null);
    }
    item.putAll(Json.read(String.valueOf(item.remove("lines"))));
    return item;
  }

  private static Map<String, @Nullable Object> row(ResultSet row) throws SQLException {
    var names = row.getMetaData();
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (int n = 1; n <= names.getColumnCount(); n++) {
      var name = names.getColumnLabel(n);
      if (names.getColumnTypeName(n).equals("timestamptz")) {
        var instant = Instants.getOrNull(row, name);
        values.put(name, instant == null ? null : instant.toString());
      } else {
        values.put(name, row.getObject(n));
      }
    }
    return values;
  }
}
