package org.tallystick.readers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Well-formed records that belong to nobody: shown at the suspense desk, not billed.
public final class UnattributedReader {

  private final JdbcClient jdbc;

  public UnattributedReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Well-formed records that count and that no contract item covers, by subject; of one customer
  /// if `customer` is a key, of anybody if it is empty; up to `limit` subjects.
  public List<Map<String, @Nullable Object>> unattributed(String customer, int limit) {
    return jdbc.sql(
            """
            select r.subject, r.type, count(*) as records, sum(r.quantity) as quantity,
                   case when u.subject is not null then 'no contract item covers it'
                        when exists (select from owner o
                                      where o.subject = r.subject and o.ended is null)
                        then 'no customer has this subject then'
                        else 'no customer has this subject' end as why
              from usage_record r
              left join owner u
                on u.subject = r.subject and u.starts <= r.starts and u.ends > r.starts
               and u.ended is null
              left join customer c on c.id = u.customer_id
             where (:customer = '' or c.key = :customer)
               and not exists (
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
        .param("customer", customer)
        .param("limit", limit)
        .query()
        .listOfRows();
  }
}
