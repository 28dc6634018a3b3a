package org.tallystick.writers;

import static org.tallystick.domain.usage.SuspenseReason.CONFLICT;
import static org.tallystick.sql.Instants.utc;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.usage.Disposition.Filtered;
import org.tallystick.domain.usage.Disposition.Suspended;
import org.tallystick.readers.LineBlock;
import org.tallystick.readers.LineBlock.RecordLine;
import org.tallystick.readers.ParsedLine;
import org.tallystick.readers.ParsedLine.Origin;
import org.tallystick.readers.RawLine;
import org.tallystick.sql.Copy;
import org.tallystick.sql.Json;
import org.tallystick.sql.Query;

/// Writes a block of lines as one intake batch, in one transaction: the records whose identity is
/// new, and the disposition of every other line.
///
/// Identities are claimed first; whoever claims one first has the record, so the same lines from
/// two processes at once are stored once. As a rule all are new: then they go straight into their
/// table, and only a block with one that is taken pays for finding out which.
public final class UsageWriter implements ItemWriter<LineBlock> {

  /// Neighbours in the index on subjects are written together: half the time of the order in which
  /// they came.
  private static final Comparator<RecordLine> BY_SUBJECT =
      Comparator.comparing((RecordLine line) -> line.record().subject())
          .thenComparing(line -> line.record().ends());

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final UUID file;
  private boolean isRefusing;

