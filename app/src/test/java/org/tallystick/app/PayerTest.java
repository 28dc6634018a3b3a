package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallystick.app.Payer.CATALOG;
import static org.tallystick.app.Payer.OCTOBER;
import static org.tallystick.app.Payer.OCTOBERS_BILL;
import static org.tallystick.app.Payer.SHOWN;
import static org.tallystick.app.Payer.assertSound;
import static org.tallystick.app.Payer.bills;
import static org.tallystick.app.Payer.file;
import static org.tallystick.app.Payer.strings;
import static org.tallystick.app.Payer.usage;
import static org.tallystick.app.Payer.world;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.tallystick.domain.run.RunKind;
import org.tallystick.readers.CatalogFile;
import org.tallystick.readers.CatalogRefused;
import org.tallystick.readers.InvoiceReader;

/// One customer uses, another one pays.
class PayerTest {

  @TempDir private Path directory = Path.of("");

  /// The parent's 12.00 and 20.00 of credit settle 20.00 of alpha, 8.00 of beta, 2.01 of gamma and
  /// 1.99 of the parent's support; alpha's own settles nothing. An hour of alpha's October that
  /// comes late, and 5 of beta's, are November's.
  @Test
  void getsOneInvoiceForAllThatItPaysFor() throws IOException {
    try (var world = world(directory, CATALOG, OCTOBER)) {
      var october = world.nightly(World.NOVEMBER);
      assertThat(october.message()).isEmpty();
      assertThat(bills(world)).isEqualTo(OCTOBERS_BILL);
      usage(world, directory, "8,a,1993-10-20T10:00:00Z,1");
      var november = world.nightly(World.DECEMBER);
      assertThat(bills(world))
          .hasSize(3)
          .contains(
              "INV-3 parent 19.50 of 19.50: k-alpha usage 2.00, k-beta usage 10.00, k-parent"
                  + " support 7.50");
      assertThat(strings(world, "select reference from journal_entry"))
          .containsExactlyInAnyOrder(
              "grant/alpha/own",
              "grant/parent/gift",
              "grant/parent/paid",
              "invoice/k-other/1993-11-01/1",
              "consolidated/parent/1993-11-01/1",
              "consolidated/parent/1993-12-01/1");
      assertThat(receivables(world)).containsExactly("other 2.00", "parent 31.01");
      assertSound(world, october, november);
    }
  }

  @Test
  void isShownWhoseEachLineIs() throws IOException {
    try (var world = world(directory, CATALOG, OCTOBER)) {
      world.nightly(World.NOVEMBER);
      assertThat(world.start(Map.of(), List.of(), "invoice", "show", "INV-000002").await().output())
          .endsWith(SHOWN);
    }
  }

  @Test
  void isListedForThoseItPaysFor() throws IOException {
    try (var world = world(directory, CATALOG, OCTOBER)) {
      world.nightly(World.NOVEMBER);
      var reader = new InvoiceReader(world.jdbc());
      assertThat(reader.list("")).hasSize(2);
      assertThat(reader.list("other")).hasSize(1);
      assertThat(reader.list("parent")).isEqualTo(reader.list("beta")).hasSize(1);
    }
  }

  @Test
  void getsOneInvoicePerContractWhereItSaysNothingElse() throws IOException {
    var perContract = CATALOG.replace(", invoicing: consolidated", "");
    try (var world = world(directory, perContract, OCTOBER)) {
      var october = world.nightly(World.NOVEMBER);
      assertThat(bills(world))
          .containsExactly(
              "INV-1 other 2.00 of 2.00: k-other usage 2.00",
              "INV-2 parent 0.00 of 20.00: k-alpha usage 20.00",
              "INV-3 parent 0.00 of 8.00: k-beta usage 8.00",
              "INV-4 parent 0.00 of 2.01: k-gamma usage 2.01",
              "INV-5 parent 11.51 of 13.50: k-parent support 7.50, k-parent usage 6.00");
      assertThat(strings(world, "select reference from journal_entry"))
          .contains("invoice/k-alpha/1993-11-01/1", "invoice/k-parent/1993-11-01/1");
      assertThat(receivables(world)).containsExactly("other 2.00", "parent 11.51");
      assertSound(world, october);
    }
  }

  /// The contract of alpha ended with October: no invoice of its own comes, so the parent gets one.
  @Test
  void getsAnInvoiceForWhatAnEndedUserUsedBefore() throws IOException {
    var ended =
        CATALOG.replace(
            "customer: alpha, plan: p, from: 1993-10-01",
            "customer: alpha, plan: p, from: 1993-10-01, to: 1993-11-01");
    try (var world = world(directory, ended, OCTOBER)) {
      world.nightly(World.NOVEMBER);
      usage(world, directory, "8,a,1993-10-20T10:00:00Z,1", "9,c,1993-10-20T10:00:00Z,1");
      var next = world.nightly(LocalDate.of(1993, 11, 3));
      assertThat(bills(world))
          .hasSize(3)
          .contains("INV-3 parent 4.00 of 4.00: k-alpha usage 2.00, k-gamma usage 2.00");
      assertSound(world, next);
    }
  }

