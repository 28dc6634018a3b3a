package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What wallets of one unit, which began with [WalletWorld#GIVEN], come to if one counts their
/// entries one by one: a number a customer. No request may have brought it below the floor.
final class CountedWallets {

  private final Map<UUID, Integer> balances = new HashMap<>();
  private int requests;

  private CountedWallets() {}

  static CountedWallets of(JdbcClient jdbc) {
    var counted = new CountedWallets();
    jdbc.sql(
            """
            select e.customer_id, e.kind, e.amount, h.amount as held, w.floor
              from wallet_entry e
              left join wallet_entry h on h.id = e.about_id
              join wallet w on w.customer_id = e.customer_id
             order by e.settled_no\
            """)
        .query(row -> {
          counted.settle(
              row.getObject("customer_id", UUID.class),
              row.getString("kind"),
              row.getInt("amount"),
              row.getInt("held"),
              row.getInt("floor"));
        });
    return counted;
  }

  private void settle(UUID customer, String kind, int amount, int held, int floor) {
    int before = balances.getOrDefault(customer, WalletWorld.GIVEN);
    int after =
        switch (kind) {
          case "hold", "usage" -> before - amount;
          case "capture" -> before + held - amount;
          case "release", "expiry" -> before + held;
          default -> before + amount;
        };
    if (kind.equals("hold") || kind.equals("usage")) {
      requests++;
      assertThat(after >= floor || amount == 0).as("%s at %s", kind, before).isTrue();
    }
    balances.put(customer, after);
  }

  /// How many requests that could have been refused were not.
  int requests() {
    return requests;
  }

  BigDecimal balance(UUID customer) {
    return BigDecimal.valueOf(balances.getOrDefault(customer, WalletWorld.GIVEN));
  }
}
