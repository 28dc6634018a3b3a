package org.tallystick.readers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.time.ServicePeriod;
import org.tallystick.domain.wallet.BurnDown;
import org.tallystick.domain.wallet.BurnDown.Reset;
import org.tallystick.domain.wallet.BurnDown.Segment;
import org.tallystick.domain.wallet.BurnDown.Turn;
import org.tallystick.domain.wallet.BurnDown.Usage;
import org.tallystick.domain.wallet.BurnDown.Voiding;
import org.tallystick.domain.wallet.Drawdown;
import org.tallystick.domain.wallet.Grant;
import org.tallystick.sql.Instants;
import org.tallystick.sql.Query;

/// A wallet's course told again from its facts, as if each had been known at its time: what late
/// usage would have drawn then.
public final class BurnDownReader {

  private final JdbcClient jdbc;

  public BurnDownReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The segments of [from, to), also cut at `cuts`, of the wallet of this customer and unit.
  public List<Map<String, @Nullable Object>> segments(
      String customer, String unit, Instant from, Instant to, Collection<Instant> cuts) {
    var wallet =
        jdbc.sql(
                """
                select w.id from wallet w join customer c on c.id = w.customer_id
                 where c.key = :customer and w.unit = :unit\
                """)
            .param("customer", customer)
            .param("unit", unit)
            .query(UUID.class)
            .single();
    var grants = grants(wallet);
    var usage =
        jdbc.sql(Query.of("burn-down-usage"))
            .param("wallet", wallet)
            .query((row, _) -> new Usage(Instants.get(row, "at"), row.getBigDecimal("amount")))
            .list();
    var first =
        Stream.concat(grants.stream().map(Grant::effective), usage.stream().map(Usage::at))
            .min(Instant::compareTo)
            .filter(from::isAfter)
            .orElse(from);
    var bounds = new ArrayList<>(cuts);
    bounds.add(from);
    return new BurnDown(grants, usage, turns(wallet))
        .segments(new ServicePeriod(first, to), bounds).stream()
            .filter(segment -> !segment.period().starts().isBefore(from))
            .map(BurnDownReader::shown)
            .toList();
  }

  /// Not those that go on for others which ended.
  private List<Grant> grants(UUID wallet) {
    return jdbc.sql(
            """
            select id, key, kind, priority, effective, expires,
                   coalesce(created, effective) as created, items, amount, kept_min, kept_max
              from wallet_grant
             where wallet_id = :wallet and kind <> 'overdraft' and returned_from is null\
            """)
        .param("wallet", wallet)
        .query((row, _) -> GrantRow.get(row))
        .list();
  }

  private List<Turn> turns(UUID wallet) {
    var turns = new ArrayList<Turn>();
    jdbc.sql(
            """
            select e.at, e.details ->> 'overage' as overage
              from wallet_entry e
              join wallet w on w.customer_id = e.customer_id and e.units = array[w.unit]
             where w.id = :wallet and e.kind = 'reset'\
            """)
        .param("wallet", wallet)
        .query(row -> {
          turns.add(new Reset(Instants.get(row, "at"), "kept".equals(row.getString("overage"))));
        });
    jdbc.sql(
            """
            select g.id, greatest(m.voided_at, g.effective) as at
              from wallet_movement m join wallet_grant g on g.id = m.grant_id
             where g.wallet_id = :wallet and m.kind = 'void'\
            """)
        .param("wallet", wallet)
        .query(row -> {
          turns.add(new Voiding(Instants.get(row, "at"), row.getObject("id", UUID.class)));
        });
    return turns;
  }

  private static Map<String, @Nullable Object> shown(Segment segment) {
    var shown = new LinkedHashMap<String, @Nullable Object>();
    shown.put("from", segment.period().starts().toString());
    shown.put("to", segment.period().ends().toString());
    shown.put("used", segment.usage());
    shown.put("burns", burnt(segment.burnt()));
    shown.put("left", segment.balance());
    shown.put("overage", segment.overage());
    return shown;
  }

  private static String burnt(List<Drawdown> burnt) {
    return burnt.stream()
        .map(draw -> draw.grant().key() + " " + draw.amount().stripTrailingZeros().toPlainString())
        .collect(Collectors.joining(", "));
  }
}
