package org.tallystick.writers;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.readers.InputFile;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;

/// The files that were taken in, known by the SHA-256 of their bytes whatever they are called.
public final class IntakeFiles {

  private final JdbcClient jdbc;

  public IntakeFiles(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The file with this content, if it was taken in to its end: its name then, and the day.
  public Optional<Taken> taken(String sha256) {
    return jdbc.sql(
            """
            select name, finished_at from intake_file
             where sha256 = :sha256 and finished_at is not null\
            """)
        .param("sha256", sha256)
        .query((row, _) ->
            new Taken(
                row.getString("name"),
                Instants.get(row, "finished_at").atZone(ZoneOffset.UTC).toLocalDate()))
        .optional();
  }

  /// Notes that a file with these columns is being taken in; a restart finds it noted.
  public UUID register(InputFile file, String format, List<String> columns) {
    jdbc.sql(
            """
            insert into intake_file (name, sha256, bytes, format_key, columns)
            values (:name, :sha256, :bytes, :format, :columns) on conflict (sha256) do nothing\
            """)
        .param("name", file.name())
        .param("sha256", file.sha256())
        .param("bytes", file.bytes())
        .param("format", format)
        .param("columns", columns.toArray(String[]::new))
        .update();
    return id(file.sha256());
  }

  /// The file with this content as it was registered, lying at `path` now.
  public InputFile file(String sha256, Path path) {
    return jdbc.sql("select name, bytes from intake_file where sha256 = :sha256")
        .param("sha256", sha256)
        .query((row, _) -> new InputFile(path, row.getString("name"), row.getLong("bytes"), sha256))
        .single();
  }

  /// When the file with this content was begun.
  public Instant takenIn(String sha256) {
    return jdbc.sql("select started_at from intake_file where sha256 = :sha256")
        .param("sha256", sha256)
        .query((row, _) -> Instants.get(row, "started_at"))
        .single();
  }

  /// The format that the file with this content was begun with.
  public String formatOf(String sha256) {
    return jdbc.sql("select format_key from intake_file where sha256 = :sha256")
        .param("sha256", sha256)
        .query(String.class)
        .single();
  }

  public UUID id(String sha256) {
    return jdbc.sql("select id from intake_file where sha256 = :sha256")
        .param("sha256", sha256)
        .query(UUID.class)
        .single();
  }

  /// The physical lines, from the first one on, that batches of the file account for.
  public long linesDone(UUID file) {
    return jdbc.sql("select coalesce(max(last_line), 0) from intake_batch where file_id = :file")
        .param("file", file)
        .query(Long.class)
        .single();
  }

  /// Closes a file after `lines` physical lines; throws [OutOfBalance] unless its batches account
  /// for every one of them.
  public Intake finish(UUID file, long lines) {
    var intake =
        jdbc.sql(
                """
                select coalesce(sum(last_line - first_line + 1), 0) as lines,
                       coalesce(sum(comments), 0) as comments,
                       coalesce(sum(accepted), 0) as accepted,
                       coalesce(sum(duplicate), 0) as duplicate,
                       coalesce(sum(filtered), 0) as filtered,
                       coalesce(sum(suspended), 0) as suspended
                  from intake_batch where file_id = :file\
                """)
            .param("file", file)
            .query(Intake.class)
            .single();
    if (intake.lines() != lines || intake.lines() - intake.comments() != intake.read()) {
      throw new OutOfBalance("lines: expected " + lines + ", found " + intake.lines());
    }
    jdbc.sql(
            """
            update intake_file set lines = :lines, finished_at = clock_timestamp()
             where id = :file and finished_at is null\
            """)
        .param("lines", lines)
        .param("file", file)
        .update();
    // A run may follow at once; without statistics the planner takes the tables for empty.
    jdbc.sql("analyze intake_batch, usage_identity, usage_record, line_disposition").update();
    jdbc.sql(Query.of("note-late-usage")).param("file", file).update();
    return intake;
  }

  /// A file that was taken in before.
  public record Taken(String name, LocalDate day) {}

  /// What became of a file's lines; `comments` counts those without a row.
  public record Intake(
      long lines, long comments, long accepted, long duplicate, long filtered, long suspended) {

    /// The rows: read = accepted + duplicate + filtered + suspended.
    public long read() {
      return accepted + duplicate + filtered + suspended;
    }
  }
}
