package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.readers.CatalogFile;
import org.tallystick.readers.Checks;

/// What becomes of credit when a bill is corrected.
class CreditTest {

  private static final String CONTRACT =
      """
      plans:
        - key: simple
          from: 1993-10-01
          rateCards:
            - {key: node-hours, name: Node-hours, meter: node-hours, cadence: P1M,
               price: {unit: PRICE}}
      customers:
        - {key: c, name: C, currency: USD, zone: America/Los_Angeles, subjects: ["1"]}
      contracts:
        - {key: k, customer: c, plan: simple, from: 1993-10-01}
      wallets:
        - customer: c
          unit: USD
          grants:
            - {key: gift, kind: promotional, amount: 30.00, priority: 0,
               from: 1993-10-01, to: 1993-12-01}
            - {key: paid, kind: paid, amount: 100.00, priority: 1,
               from: 1993-10-01, to: 1993-12-01}
      """;

  private static final String TWO_ITEMS =
      """
      customers:
        - {key: c, name: C, currency: USD, zone: America/Los_Angeles, subjects: ["1"]}
      contracts:
        - key: k
          customer: c
          from: 1993-10-01
          rounding: per-part
          rateCards:
            - {key: node-hours, name: Node-hours, meter: node-hours, cadence: P1M,
               price: {unit: 1.01}, percentOff: 50}
            - {key: support, name: Support, fee: in-arrears, cadence: P1M, price: {flat: 5.00}}
      wallets:
        - customer: c
          unit: USD
          grants:
            - {key: gift, kind: promotional, amount: 3.00, from: 1993-10-01, to: 1993-12-01,
               items: [support]}
      """;

  @TempDir private Path directory = Path.of("");

  /// October's 90 hours at 1.00 draw 30.00 of the gift and 60.00 of what was paid for; 40.00 is
  /// breakage when December begins. Then the price is mended to 0.20, back to October: 18.00 is
  /// what October costs, and 72.00 comes back, last drawn first: 60.00 paid, 12.00 of the gift. The
  /// gift's lapses. December's 50 hours at 0.20 are settled with 10.00 of the paid.
  @Test
  void paidCreditThatComesBackAfterItsEndStaysTheCustomers() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(catalog("1.00"));
      world.importFile(log("a.swf", job(1, 1_000_000, 90)), "swf");
      world.nightly(World.OCTOBER);
      world.nightly(World.NOVEMBER);
      world.nightly(World.DECEMBER);
      assertThat(movements(world))
          .containsExactly(
              "gift drawdown -30.00",
              "gift grant 30.00",
              "paid drawdown -60.00",
              "paid expiry -40.00",
              "paid grant 100.00");
      world.catalog().apply(CatalogFile.read(catalog("0.20")), Optional.of(World.OCTOBER), false);
      world.importFile(log("b.swf", job(2, 6_000_000, 50)), "swf");
      world.nightly(World.JANUARY);
      world.nightly(LocalDate.of(1994, 2, 1));
      assertThat(movements(world))
          .containsExactly(
              "gift drawdown -30.00",
              "gift drawdown 12.00",
              "gift expiry -12.00",
              "gift grant 30.00",
              "paid drawdown -60.00",
              "paid drawdown 60.00",
              "paid expiry -40.00",
              "paid grant 100.00",
              "paid return -60.00",
              "paid/returned/2 grant 60.00");
      world.importFile(log("c.swf", job(3, 9_000_000, 50)), "swf");
      world.nightly(LocalDate.of(1994, 3, 1));
      assertThat(movements(world)).contains("paid/returned/2 drawdown -10.00");
      assertThat(balance(world, "CUSTOMER_CREDIT")).isEqualTo("50.00");
      assertThat(balance(world, "BREAKAGE")).isEqualTo("40.00");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
      world.apply(catalog("0.20"));
    }
  }

  /// An hour at 1.01, half off, is exactly 0.505, so 0.51 by line; by part it is 1.01 - 0.51. A
  /// grant for support alone settles nothing of it; 5.00 of support take what it has.
  @Test
  void creditForOneItemSettlesNoOtherAndPartsAreRoundedWhereTheContractSaysSo() throws IOException {
    try (var world = World.empty(Map.of())) {
      var demo = Files.readString(World.CATALOG);
      world.apply(
          Files.writeString(
              directory.resolve("catalog.yaml"),
              demo.substring(0, demo.indexOf("plans:")) + TWO_ITEMS));
      world.importFile(log("a.swf", job(1, 1_000_000, 1)), "swf");
      world.nightly(World.NOVEMBER);
      assertThat(movements(world)).containsExactly("gift drawdown -3.00", "gift grant 3.00");
      assertThat(
              world
                  .jdbc()
                  .sql("select unit || ' ' || amount from invoice_line order by 1")
                  .query(String.class)
                  .list())
          .containsExactly("fee 5.00", "node-hour 0.50");
      assertThat(new Checks(world.jdbc()).run()).isEmpty();
    }
  }

  @Test
  void aGrantIsAddedToAWalletThatHasOne() throws IOException {
    try (var world = World.empty(Map.of())) {
      world.apply(catalog("1.00"));
      var more =
          Files.readString(catalog("1.00"))
              + "      - {key: more, kind: paid, amount: 5.00, from: 1993-10-01, to: 1993-12-01}\n";
      world.apply(Files.writeString(directory.resolve("catalog.yaml"), more));
      assertThat(movements(world))
          .containsExactly("gift grant 30.00", "more grant 5.00", "paid grant 100.00");
    }
  }

  private Path catalog(String price) throws IOException {
    var demo = Files.readString(World.CATALOG);
    return Files.writeString(
        directory.resolve("catalog.yaml"),
        demo.substring(0, demo.indexOf("plans:")) + CONTRACT.replace("PRICE", price));
  }

  private Path log(String name, String job) {
    return DemoLog.write(directory.resolve(name), List.of(job));
  }

  private static String job(int number, int submit, int hours) {
    return "%d %d -1 %d 1 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1"
        .formatted(number, submit, hours * 3_600);
  }

  private static List<String> movements(World world) {
    return world
        .jdbc()
        .sql(
            """
            select g.key || ' ' || m.kind || ' ' || m.amount
              from wallet_movement m join wallet_grant g on g.id = m.grant_id
             order by 1\
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }

  private static String balance(World world, String account) {
    return world
        .jdbc()
        .sql(
            """
            select sum(case side when 'credit' then amount else -amount end)::text
              from posting where account = :account\
            """)
        .param("account", account)
        .query((row, _) -> row.getString(1))
        .single();
  }
}
