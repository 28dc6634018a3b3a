package org.tallystick.readers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What became of the lines of usage files.
public final class FileReport {

  private static final String SELECT =
      """
      select max(f.name) as file,
             coalesce(sum(f.lines) filter (where b.first_line = 1), 0)::bigint as lines,
             coalesce(sum(b.accepted + b.duplicate + b.filtered + b.suspended), 0)::bigint as read,
             coalesce(sum(b.accepted), 0)::bigint as accepted,
             coalesce(sum(b.duplicate), 0)::bigint as duplicate,
             coalesce(sum(b.filtered), 0)::bigint as filtered,
             coalesce(sum(b.suspended), 0)::bigint as suspended
        from intake_file f
        left join intake_batch b on b.file_id = f.id
      """;

  private final JdbcClient jdbc;

  public FileReport(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// One file, by the SHA-256 of its bytes.
  public Map<String, @Nullable Object> of(String sha256) {
    return jdbc.sql(SELECT + " where f.sha256 = :sha256")
        .param("sha256", sha256)
        .query()
        .singleRow();
  }

  /// How many records of a file, by the SHA-256 of its bytes, came in after their service period
  /// was closed.
  public long late(String sha256) {
    return jdbc.sql(
            """
            select count(*)
              from intake_file f
              join intake_batch b on b.file_id = f.id
              join late_usage l on l.batch_id = b.id
             where f.sha256 = :sha256\
            """)
        .param("sha256", sha256)
        .query(Long.class)
        .single();
  }

  /// All files together.
  public Map<String, @Nullable Object> total() {
    return jdbc.sql(SELECT).query().singleRow();
  }
}
