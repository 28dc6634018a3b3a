package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.app.Payer.CATALOG;
import static org.tallystick.app.Payer.OCTOBER;
import static org.tallystick.app.Payer.OCTOBERS_BILL;
import static org.tallystick.app.Payer.assertSound;
import static org.tallystick.app.Payer.bills;
import static org.tallystick.app.Payer.file;
import static org.tallystick.app.Payer.outcomes;
import static org.tallystick.app.Payer.reasons;
import static org.tallystick.app.Payer.strings;
import static org.tallystick.app.Payer.usage;
import static org.tallystick.app.Payer.world;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.domain.run.RunKind;

/// What becomes of payers and those they pay for in a run that does not go as usual.
class PayerRunsTest {

  /// A price for the records of one subject only.
  private static final String CARD =
      "{key: usage, name: Hours, meter: hours, cadence: P1M, price: {dynamic: 1},"
          + " records: {prices: [{where: {who: %s}, unit: %s}]}}";

  @TempDir private Path directory = Path.of("");

  /// A record of gamma has no price. What the rest used is billed; gamma's share follows when the
  /// price list is mended.
  @Test
  void waitsForNobodyWhoIsQuarantined() throws IOException {
    var card = "customer: gamma, rateCards: [" + CARD.formatted("nobody", "2.00") + "]";
    var wrong = CATALOG.replace("customer: gamma, plan: p", card);
    try (var world = world(directory, wrong, OCTOBER)) {
      var first = world.nightly(World.NOVEMBER);
      assertThat(outcomes(world))
          .containsExactly(
              "alpha posted", "beta posted", "gamma quarantined", "other posted", "parent posted");
      assertThat(bills(world))
          .contains(
              "INV-2 parent 9.50 of 41.50: k-alpha usage 20.00, k-beta usage 8.00, k-parent support"
                  + " 7.50, k-parent usage 6.00");
      world.apply(file(directory, wrong.replace("nobody", "c")));
      var next = world.nightly(LocalDate.of(1993, 11, 2));
      assertThat(outcomes(world)).containsExactly("gamma posted", "parent posted");
      assertThat(bills(world)).hasSize(3).contains("INV-3 parent 2.01 of 2.01: k-gamma usage 2.01");
      assertSound(world, first, next);
    }
  }

  /// A record of the payer's own has no price: nobody can tell what its credit is to settle.
  @Test
  void keepsBackAllThatItPaysForWhenQuarantined() throws IOException {
    var usage = CATALOG.substring(CATALOG.lastIndexOf("{key: usage"));
    var own = usage.substring(0, usage.indexOf('\n'));
    var wrong = CATALOG.replace(own, CARD.formatted("nobody", "3.00"));
    try (var world = world(directory, wrong, OCTOBER)) {
      var first = world.nightly(World.NOVEMBER);
      var reason =
          "rate card usage has no price for record clock/6 at 1993-10-08T06:00 with {who=p}";
      assertThat(reasons(world))
          .containsExactly(
              "alpha payer parent is quarantined: " + reason,
              "beta payer parent is quarantined: " + reason,
              "gamma payer parent is quarantined: " + reason,
              "other ",
              "parent " + reason);
      world.apply(file(directory, wrong.replace("nobody", "p")));
      var next = world.nightly(LocalDate.of(1993, 11, 2));
      assertThat(bills(world)).isEqualTo(OCTOBERS_BILL);
      assertSound(world, first, next);
    }
  }

  /// The wallet moves while the invoice is drawn up.
  @Test
  void keepsBackAllThatItPaysForWhenItsWalletMoved() throws IOException {
    try (var world = world(directory, CATALOG, OCTOBER)) {
      for (var statement :
          List.of(
              """
              create function move_wallet() returns trigger language plpgsql as $$
              begin
                update wallet set version = version + 1;
                return null;
              end $$\
              """,
              "create trigger moved after insert on invoice execute function move_wallet()")) {
        world.jdbc().sql(statement).update();
      }
      var first = world.nightly(World.NOVEMBER);
      world.jdbc().sql("drop trigger moved on invoice").update();
      assertThat(reasons(world).getFirst())
          .startsWith("alpha payer parent is quarantined: stale: wallet is at version ");
      assertThat(outcomes(world))
          .containsExactly(
              "alpha quarantined",
              "beta quarantined",
              "gamma quarantined",
              "other posted",
              "parent quarantined");
      assertThat(bills(world)).containsExactly("INV-1 other 2.00 of 2.00: k-other usage 2.00");
      var next = world.nightly(LocalDate.of(1993, 11, 2));
      assertThat(bills(world)).isEqualTo(OCTOBERS_BILL);
      assertSound(world, first, next);
    }
  }

