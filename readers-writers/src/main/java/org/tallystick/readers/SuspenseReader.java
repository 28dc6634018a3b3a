package org.tallystick.readers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What waits at the suspense desk: lines that could not be read as a record, and records that
/// belong to nobody.
public final class SuspenseReader {

  private final JdbcClient jdbc;

  public SuspenseReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Suspended lines by file and line; of one reason if `reason` is not empty; up to `limit`.
  public List<Map<String, @Nullable Object>> suspended(String reason, int limit) {
    return jdbc.sql(
            """
            select f.name as file, d.line_no as line, d.reason, d.field, d.message, d.raw
              from line_disposition d
              join intake_batch b on b.id = d.batch_id
              join intake_file f on f.id = b.file_id
             where d.disposition = 'suspended' and (:reason = '' or d.reason = :reason)
             order by f.started_at, f.id, d.line_no
             limit :limit\
            """)
        .param("reason", reason)
        .param("limit", limit)
        .query()
        .listOfRows();
  }

  /// Well-formed records that count and that no contract item covers, by subject; up to `limit`
  /// subjects.
  public List<Map<String, @Nullable Object>> unattributed(int limit) {
    return jdbc.sql(
            """
            select r.subject, r.type, count(*) as records, sum(r.quantity) as quantity,
                   case when u.subject is null then 'no customer has this subject'
                        else 'no contract item covers it' end as why
              from usage_record r
              left join subject u on u.subject = r.subject
             where not exists (
                     select from contract k
                       join contract_item i on i.contract_id = k.id
                       join meter m on m.key = i.meter_key and m.record_type = r.type
                      cross join lateral (
                              select case m.attribution
                                     when 'end'
                                     then greatest(r.starts, r.ends - interval '1 microsecond')
                                     else r.starts end as at) a
                      where k.customer_id = u.customer_id
                        and a.at >= k.starts and (k.ends is null or a.at < k.ends))
               and not exists (
                     select from withdrawal w
                      where w.batch_id = r.batch_id and w.line_no = r.line_no)
             group by r.subject, r.type, u.subject
             order by r.subject, r.type
             limit :limit\
            """)
        .param("limit", limit)
        .query()
        .listOfRows();
  }
}