  public UsageWriter(DataSource dataSource, UUID file) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
    this.file = file;
  }

  @Override
  public void write(Chunk<? extends LineBlock> chunk) {
    chunk.forEach(this::write);
  }

  private void write(LineBlock block) {
    long batch = jdbc.sql("select nextval('intake_batch_id_seq')").query(Long.class).single();
    var refused = claim(batch, block.records());
    var aside = new ArrayList<>(block.aside().stream().map(Aside::of).toList());
    aside.addAll(refused);
    var claimless = new HashSet<Long>();
    refused.forEach(line -> claimless.add(line.line().number()));
    var records =
        block.records().stream()
            .filter(line -> !claimless.contains(line.number()))
            .sorted(BY_SUBJECT)
            .toList();
    writeBatch(batch, block, records, aside);
    writeRecords(batch, records);
    writeDispositions(batch, aside);
    endSuspense(batch, block.origins());
  }

  /// Claims the identities of `lines`, which are in the order of identities; those that did not get
  /// theirs, with why.
  private List<Aside> claim(long batch, List<RecordLine> lines) {
    if (lines.isEmpty()) {
      return List.of();
    }
    var refused =
        isRefusing || hasTwins(lines) || !claimAll(batch, lines)
            ? claimWhatIsFree(batch, lines)
            : List.<Aside>of();
    isRefusing = !refused.isEmpty();
    return refused;
  }

  private static boolean hasTwins(List<RecordLine> lines) {
    for (int n = 1; n < lines.size(); n++) {
      var one = lines.get(n - 1).record();
      var next = lines.get(n).record();
      if (one.id().equals(next.id()) && one.source().equals(next.source())) {
        return true;
      }
    }
    return false;
  }

  /// False, and nothing is changed, if one of the identities is taken.
  private boolean claimAll(long batch, List<RecordLine> lines) {
    jdbc.sql("savepoint claim").update();
    try {
      Copy.stream(
          dataSource,
          "usage_identity (source, id, digest, batch_id, line_no)",
          lines,
          (copy, line) -> {
            var record = line.record();
            copy.row(record.source(), record.id(), line.digest(), batch, line.number());
          });
      jdbc.sql("release savepoint claim").update();
      return true;
    } catch (DuplicateKeyException taken) {
      jdbc.sql("rollback to savepoint claim").update();
      return false;
    }
  }

  private List<Aside> claimWhatIsFree(long batch, List<RecordLine> lines) {
    jdbc.sql(
            "create temp table if not exists claim"
                + " (place bigint, line_no bigint, source text, id text, digest bytea)"
                + " on commit delete rows")
        .update();
    var copy = new Copy("claim (place, line_no, source, id, digest)");
    for (int place = 0; place < lines.size(); place++) {
      var line = lines.get(place);
      copy.row(place, line.number(), line.record().source(), line.record().id(), line.digest());
    }
    copy.into(dataSource);
    int claimed =
        jdbc.sql(
                """
                insert into usage_identity (source, id, digest, batch_id, line_no)
                select source, id, digest, :batch, line_no
                  from (select distinct on (source, id) * from claim
                         order by source, id, place) first
                 order by place
                    on conflict (source, id) do nothing\
                """)
            .param("batch", batch)
            .update();
    return claimed == lines.size() ? List.of() : refusals(batch, lines);
  }

  private List<Aside> refusals(long batch, List<RecordLine> lines) {
    var byNumber = new HashMap<Long, RecordLine>();
    lines.forEach(line -> byNumber.put(line.number(), line));
    return jdbc.sql(
            """
            select c.line_no, i.digest = c.digest as is_same
              from claim c
              join usage_identity i on i.source = c.source and i.id = c.id
             where i.batch_id <> :batch or i.line_no <> c.line_no
             order by c.line_no\
            """)
        .param("batch", batch)
        .query((row, _) -> refusal(byNumber, row.getLong("line_no"), row.getBoolean("is_same")))
        .list();
  }

  private static Aside refusal(Map<Long, RecordLine> byNumber, long number, boolean isSame) {
    var line = byNumber.get(number);
    if (line == null) {
      throw new IllegalStateException("line " + number + " was claimed but is not in the block");
    }
    return isSame
        ? new Aside(line.line(), "duplicate", "same content", "", line.identity())
        : new Aside(
            line.line(),
            "suspended",
            CONFLICT.code(),
            "",
            line.identity() + RecordLine.IN_CONFLICT);
  }

  private void writeBatch(
      long batch, LineBlock block, List<RecordLine> records, List<Aside> aside) {
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
        .param("first", block.firstLine())
        .param("last", block.lastLine())
        .param("comments", block.lines() - records.size() - aside.size())
        .param("accepted", records.size())
        .param("duplicate", count(aside, "duplicate"))
        .param("filtered", count(aside, "filtered"))
        .param("suspended", count(aside, "suspended"))
        .param("quantity", total(records))
        .param("startsMin", records.isEmpty() ? null : utc(startsMin(records)))
        .param("endsMax", records.isEmpty() ? null : utc(endsMax(records)))
        .update();
  }

  private static BigDecimal total(List<RecordLine> records) {
    return records.stream()
        .map(line -> line.record().quantity())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Instant startsMin(List<RecordLine> records) {
    return Collections.min(records.stream().map(line -> line.record().starts()).toList());
  }

  private static Instant endsMax(List<RecordLine> records) {
    return Collections.max(records.stream().map(line -> line.record().ends()).toList());
  }

  private static long count(List<Aside> aside, String disposition) {
    return aside.stream().filter(line -> line.disposition().equals(disposition)).count();
  }

  private void writeRecords(long batch, List<RecordLine> records) {
    var json = new HashMap<Map<String, String>, String>();
    Copy.stream(
        dataSource,
        "usage_record (batch_id, line_no, source, id, type, subject, starts, ends, quantity,"
            + " dimensions)",
        records,
        (copy, line) -> {
          var r = line.record();
          copy.row(
              batch,
              line.number(),
              r.source(),
              r.id(),
              r.type(),
              r.subject(),
              r.starts(),
              r.ends(),
              r.quantity(),
              r.dimensions().isEmpty() ? null : json.computeIfAbsent(r.dimensions(), Json::write));
        });
  }

  private void writeDispositions(long batch, List<Aside> aside) {
    var copy =
        new Copy(
            "line_disposition (batch_id, line_no, disposition, reason, field, message, raw,"
                + " byte_offset)");
    for (var line : aside) {
      copy.row(
          batch,
          line.line().number(),
          line.disposition(),
          line.reason(),
          line.field(),
          line.message(),
          line.isSuspended() ? line.line().text() : null,
          line.isSuspended() ? line.line().offset() : null);
    }
    copy.into(dataSource);
  }

  /// The lines of a reject file take the place of those that waited.
  private void endSuspense(long batch, SortedMap<Long, Origin> origins) {
    if (origins.isEmpty()) {
      return;
    }
    jdbc.sql(Query.of("end-suspense"))
        .param("batch", batch)
        .param("lines", origins.keySet().toArray(Long[]::new))
        .param("files", origins.values().stream().map(Origin::sha256).toArray(String[]::new))
        .param("origins", origins.values().stream().map(Origin::number).toArray(Long[]::new))
        .update();
  }

  /// A line that did not become a record, and why.
  private record Aside(
      RawLine line, String disposition, String reason, String field, String message) {

    boolean isSuspended() {
      return disposition.equals("suspended");
    }

    static Aside of(ParsedLine parsed) {
      return switch (parsed.disposition()) {
        case Filtered(var reason) -> new Aside(parsed.line(), "filtered", reason, "", "");
        case Suspended(var reason, var field, var message) ->
            new Aside(parsed.line(), "suspended", reason.code(), field, message);
        case null, default -> throw new IllegalStateException(parsed + " is not set aside");
      };
    }
  }
}
