package org.tallystick.domain.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.domain.wallet.WalletRequest.Capture;
import org.tallystick.domain.wallet.WalletRequest.Hold;
import org.tallystick.domain.wallet.WalletRequest.Release;
import org.tallystick.domain.wallet.WalletRequest.Reversal;
import org.tallystick.domain.wallet.WalletRequest.Usage;

/// Requests by their keys: settled once, repeated, refused; against the figures of a worked story.
class SettlingTest extends SettlingStory {

  /// The table "Holds" of docs/concepts/wallets.md.
  @Test
  void tellsAContractsStory() {
    wallet("qpu", "0", credit("q", "100"));
    wallet("emu", "0", credit("e", "50"));
    assertThat(settle(hold("J1", "10", "qpu"))).isEqualTo("HOLD: HOLD q 10");
    assertThat(settle(hold("J2", "0", "qpu"))).isEqualTo("HOLD: ");
    assertThat(settle(hold("J3", "0", "emu"))).isEqualTo("HOLD: ");
    assertThat(left()).isEqualTo("qpu 90, emu 50");
    assertThat(settle(new Capture("J1", NOW, dec("9.6"))))
        .isEqualTo("CAPTURE: RELEASE q -10, USAGE q 9.6");
    assertThat(settle(new Capture("J3", NOW, dec("0.75")))).isEqualTo("CAPTURE: USAGE e 0.75");
    assertThat(settle(new Capture("J2", NOW, dec("0")))).isEqualTo("CAPTURE: ");
    assertThat(settle(hold("J4", "100", "qpu")))
        .isEqualTo("INSUFFICIENT not enough qpu: 100 wanted, 90.4 available");
    assertThat(settle(hold("J5", "20", "qpu"))).isEqualTo("HOLD: HOLD q 20");
    assertThat(settle(new Release("J5", NOW))).isEqualTo("RELEASE: RELEASE q -20");
    assertThat(settle(new Release("J1", NOW))).isEqualTo("CAPTURED hold J1 was captured before");
    assertThat(left()).isEqualTo("qpu 90.4, emu 49.25");
  }

