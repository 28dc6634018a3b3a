package org.tallystick.writers.wallet;

import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.readers.InputFile;
import org.tallystick.sql.Instants;
import org.tallystick.writers.OutOfBalance;

/// Files of requests on wallets, each time one is settled, and what became of their lines.
public final class SettledFiles {

  private final JdbcClient jdbc;

  public SettledFiles(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Notes that `run` settles `file` as of `at`; a restart finds it noted.
  public void register(UUID run, InputFile file, Instant at) {
    jdbc.sql(
            """
            insert into settled_file (run_id, name, bytes, started_at)
            values (:run, :name, :bytes, :at) on conflict (run_id) do nothing\
            """)
        .param("run", run)
        .param("name", file.name())
        .param("bytes", file.bytes())
        .param("at", Instants.utc(at))
        .update();
  }

  /// The file with this content that `run` settles, lying at `path` now.
  public InputFile file(UUID run, String sha256, Path path) {
    return jdbc.sql("select name, bytes from settled_file where run_id = :run")
        .param("run", run)
        .query((row, _) -> new InputFile(path, row.getString("name"), row.getLong("bytes"), sha256))
        .single();
  }

  /// The instant as of which `run` settles its file.
  public Instant at(UUID run) {
    return jdbc.sql("select started_at from settled_file where run_id = :run")
        .param("run", run)
        .query((row, _) -> Instants.get(row, "started_at"))
        .single();
  }

  /// The physical lines, from the first one on, that something has become of.
  public long linesDone(UUID run) {
    return jdbc.sql("select coalesce(max(line_no), 0) from settled_line where run_id = :run")
        .param("run", run)
        .query(Long.class)
        .single();
  }

  /// Throws [OutOfBalance] unless something has become of each of the `lines` of the file.
  public void requireAll(UUID run, long lines) {
    var found =
        jdbc.sql("select count(*) from settled_line where run_id = :run")
            .param("run", run)
            .query(Long.class)
            .single();
    if (found != lines) {
      throw new OutOfBalance("lines: expected " + lines + ", found " + found);
    }
  }
}
