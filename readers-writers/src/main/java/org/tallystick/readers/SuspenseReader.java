package org.tallystick.readers;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.sql.Instants;

/// The suspended lines that wait at the suspense desk.
public final class SuspenseReader {

  private static final int PAGE_LINES = 1_000;

  private final JdbcClient jdbc;
  private final UsageFormats formats;

  public SuspenseReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.formats = new UsageFormats(jdbc);
  }

  /// Which lines.
  ///
  /// @param reason a code; any if empty
  /// @param file a name or SHA-256 (hexadecimal); any if empty
  /// @param line counted from 1; any if 0
  /// @param before when the file was taken in, exclusive
  /// @param customer the key of who has the line's subject now; anybody if empty
  public record Filter(
      String reason, String file, long line, Instant before, Optional<String> customer) {

    /// All of them.
    public static final Filter ALL =
        new Filter("", "", 0, Instant.parse("9999-12-31T00:00:00Z"), Optional.empty());
  }

  /// The files with waiting lines of a reason, file, line and time, in the order they came in.
  public List<WaitingFile> files(Filter filter) {
    return jdbc.sql(
            """
            select f.id, f.name, f.sha256, f.format_key, f.columns, f.started_at,
                   count(*) as lines
              from waiting w
              join intake_file f on f.id = w.file_id
             where (:reason = '' or w.reason = :reason)
               and (:file = '' or f.name = :file or f.sha256 = lower(:file))
               and (:line = 0 or w.line_no = :line)
               and f.started_at < :before
             group by f.id
             order by f.started_at, f.id\
            """)
        .param("reason", filter.reason())
        .param("file", filter.file())
        .param("line", filter.line())
        .param("before", Instants.utc(filter.before()))
        .query((row, _) -> file(row))
        .list();
  }

  private WaitingFile file(ResultSet row) throws SQLException {
    var key = row.getString("format_key");
    var format = formats.find(key).orElseThrow(() -> new IllegalStateException("no format " + key));
    return new WaitingFile(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("sha256"),
        format,
        columns(row, format),
        Instants.get(row, "started_at").atZone(ZoneOffset.UTC).toLocalDate(),
        row.getLong("lines"));
  }

  private static List<String> columns(ResultSet row, UsageFormat format) throws SQLException {
    Array columns = row.getArray("columns");
    return columns == null ? format.layout().columns() : List.of((String[]) columns.getArray());
  }

  /// The waiting lines of a file that `filter` lets through, in their order.
  public void forEach(WaitingFile file, Filter filter, Consumer<WaitingLine> work) {
    var subjects = filter.customer().map(this::subjects);
    long after = 0;
    for (var page = page(file, filter, after); !page.isEmpty(); page = page(file, filter, after)) {
      for (var line : page) {
        if (subjects.isEmpty() || file.subject(line).filter(subjects.get()::contains).isPresent()) {
          work.accept(line);
        }
      }
      after = page.getLast().number();
    }
  }

  private List<WaitingLine> page(WaitingFile file, Filter filter, long after) {
    return jdbc.sql(
            """
            select batch_id, line_no, reason, field, message, raw
              from waiting
             where file_id = :file and line_no > :after
               and (:reason = '' or reason = :reason)
               and (:line = 0 or line_no = :line)
             order by line_no
             limit :limit\
            """)
        .param("file", file.id())
        .param("after", after)
        .param("reason", filter.reason())
        .param("line", filter.line())
        .param("limit", PAGE_LINES)
        .query((row, _) ->
            new WaitingLine(
                row.getLong("batch_id"),
                row.getLong("line_no"),
                row.getString("reason"),
                row.getString("field"),
                row.getString("message"),
                row.getString("raw")))
        .list();
  }

  private Set<String> subjects(String customer) {
    return new HashSet<>(
        jdbc.sql(
                """
                select s.subject from owner s join customer c on c.id = s.customer_id
                 where c.key = :customer and s.ended is null\
                """)
            .param("customer", customer)
            .query(String.class)
            .list());
  }
}
