package org.tallystick.readers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.sql.Query;

/// What became of the lines of files of requests on wallets.
public final class SettledFileReport {

  private final JdbcClient jdbc;

  public SettledFileReport(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The file that `run` settles: its lines by their outcome; nothing if it was killed before it
  /// began.
  public Map<String, @Nullable Object> of(UUID run) {
    return jdbc.sql(Query.of("settled-file")).param("run", run).query().listOfRows().stream()
        .findFirst()
        .orElseGet(LinkedHashMap::new);
  }

  /// The lines that `run` did not settle, and why; up to `limit`.
  public List<Map<String, @Nullable Object>> refused(UUID run, int limit) {
    return jdbc.sql(
            """
            select line_no as line, customer, key, reason, message, text
              from settled_line
             where run_id = :run and reason is not null
             order by line_no
             limit :limit\
            """)
        .param("run", run)
        .param("limit", limit)
        .query()
        .listOfRows();
  }
}
