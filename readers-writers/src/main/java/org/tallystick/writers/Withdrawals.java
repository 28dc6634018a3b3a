package org.tallystick.writers;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;

/// Withdraws usage records: they stay, their identity stays taken, and the next run that takes a
/// cut-off does not count them any more. One statement does it: all or nothing.
public final class Withdrawals {

  private final JdbcClient jdbc;

  public Withdrawals(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// What came of it.
  public sealed interface Outcome {

    /// So many records count no more from now on; `before` says what had been withdrawn already.
    record Withdrawn(String what, long records, Optional<Before> before) implements Outcome {}

    /// Nothing was changed.
    record Refused(String why) implements Outcome {}
  }

  /// Records that were withdrawn before, and the first time that happened.
  public record Before(long records, LocalDate day, String reason) {}

  /// Withdraws the record with this identity; `reason` is not empty.
  public Outcome record(String source, String id, String reason) {
    var what = source + "/" + id;
    long known =
        jdbc.sql("select count(*) from usage_identity where source = :source and id = :id")
            .param("source", source)
            .param("id", id)
            .query(Long.class)
            .single();
    return known == 0
        ? new Outcome.Refused("there is no usage record " + what)
        : withdraw(what, new Wanted(source, id, null, reason));
  }

  /// Withdraws every record of the file with this name or SHA-256 (hexadecimal).
  public Outcome file(String nameOrSha256, String reason) {
    var files = files(nameOrSha256);
    if (files.isEmpty()) {
      return new Outcome.Refused("no file '" + nameOrSha256 + "' was imported");
    }
    if (files.size() > 1) {
      var hashes = files.stream().map(File::sha256).collect(Collectors.joining(", "));
      return new Outcome.Refused(
          "%d files are called '%s'; name one by its SHA-256: %s"
              .formatted(files.size(), nameOrSha256, hashes));
    }
    var file = files.getFirst();
    return file.isFinished()
        ? withdraw(file.name(), new Wanted(null, null, file.id(), reason))
        : new Outcome.Refused(
            "the import of " + file.name() + " has not come to its end; go on with it first");
  }

  private List<File> files(String nameOrSha256) {
    return jdbc.sql(
            """
            select id, name, sha256, finished_at is not null as is_finished from intake_file
             where name = :name or sha256 = :sha256
             order by started_at, sha256\
            """)
        .param("name", nameOrSha256)
        .param("sha256", nameOrSha256.toLowerCase(Locale.ROOT))
        .query((row, _) ->
            new File(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("sha256"),
                row.getBoolean("is_finished")))
        .list();
  }

  private Outcome withdraw(String what, Wanted wanted) {
    long records = jdbc.sql(Query.of("withdraw")).paramSource(wanted).update();
    if (records > 0) {
      // A run may follow at once; without statistics the planner guesses.
      jdbc.sql("analyze withdrawal").update();
    }
    return new Outcome.Withdrawn(what, records, before(wanted, records));
  }

  /// The withdrawals of what is `wanted` but the latest `records`.
  private Optional<Before> before(Wanted wanted, long records) {
    return jdbc.sql(Query.of("withdrawals"))
        .paramSource(wanted)
        .query((row, _) ->
            new Before(
                row.getLong("records") - records,
                Instants.get(row, "withdrawn_at").atZone(ZoneOffset.UTC).toLocalDate(),
                row.getString("reason")))
        .optional()
        .filter(before -> before.records() > 0);
  }

  private record File(UUID id, String name, String sha256, boolean isFinished) {}

  /// One record, or a file.
  private record Wanted(
      @Nullable String source, @Nullable String id, @Nullable UUID file, String reason) {}
}
