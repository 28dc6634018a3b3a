package org.tallystick.domain.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.domain.wallet.WalletRequest.Hold;
import org.tallystick.domain.wallet.WalletRequest.Reset;
import org.tallystick.domain.wallet.WalletRequest.Reset.Overage;
import org.tallystick.domain.wallet.WalletRequest.Reversal;
import org.tallystick.domain.wallet.WalletRequest.Usage;

/// A reset as a request: the figures are those of BurnDownTest, which tells them from the facts.
class ResetTest extends SettlingStory {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # kept min | kept max | used | overage | available after the reset
          0   | 30  | 60  | FORGIVEN | 30
          0   | 30  | 90  | FORGIVEN | 10
          0   | 30  | 70  | FORGIVEN | 30
          0   | 30  | 100 | FORGIVEN | 0
          0   | 0   | 60  | FORGIVEN | 0
          20  | 30  | 90  | FORGIVEN | 20
          100 | 100 | 130 | FORGIVEN | 100
          100 | 100 | 130 | KEPT     | 70
          100 | 100 | 230 | KEPT     | -30
          0   | 30  | 130 | KEPT     | -30
          0   | 30  | 130 | FORGIVEN | 0
          """,
      delimiter = '|')
  void keepsWhatTheGrantMay(
      String min, String max, String used, Overage overage, String available) {
    wallet("VC", "-1000", kept("g", min, max));
    settle(new Usage("U", NOW, List.of("VC"), dec(used)));
    settle(new Reset("R", NOW, "VC", overage));
    assertThat(left()).isEqualTo("VC " + available);
  }

  @Test
  void isSettledOnce() {
    wallet("VC", "-1000", kept("g", "100", "100"));
    settle(new Usage("U", NOW, List.of("VC"), dec("130")));
    assertThat(settle(new Reset("R", NOW, "VC", Overage.KEPT)))
        .isEqualTo("RESET: RESET g -100, REPAYMENT g 30, REPAYMENT overdraft -30");
    assertThat(settle(new Reset("R", NOW, "VC", Overage.KEPT))).isEqualTo("again RESET");
    assertThat(settle(new Reset("R", NOW, "VC", Overage.FORGIVEN)))
        .isEqualTo("CONFLICT key R was used before, for a reset of 0 in VC");
    assertThat(settle(new Reset("S", NOW, "qpu", Overage.KEPT)))
        .isEqualTo("UNKNOWN_WALLET there is no wallet in one of [qpu]; expected one of [VC]");
    assertThat(left()).isEqualTo("VC 70");
  }

  /// A grant keeps all unless it says otherwise. What is set aside stays so.
  @Test
  void leavesWhatIsNotItsOwn() {
    wallet("VC", "0", credit("all", "50"), kept("some", "0", "10"));
    settle(new Hold("H", NOW, List.of("VC"), dec("60"), LATER));
    assertThat(settle(new Reset("R", NOW, "VC", Overage.FORGIVEN)))
        .isEqualTo("RESET: RESET some 80");
    assertThat(left()).isEqualTo("VC 10");
  }

  /// A hold of 20 and a usage of 10 are owed and forgiven: what comes back of them is nobody's.
  @Test
  void forgetsWhatWasForgivenAndComesBack() {
    wallet("VC", "-30");
    settle(new Hold("H", NOW, List.of("VC"), dec("20"), LATER));
    settle(new Usage("U", NOW, List.of("VC"), dec("10")));
    assertThat(settle(new Reset("R", NOW, "VC", Overage.FORGIVEN)))
        .isEqualTo("RESET: RESET overdraft -30");
    assertThat(expire(LATER)).isEqualTo("EXPIRY: RELEASE overdraft -20, RESET overdraft 20");
    assertThat(settle(new Reversal("T", LATER, "U", dec("4"))))
        .isEqualTo("REVERSAL: REVERSAL overdraft -4, RESET overdraft 4");
    assertThat(left()).isEqualTo("VC 0");
  }

  @Test
  void refusesMoney() {
    assertThatThrownBy(() -> new Reset("R", NOW, "EUR", Overage.KEPT))
        .hasMessage("credits are of a unit that is no currency, found 'EUR'");
  }

  private static Credit kept(String key, String min, String max) {
    var allowance = new Allowance(dec("100"), Optional.empty(), dec(min), dec(max));
    return new Grant(
            UUID.randomUUID(),
            key,
            Grant.Kind.PAID,
            1,
            Instant.EPOCH,
            Instant.MAX,
            Instant.EPOCH,
            Set.of(),
            allowance)
        .withBalance(BigDecimal.valueOf(100));
  }
}
