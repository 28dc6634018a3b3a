package org.tallystick.readers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.domain.usage.Disposition.Filtered;
import org.tallystick.domain.usage.Disposition.Suspended;
import org.tallystick.readers.RawLine.Ending;

class FoundBugsTest {

  private static final String FORMAT =
      """
      {key: jobs, %s, absent: "-1", source: nasa, id: job,
       columns: [job, submit, run_time, user, queue], type: job, subject: user,
       time: {after: 1993-10-01T07:00:03Z, from: submit, duration: run_time},
       quantity: run_time, dimensions: {queue: queue},
       filters: [{reason: staff, column: queue, equals: "2"}]}
      """;
  private static final LineParser CSV = parser("layout: csv");

  @TempDir private Path folder;

  @Test
  void refusesACatalogThatIsNotUtf8() throws IOException {
    var latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xfc});
    assertThatThrownBy(() -> CatalogFile.read(latin)).isInstanceOf(CatalogRefused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: \u0007", "? [a, b]\n: 1\n", "[a]: 1\n"})
  void refusesOddYaml(String yaml) {
    assertThatThrownBy(() -> YamlNode.read(new StringReader(yaml), "f"))
        .isInstanceOf(CatalogRefused.class);
  }

  @Test
  void refusesYamlThatContainsItself() {
    assertThatThrownBy(() -> YamlNode.read(new StringReader("a: &x [*x]"), "f").content())
        .isInstanceOf(CatalogRefused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b\",10,20,u,q", "b\",10,20,\"u\",q"})
  void bothHalvesOfAQuotedLineBreakAreSuspended(String second) {
    assertThat(parse(CSV, "\"a")).isInstanceOf(Suspended.class);
    assertThat(parse(CSV, second)).isInstanceOf(Suspended.class);
  }

  @Test
  void aLoneCarriageReturnDoesNotMakeOneRowOfTwo() {
    assertThat(parse(CSV, "1,10\r20,u,q")).isInstanceOf(Suspended.class);
  }

  @Test
  void aFilterReadsAValueLikeEverythingElse() {
    assertThat(parse(CSV, "1,10,20,u, 2 ")).isInstanceOf(Filtered.class);
  }

  @Test
  void aMarkBeforeTheFirstLineIsPassedOver() throws IOException {
    var file = Files.writeString(folder.resolve("f"), "\uFEFF; Version: 2\n1 10\n");
    assertThat(Lines.read(file).stream().map(RawLine::text))
        .containsExactly("; Version: 2", "1 10");
  }

  @Test
  void aQuotedHeaderIsAHeader() {
    var header = "\"job\",\"submit\",\"run_time\",\"user\",\"queue\"";
    var line = new RawLine(1, 0, header, Ending.COMPLETE);
    assertThat(parser("layout: csv", Optional.of(line)).parse(line).disposition()).isNull();
  }

  @Test
  void aLineOfExactlyTheBytesAllowedIsRead() throws IOException {
    var file = Files.writeString(folder.resolve("f"), "x".repeat(1_048_576));
    assertThat(Lines.read(file).getFirst().ending()).isEqualTo(Ending.COMPLETE);
  }

  @Test
  void theLineWhereAFileBreaksOffIsReadOnceWhenTheStepRestarts() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes, 512, true)) {
      gzip.write("one\ntw".getBytes(UTF_8));
      gzip.flush();
      var file = Files.write(folder.resolve("f"), bytes.toByteArray());
      assertThat(Lines.read(file)).hasSize(2);
      assertThat(Lines.read(file, 2)).isEmpty();
    }
  }

  @Test
  void countsAFileThatBreaksOffInItsGzipHeaderLikeTheReader() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(1);
    }
    var file = Files.write(folder.resolve("f"), Arrays.copyOf(bytes.toByteArray(), 5));
    assertThat(Lines.count(file)).isEqualTo(1);
    assertThat(Lines.read(file)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P0D", "P-1M", "P1M-1D"})
  void refusesACadenceThatDoesNotGoOn(String cadence) {
    var card = "{key: k, name: N, meter: m, price: {unit: 1}, cadence: " + cadence + "}";
    assertThatThrownBy(() -> RateCardReader.read(card, "card")).isInstanceOf(CatalogRefused.class);
  }

  @Test
  void refusesAPriceWithAnExponent() {
    var card = "{key: k, name: N, meter: m, price: {unit: 1e400000000}, cadence: P1M}";
    assertThatThrownBy(() -> RateCardReader.read(card, "card")).isInstanceOf(CatalogRefused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"after: 1993-10-01T07:00:03Z, ", "duration: run_time, "})
  void refusesATimeThatSaysTwoThings(String more) {
    var format =
        FORMAT
            .formatted("layout: csv")
            .replace(
                "{after: 1993-10-01T07:00:03Z, from: submit, duration: run_time}",
                "{" + more + "from: submit, to: run_time}");
    assertThatThrownBy(() -> UsageFormatReader.read(format)).isInstanceOf(CatalogRefused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"layout: blanks, delimiter: ';'", "layout: csv, delimiter: '\"'"})
  void refusesADelimiterThatMeansNothing(String layout) {
    assertThatThrownBy(() -> UsageFormatReader.read(FORMAT.formatted(layout)))
        .isInstanceOf(CatalogRefused.class);
  }

  @Test
  void refusesAColumnThatIsThereTwice() {
    var format = FORMAT.formatted("layout: csv").replace("user, queue]", "user, user, queue]");
    assertThatThrownBy(() -> UsageFormatReader.read(format)).isInstanceOf(CatalogRefused.class);
  }

  @SuppressWarnings("NullAway")
  private static Object parse(LineParser parser, String text) {
    var disposition = parser.parse(new RawLine(1, 0, text, Ending.COMPLETE)).disposition();
    return disposition;
  }

  private static LineParser parser(String layout) {
    return parser(layout, Optional.empty());
  }

  private static LineParser parser(String layout, Optional<RawLine> first) {
    return LineParser.of("f", "5ha", UsageFormatReader.read(FORMAT.formatted(layout)), first);
  }
}
