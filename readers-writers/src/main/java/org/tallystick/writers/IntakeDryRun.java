package org.tallystick.writers;

import static org.tallystick.domain.usage.SuspenseReason.CONFLICT;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.usage.Disposition.Filtered;
import org.tallystick.domain.usage.Disposition.Suspended;
import org.tallystick.readers.InputFile;
import org.tallystick.readers.LineBlock;
import org.tallystick.readers.LineBlock.RecordLine;
import org.tallystick.sql.Copy;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;

/// What an import of some files, one after the other, would make of their lines. Identities and
/// subjects are asked for in temporary tables, so memory stays bounded; to be used in one
/// transaction, which leaves nothing behind.
public final class IntakeDryRun {

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final List<FileTally> tallies = new ArrayList<>();

  public IntakeDryRun(DataSource dataSource) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
    jdbc.sql(
            """
            create temp table dry_run_record
              (file_no int, line_no bigint, source text, id text, digest bytea, subject text,
               starts timestamptz, ends timestamptz, quantity numeric) on commit drop\
            """)
        .update();
  }

  /// The blocks that follow are of `file`.
  public void begin(InputFile file) {
    tallies.add(new FileTally(file));
  }

  public void add(LineBlock block) {
    tallies.getLast().add(block);
    int fileNo = tallies.size();
    Copy.stream(
        dataSource,
        "dry_run_record (file_no, line_no, source, id, digest, subject, starts, ends, quantity)",
        block.records(),
        (copy, line) -> {
          var r = line.record();
          copy.row(
              fileNo,
              line.number(),
              r.source(),
              r.id(),
              line.digest(),
              r.subject(),
              r.starts(),
              r.ends(),
              r.quantity());
        });
  }

  /// What would become of each file, once all lines are there.
  public List<DryRunReport> reports() {
    jdbc.sql("analyze dry_run_record").update();
    var hashes = tallies.stream().map(tally -> tally.file.sha256()).toList();
    jdbc.sql(Query.of("dry-run")).param("sha256s", String.join(",", hashes)).update();
    var reports = new ArrayList<DryRunReport>();
    for (int fileNo = 1; fileNo <= tallies.size(); fileNo++) {
      reports.add(report(fileNo, tallies.get(fileNo - 1)));
    }
    return reports;
  }

  private DryRunReport report(int fileNo, FileTally tally) {
    var conflicts = conflicts(fileNo);
    var records = records(fileNo);
    if (records.conflicts() > 0) {
      tally.suspended.put(CONFLICT.code(), records.conflicts());
    }
    var first = new ArrayList<>(tally.first);
    first.addAll(conflicts);
    first.sort(Comparator.comparingLong(DryRunReport.Line::line));
    return new DryRunReport(
        tally.file.name(),
        tally.lines,
        records,
        tally.filtered,
        tally.suspended,
        first.subList(0, Math.min(first.size(), DryRunReport.SHOWN_MAX)),
        subjects(fileNo));
  }

  private DryRunReport.Records records(int fileNo) {
    return jdbc.sql(
            """
            select count(*) filter (where disposition = 'accepted') as accepted,
                   count(*) filter (where disposition = 'duplicate') as duplicates,
                   count(*) filter (where disposition = 'conflict') as conflicts,
                   coalesce(sum(quantity) filter (where disposition = 'accepted'), 0) as quantity,
                   min(starts) filter (where disposition = 'accepted') as starts,
                   max(ends) filter (where disposition = 'accepted') as ends,
                   count(*) filter (where disposition = 'accepted' and not exists (
                     select from owner o
                      where o.subject = dry_run.subject and o.ended is null
                        and o.starts <= dry_run.starts and o.ends > dry_run.starts)) as unattributed
              from dry_run where file_no = :fileNo\
            """)
        .param("fileNo", fileNo)
        .query((row, _) ->
            new DryRunReport.Records(
                row.getLong("accepted"),
                row.getLong("duplicates"),
                row.getLong("conflicts"),
                row.getBigDecimal("quantity"),
                Optional.ofNullable(Instants.getOrNull(row, "starts")),
                Optional.ofNullable(Instants.getOrNull(row, "ends")),
                row.getLong("unattributed")))
        .single();
  }

  private List<DryRunReport.Line> conflicts(int fileNo) {
    return jdbc.sql(
            """
            select line_no, source || '/' || id as identity from dry_run
             where file_no = :fileNo and disposition = 'conflict' order by line_no limit :limit\
            """)
        .param("fileNo", fileNo)
        .param("limit", DryRunReport.SHOWN_MAX)
        .query((row, _) ->
            new DryRunReport.Line(
                row.getLong("line_no"),
                CONFLICT.code(),
                "",
                row.getString("identity") + RecordLine.IN_CONFLICT))
        .list();
  }

  /// The first subjects that no customer has at the time.
  private List<String> subjects(int fileNo) {
    return jdbc.sql(
            """
            select distinct subject from dry_run
             where file_no = :fileNo and disposition = 'accepted'
               and not exists (
                     select from owner o
                      where o.subject = dry_run.subject and o.ended is null
                        and o.starts <= dry_run.starts and o.ends > dry_run.starts)
             order by subject limit :limit\
            """)
        .param("fileNo", fileNo)
        .param("limit", DryRunReport.SHOWN_MAX)
        .query((row, _) -> row.getString("subject"))
        .list();
  }

  /// What the lines of a file say by themselves.
  private static final class FileTally {

    private final InputFile file;
    private final SortedMap<String, Long> filtered = new TreeMap<>();
    private final SortedMap<String, Long> suspended = new TreeMap<>();
    private final List<DryRunReport.Line> first = new ArrayList<>();
    private long lines;

    private FileTally(InputFile file) {
      this.file = file;
    }

    private void add(LineBlock block) {
      lines += block.lines();
      for (var parsed : block.aside()) {
        switch (parsed.disposition()) {
          case Filtered(var reason) -> count(filtered, reason);
          case Suspended(var reason, var field, var message) -> {
            count(suspended, reason.code());
            if (first.size() < DryRunReport.SHOWN_MAX) {
              first.add(
                  new DryRunReport.Line(parsed.line().number(), reason.code(), field, message));
            }
          }
          case null, default -> throw new IllegalStateException(parsed + " is not set aside");
        }
      }
    }

    private static void count(Map<String, Long> counts, String reason) {
      counts.merge(reason, 1L, Long::sum);
    }
  }
}
