package org.tallystick.readers;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.money.CreditUnit;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.money.Rounding;

/// What usage of each type was rated at on average, if in one currency only: an estimate for usage
/// that has no price of its own. Only of types that meters add up.
public final class AveragePrices {

  private final Map<String, Price> byType = new HashMap<>();

  public AveragePrices(JdbcClient jdbc) {
    jdbc.sql(
            """
            select record_type, min(currency) as currency, sum(per_unit) as per_unit
              from (select m.record_type, coalesce(i.credit_unit, c.currency) as currency,
                           sum(r.net) / sum(r.quantity) * m.factor_numerator / m.factor_divisor
                             as per_unit
                      from rated_charge r
                      join contract_item i on i.id = r.item_id
                      join meter m on m.key = i.meter_key
                                  and m.aggregation = 'sum' and m.value = 'quantity'
                      join customer c on c.id = r.customer_id
                     where r.quantity > 0
                     group by m.key, coalesce(i.credit_unit, c.currency)) price
             group by record_type
            having count(distinct currency) = 1\
            """)
        .query(row -> {
          byType.put(
              row.getString("record_type"),
              new Price(row.getBigDecimal("per_unit"), row.getString("currency")));
        });
  }

  /// About what `quantity` base units of usage of `type` come to, `12.34 USD`, if that is known.
  public Optional<String> worth(String type, BigDecimal quantity) {
    return Optional.ofNullable(byType.get(type)).map(price -> price.of(quantity));
  }

  private record Price(BigDecimal perUnit, String currency) {
    String of(BigDecimal quantity) {
      var amount = Fraction.of(perUnit.multiply(quantity));
      return Rounding.round(amount, CreditUnit.orCurrency(currency)).toPlainString()
          + " "
          + currency;
    }
  }
}