  @Test
  void getsEachInvoiceOnce() throws IOException {
    try (var world = world(directory, CATALOG, OCTOBER)) {
      var posted = world.nightly(World.NOVEMBER);
      assertThat(world.nightly(World.NOVEMBER)).isEqualTo(posted);
      var again = world.runs().run(RunKind.NIGHTLY, World.NOVEMBER, List.of(), "to be sure");
      assertThat(again.outputHash()).startsWith("e3b0c44298fc");
      assertThat(bills(world)).isEqualTo(OCTOBERS_BILL);
      assertSound(world, posted, again);
    }
  }

  /// What alpha used goes to the parent, whose own is not in the run's scope and comes with the
  /// rest.
  @Test
  void isBilledWhatTheRunsScopeUsed() throws IOException {
    try (var world = world(directory, CATALOG, OCTOBER)) {
      var alpha = world.runs().run(RunKind.NIGHTLY, World.NOVEMBER, List.of("alpha"), "");
      assertThat(outcomes(world)).containsExactly("alpha posted", "parent posted");
      assertThat(bills(world)).containsExactly("INV-1 parent 0.00 of 20.00: k-alpha usage 20.00");
      var parent = world.runs().run(RunKind.NIGHTLY, World.NOVEMBER, List.of("parent"), "");
      assertThat(outcomes(world)).containsExactly("parent posted");
      var rest = world.nightly(World.NOVEMBER);
      assertThat(bills(world).subList(1, 4))
          .containsExactly(
              "INV-2 parent 1.50 of 13.50: k-parent support 7.50, k-parent usage 6.00",
              "INV-3 other 2.00 of 2.00: k-other usage 2.00",
              "INV-4 parent 10.01 of 10.01: k-beta usage 8.00, k-gamma usage 2.01");
      assertThat(strings(world, "select reference from journal_entry where invoice_id is not null"))
          .contains("consolidated/parent/1993-11-01/3");
      assertSound(world, alpha, parent, rest);
    }
  }

  /// 24 users of three payers, two of whom get one invoice, over all shards and in chunks of one:
  /// 1.25 + … + 24.25 hours are 306, and the credit of one payer is 100.00.
  @Test
  void isTheSameToTheByteWithAnyNumberOfPartitions() throws IOException {
    var hashes = new HashSet<String>();
    for (var partitions : List.of("1", "4", "16")) {
      var settings =
          Map.of(
              "tallystick.batch.partitions", partitions, "tallystick.batch.chunk-customers", "1");
      try (var world = World.empty(settings)) {
        world.apply(file(directory, manyUsers()));
        usage(
            world,
            directory,
            IntStream.rangeClosed(1, 24)
                .mapToObj(u -> "%d,s%d,1993-10-%02dT10:00:00Z,%d.25".formatted(u, u, u, u))
                .toArray(String[]::new));
        var run = world.nightly(World.NOVEMBER);
        hashes.add(String.valueOf(run.outputHash()));
        assertThat(
                world.count(
                    "select count(*) from batch_step_execution"
                        + " where step_name like 'draftShare:%'"))
            .isEqualTo(Long.parseLong(partitions));
        assertThat(strings(world, "select count(contract_id) || ' ' || count(*) from invoice"))
            .containsExactly("8 10");
        assertThat(strings(world, "select sum(total) || ' ' || sum(credit) from invoice"))
            .containsExactly("612.00 100.00");
        assertSound(world, run);
      }
    }
    assertThat(hashes).hasSize(1);
  }

  private static String manyUsers() {
    var customers = new StringBuilder();
    var contracts = new StringBuilder("contracts:\n");
    for (int user = 1; user <= 24; user++) {
      customers.append(
          "  - {key: u%d, name: U, currency: USD, zone: %s, subjects: [s%d], payer: payer-%d}\n"
              .formatted(user, user % 2 == 0 ? "Asia/Tokyo" : "UTC", user, user % 3));
      contracts.append(
          "  - {key: k%d, customer: u%d, plan: p, from: 1993-10-01}\n".formatted(user, user));
    }
    for (int payer = 0; payer < 3; payer++) {
      customers.append(
          "  - {key: payer-%d, name: P, currency: USD, zone: UTC, invoicing: %s}\n"
              .formatted(payer, payer == 2 ? "per-contract" : "consolidated"));
    }
    var wallet =
        """
        wallets:
          - customer: payer-0
            unit: USD
            grants:
              - {key: paid, kind: paid, amount: 100.00, from: 1993-10-01, to: 1993-12-01}
        """;
    return CATALOG.substring(0, CATALOG.indexOf("customers:"))
        + "customers:\n"
        + customers
        + contracts
        + wallet
        + CATALOG.substring(CATALOG.indexOf("formats:"));
  }
}
