package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.app.WalletWorld.LATER;
import static org.tallystick.app.WalletWorld.NOW;
import static org.tallystick.app.WalletWorld.dec;
import static org.tallystick.app.WalletWorld.hold;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.domain.wallet.WalletRequest.Capture;
import org.tallystick.domain.wallet.WalletRequest.Release;
import org.tallystick.domain.wallet.WalletRequest.Reversal;
import org.tallystick.domain.wallet.WalletRequest.Usage;
import org.tallystick.writers.wallet.CustomerRequest;

/// Requests on wallets in the database: what they leave there, and in the books.
class WalletRequestsTest {

  @TempDir private Path directory = Path.of("");

  /// The table "Holds" of docs/concepts/wallets.md, with a shared wallet that a last usage needs:
  /// 95 are 90.4, and 4.6 of the shared 20. Of 5 that come back the shared wallet gets its 4.6
  /// first.
  @Test
  void tellsAContractsStory() throws IOException {
    try (var world = new WalletWorld(directory)) {
      var c = world.customer("0", "qpu: 100", "emu: 50", "shared: 20");
      assertThat(world.settle(c, hold("J1", "10", "qpu", "shared"))).isEqualTo("settled");
      assertThat(world.settle(c, new Capture("J1", NOW, dec("9.6")))).isEqualTo("settled");
      assertThat(world.settle(c, hold("J3", "0", "emu"))).isEqualTo("settled");
      assertThat(world.settle(c, new Capture("J3", NOW, dec("0.75")))).isEqualTo("settled");
      assertThat(world.settle(c, hold("J4", "110.41", "qpu", "shared")))
          .isEqualTo("not enough qpu and shared: 110.41 wanted, 110.4 available");
      assertThat(world.settle(c, hold("J5", "20", "qpu"))).isEqualTo("settled");
      assertThat(world.balances()).containsExactly("emu 49.25", "qpu 70.4", "shared 20");
      assertThat(world.booked()).contains("CREDIT_HELD qpu -20");
      assertThat(world.settle(c, new Release("J5", NOW))).isEqualTo("settled");
      assertThat(world.settle(c, new Release("J5", NOW))).isEqualTo("repeated");
      assertThat(world.balances()).containsExactly("emu 49.25", "qpu 90.4", "shared 20");
      assertThat(world.settle(c, new Usage("U", NOW, List.of("qpu", "shared"), dec("95"))))
          .isEqualTo("settled");
      assertThat(world.balances()).containsExactly("emu 49.25", "qpu 0", "shared 15.4");
      assertThat(world.settle(c, new Reversal("R", NOW, "U", dec("5")))).isEqualTo("settled");
      assertThat(world.balances()).containsExactly("emu 49.25", "qpu 0.4", "shared 20");
      assertThat(world.booked())
          .containsExactly(
              "CREDIT_ISSUED emu 50",
              "CREDIT_ISSUED qpu 100",
              "CREDIT_ISSUED shared 20",
              "CUSTOMER_CREDIT emu -49.25",
              "CUSTOMER_CREDIT qpu -0.4",
              "CUSTOMER_CREDIT shared -20",
              "REVENUE emu -0.75",
              "REVENUE qpu -99.6");
      assertThat(world.findings()).isEmpty();
    }
  }

  /// 12 for work that 10 were held for: 2 are owed. 5 come back: 2 owe nothing more, 3 are there.
  @Test
  void booksWhatIsOwed() throws IOException {
    try (var world = new WalletWorld(directory)) {
      var c = world.customer("0", "qpu: 10");
      world.settle(c, hold("J", "10", "qpu"));
      world.settle(c, new Capture("J", NOW, dec("12")));
      assertThat(world.booked())
          .containsExactly("CREDIT_ISSUED qpu 10", "OVERDRAFT qpu 2", "REVENUE qpu -12");
      assertThat(world.settle(c, hold("J2", "1", "qpu")))
          .isEqualTo("not enough qpu: 1 wanted, 0 available");
      world.settle(c, new Reversal("R", NOW, "J", dec("5")));
      assertThat(world.booked())
          .containsExactly("CREDIT_ISSUED qpu 10", "CUSTOMER_CREDIT qpu -3", "REVENUE qpu -7");
      assertThat(world.balances()).containsExactly("qpu 3");
      assertThat(world.findings()).isEmpty();
    }
  }

  /// 6 used of 1: 5 are owed. A grant of 5 repays them with the next request and is empty; when the
  /// 6 come back, it has its 5 again.
  @Test
  void givesWhatWasRepaidBackToAGrantThatIsEmpty() throws IOException {
    try (var world = new WalletWorld(directory)) {
      var c = world.customer("-10", "qpu: 1");
      world.settle(c, new Usage("U", NOW, List.of("qpu"), dec("6")));
      world.give("qpu", "late", "5");
      assertThat(world.settle(c, hold("J", "0", "qpu"))).isEqualTo("settled");
      assertThat(world.booked()).containsExactly("CREDIT_ISSUED qpu 6", "REVENUE qpu -6");
      assertThat(world.settle(c, new Reversal("R", NOW, "U", dec("6")))).isEqualTo("settled");
      assertThat(world.balances()).containsExactly("qpu 6");
      assertThat(world.booked()).containsExactly("CREDIT_ISSUED qpu 6", "CUSTOMER_CREDIT qpu -6");
      assertThat(world.findings()).isEmpty();
    }
  }