  /// Alpha's 20.00 drew 12.00 of the gift and 8.00 of what was paid for. At 0.50 an hour it is
  /// 5.00, beta's 8.00 is 2.00 and gamma's 2.01 is 0.50: 15.51 paid and 7.00 of the gift come back
  /// to the parent, and settle beta's November of 2.50 and support of 7.50. What is left of it,
  /// 12.51, stays the parent's after the grant's end, and that is over a night later: Tokyo's as-of
  /// is before it.
  @Test
  void getsItsCreditBackWhenAUsersBillFalls() throws IOException {
    try (var world = world(directory, CATALOG, OCTOBER)) {
      world.nightly(World.NOVEMBER);
      var cheaper = file(directory, CATALOG.replace("{unit: 2.00}", "{unit: 0.50}"));
      world.catalog().apply(CatalogFile.read(cheaper), Optional.of(World.OCTOBER), false);
      var next = world.nightly(World.DECEMBER);
      assertThat(bills(world))
          .contains(
              "CN-2 parent 0.00 of -12.51: k-alpha usage -15.00, k-beta usage -6.00, k-beta usage"
                  + " 2.50, k-gamma usage -1.51, k-parent support 7.50");
      assertThat(movements(world)).noneMatch(movement -> movement.contains("return"));
      world.nightly(LocalDate.of(1993, 12, 2));
      assertThat(movements(world))
          .contains("paid return -12.51", "paid/returned/1 grant 12.51")
          .noneMatch(movement -> movement.startsWith("own drawdown"));
      assertSound(world, next);
    }
  }

  /// The parent's credit ends with November. A run for the parent alone settles its support of
  /// twice 7.50 and leaves the rest to what alpha used before, 2.00; then 15.00 are nobody's.
  @Test
  void keepsCreditUntilTheLastInvoiceThatItCouldHaveCovered() throws IOException {
    try (var world = world(directory, CATALOG, "1,a,1993-10-05T10:00:00Z,1")) {
      world.runs().run(RunKind.NIGHTLY, LocalDate.of(1993, 12, 2), List.of("parent"), "");
      world.nightly(LocalDate.of(1993, 12, 2));
      assertThat(movements(world))
          .containsExactly(
              "gift drawdown -4.50",
              "gift drawdown -7.50",
              "gift grant 12.00",
              "own grant 50.00",
              "paid drawdown -2.00",
              "paid drawdown -3.00",
              "paid expiry -15.00",
              "paid grant 20.00");
      assertSound(world);
    }
  }

  @Test
  void isRefusedByTheDatabaseWhenAnotherPaysForIt() throws IOException {
    try (var world = world(directory, CATALOG)) {
      for (var wrong :
          List.of(
              "update customer set payer_id = (select id from customer where key = 'alpha')"
                  + " where key = 'other'",
              "update customer set payer_id = (select id from customer where key = 'other')"
                  + " where key = 'parent'",
              "update customer set currency = 'EUR' where key = 'beta'")) {
        assertThatThrownBy(() -> world.jdbc().sql(wrong).update())
            .isInstanceOf(DataIntegrityViolationException.class);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          subjects: [b], payer: parent | subjects: [b], payer: other
          subjects: [b], payer: parent | subjects: [b]
          subjects: [o]}               | subjects: [o], payer: parent}
          """)
  void staysWhoItIs(String applied, String changed) throws IOException {
    try (var world = world(directory, CATALOG)) {
      var file = file(directory, CATALOG.replace(applied, changed));
      assertThatThrownBy(() -> world.apply(file))
          .isInstanceOf(CatalogRefused.class)
          .hasMessageContaining("field 'payer': cannot be changed once applied");
    }
  }

  /// Declared alone, after its payer; from the next invoice on, each contract has its own.
  @Test
  void mayPayForMoreAndByContract() throws IOException {
    try (var world = world(directory, CATALOG, OCTOBER)) {
      world.nightly(World.NOVEMBER);
      var more =
          """
          customers:
            - {key: delta, name: Delta, currency: USD, zone: UTC, subjects: [d], payer: parent}
            - {key: parent, name: Parent, currency: USD, zone: America/New_York, subjects: [p]}
          contracts:
            - {key: k-delta, customer: delta, plan: p, from: 1993-11-01}
          """;
      world.apply(file(directory, more));
      usage(world, directory, "8,d,1993-11-05T10:00:00Z,1");
      var next = world.nightly(World.DECEMBER);
      assertThat(bills(world).subList(2, 5))
          .containsExactly(
              "INV-3 parent 10.00 of 10.00: k-beta usage 10.00",
              "INV-4 parent 2.00 of 2.00: k-delta usage 2.00",
              "INV-5 parent 7.50 of 7.50: k-parent support 7.50");
      assertSound(world, next);
    }
  }

  private static List<String> movements(World world) {
    return strings(
        world,
        """
        select g.key || ' ' || m.kind || ' ' || m.amount
          from wallet_movement m join wallet_grant g on g.id = m.grant_id
         order by 1\
        """);
  }

  private static List<String> receivables(World world) {
    return strings(
        world,
        """
        select c.key || ' ' || sum(case p.side when 'debit' then p.amount else -p.amount end)
          from posting p
          join journal_entry e on e.id = p.entry_id
          join customer c on c.id = e.customer_id
         where p.account = 'RECEIVABLE'
         group by c.key
         order by c.key\
        """);
  }
}
