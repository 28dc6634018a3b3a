package org.tallystick.writers;

import static org.tallystick.domain.usage.SuspenseReason.CONFLICT;
import static org.tallystick.sql.Instants.utc;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.usage.Disposition.Accepted;
import org.tallystick.domain.usage.Disposition.Filtered;
import org.tallystick.domain.usage.Disposition.Suspended;
import org.tallystick.domain.usage.UsageRecord;
import org.tallystick.readers.ParsedLine;
import org.tallystick.sql.Copy;
import org.tallystick.sql.Json;

/// Writes a chunk of lines as one intake batch, in one transaction: the records whose identity is
/// new, and the disposition of every other line.
///
/// Identities are claimed first, set-wise; whoever claims one first has the record, so the same
/// lines from two processes at once are stored once.
public final class UsageWriter implements ItemWriter<ParsedLine> {

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final UUID file;

  public UsageWriter(DataSource dataSource, UUID file) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
    this.file = file;
  }

  @Override
  public void write(Chunk<? extends ParsedLine> chunk) {
    var accepted = new ArrayList<Row>();
    var other = new ArrayList<Other>();
    long comments = 0;
    for (var parsed : chunk) {
      long lineNo = parsed.line().number();
      switch (parsed.disposition()) {
        case Accepted(var record) -> accepted.add(new Row(lineNo, parsed, record));
        case Filtered(var reason) ->
            other.add(new Other(lineNo, "filtered", reason, "", "", parsed));
        case Suspended(var reason, var field, var message) ->
            other.add(new Other(lineNo, "suspended", reason.code(), field, message, parsed));
        case null -> comments++;
      }
    }
    long batch = jdbc.sql("select nextval('intake_batch_id_seq')").query(Long.class).single();
    other.addAll(withoutClaim(batch, accepted));
    var claimless = new HashSet<Long>();
    other.forEach(line -> claimless.add(line.lineNo()));
    var records = accepted.stream().filter(row -> !claimless.contains(row.lineNo())).toList();
    writeBatch(batch, chunk, comments, records, other);
    writeRecords(batch, records);
    writeDispositions(batch, other);
  }

  /// Claims the identities of `rows`; the lines that did not get theirs, with why.
  private List<Other> withoutClaim(long batch, List<Row> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    jdbc.sql(
            "create temp table if not exists claim"
                + " (line_no bigint, source text, id text, digest bytea) on commit delete rows")
        .update();
    var copy = new Copy("claim (line_no, source, id, digest)");
    rows.forEach(
        row -> copy.row(row.lineNo(), row.rec().source(), row.rec().id(), row.rec().digest()));
    copy.into(dataSource);
    int claimed =
        jdbc.sql(
                """
                insert into usage_identity (source, id, digest, batch_id, line_no)
                select distinct on (source, id) source, id, digest, :batch, line_no
                  from claim order by source, id, line_no
                    on conflict (source, id) do nothing\
                """)
            .param("batch", batch)
            .update();
    return claimed == rows.size() ? List.of() : refusals(batch, rows);
  }

  private List<Other> refusals(long batch, List<Row> rows) {
    var byLine = new HashMap<Long, Row>();
    rows.forEach(row -> byLine.put(row.lineNo(), row));
    return jdbc.sql(
            """
            select c.line_no, i.digest = c.digest as is_same
              from claim c
              join usage_identity i on i.source = c.source and i.id = c.id
             where i.batch_id <> :batch or i.line_no <> c.line_no
             order by c.line_no\
            """)
        .param("batch", batch)
        .query((row, _) -> refusal(byLine, row.getLong("line_no"), row.getBoolean("is_same")))
        .list();
  }

  private static Other refusal(Map<Long, Row> byLine, long lineNo, boolean isSame) {
    var row = byLine.get(lineNo);
    if (row == null) {
      throw new IllegalStateException("line " + lineNo + " was claimed but is not in the chunk");
    }
    var identity = row.rec().source() + "/" + row.rec().id();
    return isSame
        ? new Other(lineNo, "duplicate", "same content", "", identity, row.parsed())
        : new Other(
            lineNo,
            "suspended",
            CONFLICT.code(),
            "",
            identity + " is known with other content",
            row.parsed());
  }

  private void writeBatch(
      long batch,
      Chunk<? extends ParsedLine> chunk,
      long comments,
      List<Row> records,
      List<Other> other) {
    var lines = chunk.getItems();
    jdbc.sql(
            """
            insert into intake_batch (id, file_id, first_line, last_line, comments, accepted,
                   duplicate, filtered, suspended, quantity, starts_min, ends_max)
            overriding system value
            values (:id, :file, :first, :last, :comments, :accepted, :duplicate, :filtered,
                   :suspended, :quantity, :startsMin, :endsMax)\
            """)
        .param("id", batch)
        .param("file", file)
        .param("first", lines.getFirst().line().number())
        .param("last", lines.getLast().line().number())
        .param("comments", comments)
        .param("accepted", records.size())
        .param("duplicate", count(other, "duplicate"))
        .param("filtered", count(other, "filtered"))
        .param("suspended", count(other, "suspended"))
        .param("quantity", total(records))
        .param("startsMin", records.isEmpty() ? null : utc(startsMin(records)))
        .param("endsMax", records.isEmpty() ? null : utc(endsMax(records)))
        .update();
  }

  private static BigDecimal total(List<Row> records) {
    return records.stream().map(r -> r.rec().quantity()).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Instant startsMin(List<Row> records) {
    return Collections.min(records.stream().map(r -> r.rec().starts()).toList());
  }

  private static Instant endsMax(List<Row> records) {
    return Collections.max(records.stream().map(r -> r.rec().ends()).toList());
  }

  private static long count(List<Other> other, String disposition) {
    return other.stream().filter(line -> line.disposition().equals(disposition)).count();
  }

  private void writeRecords(long batch, List<Row> records) {
    var copy =
        new Copy(
            "usage_record (batch_id, line_no, source, id, type, subject, starts, ends, quantity,"
                + " dimensions)");
    for (var row : records) {
      var r = row.rec();
      copy.row(
          batch,
          row.lineNo(),
          r.source(),
          r.id(),
          r.type(),
          r.subject(),
          r.starts(),
          r.ends(),
          r.quantity(),
          r.dimensions().isEmpty() ? null : Json.write(r.dimensions()));
    }
    copy.into(dataSource);
  }

  private void writeDispositions(long batch, List<Other> other) {
    var copy =
        new Copy("line_disposition (batch_id, line_no, disposition, reason, field, message, raw)");
    for (var line : other) {
      var raw = line.disposition().equals("suspended") ? line.parsed().line().text() : null;
      copy.row(
          batch,
          line.lineNo(),
          line.disposition(),
          line.reason(),
          line.field(),
          line.message(),
          raw);
    }
    copy.into(dataSource);
  }

  private record Row(long lineNo, ParsedLine parsed, UsageRecord rec) {}

  private record Other(
      long lineNo,
      String disposition,
      String reason,
      String field,
      String message,
      ParsedLine parsed) {}
}
