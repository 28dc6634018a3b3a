package org.tallystick.readers;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.money.Fraction;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Json;
import org.tallystick.sql.Query;

/// What meters say of the records that are in, by windows and groups.
///
/// Worked examples: docs/reference/metering.md, "By windows".
public final class WindowReader {

  /// The names that group by what a record is, not by a dimension that it may have.
  public static final String SUBJECT = "subject";

  public static final String CUSTOMER = "customer";

  private final JdbcClient jdbc;

  public WindowReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Which records count, and how they are grouped.
  ///
  /// @param subjects only theirs; all if empty
  /// @param customers keys of customers, only theirs; all if empty
  /// @param where dimensions, each with the values of which it must have one
  /// @param by dimensions whose values make groups, [#SUBJECT] and [#CUSTOMER] among them
  /// @param cutoff the greatest intake batch that counts; without one, all that is in
  public record Selection(
      List<String> subjects,
      List<String> customers,
      Map<String, List<String>> where,
      List<String> by,
      OptionalLong cutoff) {

    /// What a customer used, up to a cut-off.
    static Selection of(String customer, long cutoff) {
      return new Selection(
          List.of(), List.of(customer), Map.of(), List.of(), OptionalLong.of(cutoff));
    }
  }

  /// What the records of a group come to in [starts, ends), in the priced unit. The group has a
  /// value, or null, for each name that the selection is by; `records` are those with something in
  /// the window.
  public record Row(
      Instant starts,
      Instant ends,
      List<@Nullable String> group,
      Fraction quantity,
      long records) {}

  /// The first rows, by window and group, and how many there are.
  public record Answer(List<Row> rows, long count) {}

  /// Up to `limit` rows of the windows between neighbours of `bounds`, which ascend.
  public Answer read(String meter, List<Instant> bounds, Selection selection, int limit) {
    var counts = new long[1];
    var rows =
        jdbc.sql(Query.of("windows"))
            .param("meter", meter)
            .param("bounds", Instants.texts(bounds))
            .param("from", Instants.utc(bounds.getFirst()))
            .param("to", Instants.utc(bounds.getLast()))
            .param("subjects", selection.subjects().toArray(String[]::new))
            .param("customers", selection.customers().toArray(String[]::new))
            .param("where", Json.write(selection.where()))
            .param("by", selection.by().toArray(String[]::new))
            .param("cutoff", selection.cutoff().orElse(Long.MAX_VALUE))
            .param("limit", limit)
            .query((row, _) -> {
              counts[0] = row.getLong("row_count");
              return row(row, bounds);
            })
            .list();
    return new Answer(rows, counts[0]);
  }

  /// What a meter is: its aggregation, as it is declared, and its unit.
  public record Declared(String aggregation, String unit) {}

  public Optional<Declared> declared(String meter) {
    return jdbc.sql("select replace(aggregation, '_', '-'), unit from meter where key = :meter")
        .param("meter", meter)
        .query((row, _) -> new Declared(row.getString(1), row.getString(2)))
        .optional();
  }

  /// The keys of all meters, in order.
  public List<String> meters() {
    return jdbc.sql("select key from meter order by key collate \"C\"")
        .query((row, _) -> row.getString(1))
        .list();
  }

  /// Those of `customers` that there are.
  public List<String> known(List<String> customers) {
    return jdbc.sql("select key from customer where key = any (:customers) order by key")
        .param("customers", customers.toArray(String[]::new))
        .query((row, _) -> row.getString(1))
        .list();
  }

  private static Row row(ResultSet row, List<Instant> bounds) throws SQLException {
    int window = row.getInt("window_no");
    var factor =
        Fraction.of(row.getBigDecimal("factor_numerator"), row.getBigDecimal("factor_divisor"));
    return new Row(
        bounds.get(window - 1),
        bounds.get(window),
        texts(row.getArray("groups")),
        factor.times(row.getBigDecimal("quantity")),
        row.getLong("records"));
  }

  private static List<@Nullable String> texts(Array array) throws SQLException {
    return Arrays.asList((@Nullable String[]) array.getArray());
  }
}
