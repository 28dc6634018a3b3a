package org.tallystick.readers;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.money.Monetary;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.money.Rounding;

/// Records that wait at the suspense desk because they belong to nobody, and what waiting usage may
/// be worth.
public final class SuspenseReader {

  private final JdbcClient jdbc;

  public SuspenseReader(JdbcClient jdbc) {
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

  /// What usage of each type was rated at on average, if in one currency only: an estimate for what
  /// has no price of its own. Only types that meters add up.
  public Map<String, Price> prices() {
    var prices = new HashMap<String, Price>();
    jdbc.sql(
            """
            select record_type, min(currency) as currency, sum(per_unit) as per_unit
              from (select m.record_type, c.currency,
                           sum(r.net) / sum(r.quantity) * m.factor_numerator / m.factor_divisor
                             as per_unit
                      from rated_charge r
                      join contract_item i on i.id = r.item_id
                      join meter m on m.key = i.meter_key
                                  and m.aggregation = 'sum' and m.value = 'quantity'
                      join customer c on c.id = r.customer_id
                     where r.quantity > 0
                     group by m.key, c.currency) price
             group by record_type
            having count(distinct currency) = 1\
            """)
        .query(row -> {
          prices.put(
              row.getString("record_type"),
              new Price(row.getBigDecimal("per_unit"), row.getString("currency")));
        });
    return prices;
  }

  /// What a base unit costs on average.
  public record Price(BigDecimal perUnit, String currency) {

    /// About what `quantity` base units come to: `12.34 USD`.
    public String of(BigDecimal quantity) {
      var amount = Fraction.of(perUnit.multiply(quantity));
      return Rounding.round(amount, Monetary.getCurrency(currency)).toPlainString()
          + " "
          + currency;
    }
  }
}
