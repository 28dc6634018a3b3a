package org.tallystick.domain.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tallystick.domain.wallet.WalletRequest.Capture;
import org.tallystick.domain.wallet.WalletRequest.Release;
import org.tallystick.domain.wallet.WalletRequest.Reversal;
import org.tallystick.domain.wallet.WalletRequest.Usage;

/// What becomes of a hold: captured, expired, taken back; and of work that nobody held for.
class CaptureTest extends SettlingStory {

  /// A captured hold is taken back like a usage.
  @Test
  void takesBackWhatAHoldCameTo() {
    wallet("qpu", "0", credit("q", "10"));
    settle(hold("J", "10", "qpu"));
    settle(new Capture("J", NOW, dec("12")));
    assertThat(left()).isEqualTo("qpu -2");
    assertThat(settle(new Reversal("R", NOW, "J", dec("3"))))
        .isEqualTo("REVERSAL: REVERSAL overdraft -2, REVERSAL q -1");
    assertThat(left()).isEqualTo("qpu 1");
  }

  /// An expired hold sets nothing aside any more. Finished work is billed all the same.
  @Test
  void capturesAfterTheHoldsExpiry() {
    wallet("qpu", "0", credit("q", "10"));
    settle(hold("J", "10", "qpu"));
    assertThat(settle(new Usage("U", LATER.minusNanos(1), List.of("qpu"), dec("1"))))
        .startsWith("INSUFFICIENT");
    assertThat(expire(LATER)).isEqualTo("EXPIRY: RELEASE q -10");
    assertThat(expire(LATER)).isEmpty();
    assertThat(settle(new Release("J", LATER))).isEqualTo("again EXPIRY");
    assertThat(left()).isEqualTo("qpu 10");
    assertThat(settle(new Capture("J", LATER, dec("12"))))
        .isEqualTo("CAPTURE: USAGE q 10, USAGE overdraft 2");
  }

  /// Finished work is billed, also if nobody held anything for it: 10 are there, 2 are owed.
  @Test
  void capturesWhatNobodyHeld() {
    wallet("qpu", "0", credit("q", "10"));
    assertThat(settle(unheld("J", "12", "qpu"))).isEqualTo("USAGE: USAGE q 10, USAGE overdraft 2");
    assertThat(settle(unheld("J", "12", "qpu"))).isEqualTo("again USAGE");
    assertThat(settle(unheld("J", "11", "qpu")))
        .isEqualTo("CONFLICT key J was used before, for a usage of 12 in qpu");
    assertThat(settle(hold("J", "12", "qpu")))
        .isEqualTo("CONFLICT key J was used before, for a usage of 12 in qpu");
    assertThat(settle(unheld("K", "1", "emu")))
        .isEqualTo("UNKNOWN_WALLET there is no wallet in one of [emu]; expected one of [qpu]");
    assertThat(settle(new Reversal("R", NOW, "J", dec("3"))))
        .isEqualTo("REVERSAL: REVERSAL overdraft -2, REVERSAL q -1");
    assertThat(left()).isEqualTo("qpu 1");
  }

  /// What was held is where it is drawn, whatever wallets are named besides.
  @Test
  void capturesWhereItWasHeld() {
    wallet("qpu", "0", credit("q", "10"));
    wallet("emu", "0", credit("e", "10"));
    settle(hold("J", "5", "qpu"));
    assertThat(settle(unheld("J", "4", "emu"))).isEqualTo("CAPTURE: RELEASE q -5, USAGE q 4");
    assertThat(left()).isEqualTo("qpu 6, emu 10");
  }

  private static Capture unheld(String key, String amount, String unit) {
    return new Capture(key, NOW, dec(amount), List.of(unit), Map.of());
  }

  /// The first request after its time frees what a hold set aside, before anything else; what was
  /// captured in time doesn't expire.
  @Test
  void freesHoldsWhoseTimeIsOver() {
    wallet("qpu", "0", credit("q", "10"));
    settle(hold("J", "6", "qpu"));
    settle(hold("K", "4", "qpu"));
    settle(new Capture("K", NOW, dec("4")));
    assertThat(settle(new Usage("U", LATER, List.of("qpu"), dec("6"))))
        .isEqualTo("USAGE: USAGE q 6");
    assertThat(expire(LATER)).isEmpty();
    assertThat(left()).isEqualTo("qpu 0");
  }
}