  /// Of 100, 40 and 40 go and a third 40 does not; all or none of them is none.
  @Test
  void settlesAllOrEach() throws IOException {
    try (var world = new WalletWorld(directory)) {
      var c = world.customer("0", "qpu: 100");
      var asked =
          Stream.of("J1", "J2", "J3")
              .map(key -> new CustomerRequest(c, hold(key, "40", "qpu")))
              .toList();
      var why = "not enough qpu: 40 wanted, 20 available";
      var without = "nothing of its batch is settled: " + why;
      assertThat(world.settleAll(asked)).containsExactly(without, without, why);
      assertThat(world.balances()).containsExactly("qpu 100");
      assertThat(world.booked())
          .containsExactly("CREDIT_ISSUED qpu 100", "CUSTOMER_CREDIT qpu -100");
      assertThat(world.settleEach(asked)).containsExactly("settled", "settled", why);
      assertThat(world.balances()).containsExactly("qpu 20");
      assertThat(world.settleAll(asked.subList(0, 2))).containsExactly("repeated", "repeated");
      assertThat(world.settleAll(List.of())).isEmpty();
      var twice = new CustomerRequest(c, hold("J4", "5", "qpu"));
      var wrong = "nothing of its batch is settled: not enough qpu: 40 wanted, 15 available";
      assertThat(world.settleAll(List.of(twice, twice, asked.getLast())))
          .containsExactly(wrong, wrong, "not enough qpu: 40 wanted, 15 available");
      assertThat(world.findings()).isEmpty();
    }
  }

  /// A hold, its capture, the same again, what takes a part of it back, and another customer, all
  /// in one transaction.
  @Test
  void settlesOneAfterTheOther() throws IOException {
    try (var world = new WalletWorld(directory)) {
      var customers = world.customers(2);
      var one = customers.getFirst();
      assertThat(
              world.settleEach(
                  List.of(
                      new CustomerRequest(one, hold("J", "10", "VC")),
                      new CustomerRequest(customers.getLast(), hold("J", "7", "VC")),
                      new CustomerRequest(one, hold("J", "10", "VC")),
                      new CustomerRequest(one, new Capture("J", NOW, dec("12"))),
                      new CustomerRequest(one, new Release("J", NOW)),
                      new CustomerRequest(one, new Reversal("R", NOW, "J", dec("5"))))))
          .containsExactly(
              "settled", "settled", "repeated", "settled", "hold J was captured before", "settled");
      assertThat(world.balance(one)).isEqualByComparingTo("293");
      assertThat(world.balance(customers.getLast())).isEqualByComparingTo("293");
      assertThat(world.requireCounted(customers)).isEqualTo(2);
      assertThat(world.findings()).isEmpty();
    }
  }

  /// 6 held of b, then a comes, which burns first; 9 are captured: 6 of b again, 3 of a, which was
  /// drawn last. 3 come back to a, whether asked for at once or later.
  @Test
  void givesBackTheSameAtOnceAndLater() throws IOException {
    for (boolean isAtOnce : List.of(true, false)) {
      try (var world = new WalletWorld(directory)) {
        var c = world.customer("0", "qpu: 10");
        world.settle(c, hold("J", "6", "qpu"));
        world.give("qpu", "a", "10");
        var capture = new CustomerRequest(c, new Capture("J", NOW, dec("9")));
        var reversal = new CustomerRequest(c, new Reversal("R", NOW, "J", dec("3")));
        if (isAtOnce) {
          world.settleEach(List.of(capture, reversal));
        } else {
          world.settleEach(List.of(capture));
          world.settleEach(List.of(reversal));
        }
        assertThat(world.grants()).containsExactly("a 10", "first 4");
      }
    }
  }

  /// A hold that nobody asks for any more is free again when its time is over.
  @Test
  void freesHoldsWhoseTimeIsOver() throws IOException {
    try (var world = new WalletWorld(directory)) {
      var customers = world.customers(3);
      var asked =
          customers.stream().map(c -> new CustomerRequest(c, hold("J", "10", "VC"))).toList();
      world.settleEach(asked);
      world.settle(customers.getFirst(), new Capture("J", NOW, dec("10")));
      var over = LATER.minusNanos(1000);
      assertThat(world.expireHolds(over, 10)).isZero();
      assertThat(world.expireHolds(LATER, 1)).isOne();
      assertThat(world.expireHolds(LATER, 10)).isOne();
      assertThat(world.expireHolds(LATER, 10)).isZero();
      assertThat(customers.stream().map(c -> world.balance(c).intValueExact()))
          .containsExactly(290, 300, 300);
      assertThat(world.findings()).isEmpty();
    }
  }

  @Test
  void theNightlyRunFreesHoldsWhoseTimeIsOver() throws IOException {
    try (var world = new WalletWorld(directory)) {
      var c = world.customer("0", "qpu: 10");
      world.settle(c, hold("J", "10", "qpu"));
      var april = LocalDate.ofInstant(LATER, ZoneOffset.UTC);
      world.world().nightly(april.minusDays(1));
      assertThat(world.balances()).containsExactly("qpu 0");
      world.world().nightly(april);
      assertThat(world.balances()).containsExactly("qpu 10");
      assertThat(world.findings()).isEmpty();
    }
  }

  @Test
  void refusesACustomerWithoutAWallet() throws IOException {
    try (var world = new WalletWorld(directory)) {
      world.customer("0", "qpu: 1");
      assertThat(world.settle(new UUID(0, 1), hold("J", "1", "qpu")))
          .startsWith("there is no wallet in one of [qpu]");
      assertThat(world.settle(new UUID(0, 1), new Release("J", NOW)))
          .isEqualTo("there is no hold with the key J");
    }
  }
}