  @Test
  void settlesARequestOnce() {
    wallet("qpu", "0", credit("q", "100"));
    settle(hold("J1", "10", "qpu"));
    assertThat(settle(hold("J1", "10.00", "qpu"))).isEqualTo("again HOLD");
    assertThat(settle(hold("J1", "11", "qpu")))
        .isEqualTo("CONFLICT key J1 was used before, for a hold of 10 in qpu");
    assertThat(settle(new Usage("J1", NOW, List.of("qpu"), dec("10"))))
        .isEqualTo("CONFLICT key J1 was used before, for a hold of 10 in qpu");
    settle(new Capture("J1", NOW, dec("9")));
    assertThat(settle(new Capture("J1", LATER, dec("9")))).isEqualTo("again CAPTURE");
    assertThat(settle(new Capture("J1", NOW, dec("8"))))
        .isEqualTo("CONFLICT key J1 was used before, for a capture of 9 in qpu");
    settle(hold("J2", "10", "qpu"));
    settle(new Release("J2", NOW));
    assertThat(settle(new Release("J2", NOW))).isEqualTo("again RELEASE");
    assertThat(settle(new Capture("J2", NOW, dec("1"))))
        .isEqualTo("RELEASED hold J2 was released before");
    assertThat(settle(new Usage("U", NOW, List.of("qpu"), dec("5")))).isEqualTo("USAGE: USAGE q 5");
    assertThat(settle(new Usage("U", LATER, List.of("qpu"), dec("5")))).isEqualTo("again USAGE");
    assertThat(left()).isEqualTo("qpu 86");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    wallet("qpu", "0", credit("q", "100"));
    assertThat(settle(hold("J", "1", "VC")))
        .isEqualTo("UNKNOWN_WALLET there is no wallet in one of [VC]; expected one of [qpu]");
    assertThat(settle(new Capture("J", NOW, dec("1"))))
        .isEqualTo("UNKNOWN_KEY there is no hold with the key J");
    assertThat(settle(new Release("J", NOW)))
        .isEqualTo("UNKNOWN_KEY there is no hold with the key J");
    assertThat(settle(new Reversal("R", NOW, "J", dec("1"))))
        .isEqualTo("UNKNOWN_KEY there is no usage with the key J");
    settle(hold("J", "1", "qpu"));
    assertThat(settle(new Reversal("R", NOW, "J", dec("1"))))
        .isEqualTo("UNKNOWN_KEY there is no usage with the key J");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '' | 1 | qpu | key must have 1 to 200 characters, was ''
          J | -0.01 | qpu | amount must not be negative, was -0.01
          J | 1e-21 | qpu | amount must have up to 40 digits and 20 decimals, was 1E-21
          J | 1e40 | qpu | amount must have up to 40 digits and 20 decimals, was 1E+40
          J | 1e400000000 | qpu | amount must have up to 40 digits and 20 decimals, was 1E+400000000
          J | 1 | qpu,qpu | units must be one or more, each once, was [qpu, qpu]
          """,
      delimiter = '|')
  void refusesWhatIsNoRequest(String key, BigDecimal amount, String units, String message) {
    assertThatThrownBy(() -> new Usage(key, NOW, List.of(units.split(",", -1)), amount))
        .hasMessage(message);
    assertThatThrownBy(() -> new Hold("J", NOW, List.of("qpu"), dec("1"), NOW))
        .hasMessage("hold must expire after 2026-03-01T00:00:00Z, was 2026-03-01T00:00:00Z");
    assertThatThrownBy(() -> new Reversal("R", NOW, "J", dec("0")))
        .hasMessage("amount must be more than zero, was 0");
  }

  /// Of 20: 5 and 8 go back, which leaves 7. Of another 20: 15, and 10 are refused.
  @Test
  void takesBackUpToTheOriginal() {
    wallet("VC", "0", credit("bought", "400"));
    settle(new Usage("a", NOW, List.of("VC"), dec("20")));
    assertThat(settle(new Reversal("a1", NOW, "a", dec("5"))))
        .isEqualTo("REVERSAL: REVERSAL bought -5");
    assertThat(settle(new Reversal("a1", NOW, "a", dec("5")))).isEqualTo("again REVERSAL");
    assertThat(settle(new Reversal("a1", NOW, "a", dec("6"))))
        .isEqualTo("CONFLICT key a1 was used before, for a reversal of 5 in VC");
    settle(new Reversal("a2", NOW, "a", dec("8")));
    assertThat(left()).isEqualTo("VC 393");
    settle(new Usage("b", NOW, List.of("VC"), dec("20")));
    settle(new Reversal("b1", NOW, "b", dec("15")));
    assertThat(settle(new Reversal("b2", NOW, "b", dec("10"))))
        .isEqualTo("BEYOND_ORIGINAL 10 to be taken back of b, 5 left of it");
    assertThat(settle(new Reversal("b3", NOW, "b1", dec("1"))))
        .isEqualTo("REVERSAL b1 is a reversal, expected a usage");
    assertThat(settle(new Reversal("b4", NOW, "b", dec("5"))))
        .isEqualTo("REVERSAL: REVERSAL bought -5");
    assertThat(left()).isEqualTo("VC 393");
  }

  /// With a limit of 20: 10 are lent, 50 are not. A floor of 500 below lends 30 and 50.
  @Test
  void lendsDownToTheFloor() {
    wallet("VC", "-20");
    assertThat(settle(new Usage("a", NOW, List.of("VC"), dec("10"))))
        .isEqualTo("USAGE: USAGE overdraft 10");
    assertThat(settle(new Usage("b", NOW, List.of("VC"), dec("50"))))
        .isEqualTo("INSUFFICIENT not enough VC: 50 wanted, 10 available");
    assertThat(left()).isEqualTo("VC -10");
    wallet("VC2", "-500");
    settle(new Usage("c", NOW, List.of("VC2"), dec("30")));
    settle(new Usage("d", NOW, List.of("VC2"), dec("50")));
    assertThat(left()).isEqualTo("VC -10, VC2 -80");
  }

  /// Credit that has come into force repays as soon as anything is settled.
  @Test
  void repaysWithTheNextEntry() {
    wallet("VC", "-20", credit("g", "15"));
    settle(new Usage("a", NOW, List.of("VC"), dec("20")));
    var credits = new ArrayList<>(Objects.requireNonNull(wallets.get("VC")).credits());
    credits.add(credit("h", "8"));
    wallets.put("VC", new Wallet(new UUID(0, 9), dec("-20"), credits));
    assertThat(settle(new Usage("b", NOW, List.of("VC"), dec("1"))))
        .isEqualTo("USAGE: USAGE h 1, REPAYMENT h 5, REPAYMENT overdraft -5");
    assertThat(settle(new Reversal("r", NOW, "a", dec("20"))))
        .isEqualTo(
            "REVERSAL: REVERSAL overdraft -5, REVERSAL g -15, REPAYMENT h -5, REPAYMENT overdraft"
                + " 5");
    assertThat(left()).isEqualTo("VC 22");
  }
}
