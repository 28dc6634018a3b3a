package org.tallystick.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.tallystick.readers.RawLine.Ending;
import org.tallystick.readers.WalletLine.Credits;
import org.tallystick.readers.WalletLine.Job;
import org.tallystick.readers.WalletLine.NoRequest;
import org.tallystick.readers.WalletLine.Unreadable;

/// What is a request on wallets, and what is wrong with what is none.
class WalletLineParserTest {

  private static final String JOBS = "project,batch,job,device,runs,start,end,cancel";
  private static final String CREDITS = "id;customer;amount;unit;note;type";

  @ParameterizedTest
  @CsvFileSource(resources = "/wallet-lines.csv", delimiter = '|', quoteCharacter = '`')
  void saysWhatIsWrong(String kind, String text, String reason, String message) {
    var parser = WalletLineParser.of(kind.equals("job") ? JOBS : CREDITS);
    assertThat(parser.parse(line(text))).isEqualTo(new Unreadable(7, text, reason, message));
  }

  @Test
  void readsJobs() {
    var parser = WalletLineParser.of(JOBS);
    var job = parser.parse(line("a, B ,J,D,2,,2026-03-01T11:00:00+01:00,"));
    assertThat(job)
        .isInstanceOfSatisfying(
            Job.class,
            read -> {
              assertThat(read.batch()).isEqualTo("B");
              assertThat(read.runs()).contains(2L);
              assertThat(read.end().orElseThrow()).hasToString("2026-03-01T10:00:00Z");
              assertThat(read.isSubmitted()).isFalse();
            });
    var long201 = "x".repeat(201);
    assertThat(parser.parse(line("a,,%s,D,1,,,".formatted(long201))))
        .hasFieldOrPropertyWithValue("reason", "bad_key");
  }

  @Test
  void readsCreditsWithWhatElseIsThere() {
    var parser = WalletLineParser.of(CREDITS);
    assertThat(parser.parse(line("u;a;2.5;;of May;credit")))
        .isInstanceOfSatisfying(
            Credits.class,
            credits -> {
              assertThat(credits.unit()).isEqualTo("VC");
              assertThat(credits.amount()).isEqualByComparingTo("2.5");
              assertThat(credits.details()).isEqualTo(Map.of("note", "of May"));
            });
    for (var text : List.of("", "  ", "# note")) {
      assertThat(parser.parse(line(text))).isEqualTo(new NoRequest(7, ""));
    }
    assertThat(parser.parse(new RawLine(7, 0, "u;a;2", Ending.TRUNCATED)))
        .hasFieldOrPropertyWithValue("reason", "bad_line");
  }

  @Test
  void refusesAHeaderThatNamesAColumnTwice() {
    assertThatThrownBy(() -> WalletLineParser.of("id,customer,amount,note,note"))
        .isInstanceOf(UnreadableFile.class)
        .hasMessageEndingWith("found 'note'");
    assertThat(WalletLineParser.of("id,customer,amount,,").parse(line("u,a,2,x,y")))
        .isInstanceOfSatisfying(Credits.class, credits -> assertThat(credits.details()).isEmpty());
  }

  private static RawLine line(String text) {
    return new RawLine(7, 0, text, Ending.COMPLETE);
  }
}
