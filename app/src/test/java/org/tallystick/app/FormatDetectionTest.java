package org.tallystick.app;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.readers.FileReport;
import org.tallystick.readers.FormatDetection;
import org.tallystick.readers.FormatDetection.Fit;
import org.tallystick.readers.InputFile;
import org.tallystick.readers.UnreadableFile;
import org.tallystick.readers.UsageFormatReader;
import org.tallystick.readers.UsageFormats;

/// What is proposed for files of different make is applied as it stands, and imports them.
class FormatDetectionTest {

  private static final World WORLD = World.empty(Map.of());
  private static final Path EXAMPLES = Path.of("../examples/formats");

  @TempDir private Path folder = Path.of("");

  @AfterAll
  static void close() {
    WORLD.close();
  }

  private static final String GERMAN =
      """
      Zähler-Nr;Kundennummer;Beginn;Ende;Verbrauch kWh;Preis;Tarif
      Z-1;K100;01.11.2026 00:00;01.11.2026 01:00;1.234,5;0,30;Grün
      Z-2;K101;01.11.2026 00:00;01.11.2026 01:00;12,75;0,30;Öko
      Z-1;K100;01.11.2026 01:00;01.11.2026 02:00;7;0,31;Grün
      """;

  @Test
  void proposesAGermanCsv() throws IOException {
    var file = write("Verbrauch 2026-11.csv", GERMAN.getBytes(Charset.forName("windows-1252")));
    assertThat(FormatDetection.propose(InputFile.of(file)).yaml())
        .isEqualTo(
            """
            formats:
              - key: verbrauch
                layout: csv  # the first row names the columns
                delimiter: ";"
                encoding: windows-1252  # check: letters like ü and é
                numbers: {decimal: ",", group: "."}  # check: which mark is before decimals
                times: "dd.MM.yyyy HH:mm"
                zone: UTC  # check: whose clocks, for example Europe/Berlin
                source: verbrauch  # check: the system that writes these files
                # check: no id, a record is known by its file and line
                type: usage  # check: what meters call these records
                subject: Kundennummer  # check: whose usage it is
                time: {from: Beginn, to: Ende}
                quantity: "`Verbrauch kWh`"  # check: what is billed, and its unit
                dimensions: {tarif: Tarif, "zähler_nr": "Zähler-Nr"}  # check: what prices may go by
                # not used: Preis
            """);
    assertThat(imported(file)).isEqualTo("3 accepted 0 suspended, quantity 1254.25");
  }

  @Test
  void proposesWhatReadsTheFile() throws IOException {
    var calls =
        """
        call\tsubscriber\tstarted at\tseconds\tto
        c1\t+4930\t2026-11-01 10:00:00\t60\tDE
        c2\t+4931\t2026-11-01 10:01:00\t0\tFR
        """;
    assertThat(imported(write("calls.tsv", calls.getBytes(UTF_8))))
        .isEqualTo("2 accepted 0 suspended, quantity 60");
    var tokens =
        """
        {"id": "e1", "ts": "2026-11-01T00:00:00Z", "org": {"id": "o1"}, "used": {"in tokens": 7}}
        {"id": "e2", "ts": "2026-11-01T00:00:01Z", "org": {"id": "o1"}, "used": {"in tokens": 8}}
        """;
    assertThat(imported(write("tokens.ndjson", tokens.getBytes(UTF_8))))
        .isEqualTo("2 accepted 0 suspended, quantity 15");
    var days = "\uFEFFid,customer,day,hours\n1,a,2026-11-01,2.5\n2,b,2026-11-01,3\n";
    assertThat(imported(write("days.csv", days.getBytes(UTF_16LE))))
        .isEqualTo("2 accepted 0 suspended, quantity 5.5");
    var log = "# who when what\n1 ada 1793491200 5\n2 bob 1793491300 6\n";
    assertThat(imported(write("machine.log", log.getBytes(UTF_8))))
        .isEqualTo("2 accepted 0 suspended, quantity 11");
    var focus = Files.readString(EXAMPLES.resolve("focus-1.2.csv")).replace(",two,", ",2,");
    assertThat(imported(write("cost.csv", focus.getBytes(UTF_8))))
        .isEqualTo("2 accepted 1 suspended, quantity 4");
    assertThat(imported(Files.copy(World.LOG, folder.resolve("ipsc.swf.gz"))))
        .startsWith("18239 accepted 0 suspended, quantity ");
  }

  @Test
  void proposesForABatchOfEventsWithAQuantityOfTheirOwn() throws IOException {
    var batch = Files.readString(EXAMPLES.resolve("cloudevents.json"));
    var file = write("gateway.json", batch.replaceAll("quantity|value", "tokens").getBytes(UTF_8));
    assertThat(FormatDetection.fits(InputFile.of(file), builtIn())).isEmpty();
    assertThat(imported(file)).isEqualTo("4 accepted 1 suspended, quantity 1208.5");
  }

  @Test
  void knowsWhatComesAlong() {
    assertThat(fits("focus-1.0.csv")).containsExactly(new Fit("focus-1.0", 8, 6));
    assertThat(fits("focus-1.2.csv"))
        .containsExactly(new Fit("focus-1.2", 3, 2), new Fit("focus-1.0", 3, 2));
    assertThat(fits("cloudevents.json")).containsExactly(new Fit("cloudevents", 5, 3));
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    var prose = write("letter.txt", "Dear all,\nthis is no usage\nat all.\n".getBytes(UTF_8));
    assertThatThrownBy(() -> FormatDetection.propose(InputFile.of(prose)))
        .isInstanceOf(UnreadableFile.class)
        .hasMessageStartingWith("letter.txt falls into no columns: expected the same number of");
    var timeless = write("timeless.csv", "a,b\n1,x\n".getBytes(UTF_8));
    assertThatThrownBy(() -> FormatDetection.propose(InputFile.of(timeless)))
        .hasMessageStartingWith("no column holds times that are known: expected one in [a, b]");
    var empty = write("empty.csv", new byte[0]);
    assertThatThrownBy(() -> FormatDetection.propose(InputFile.of(empty)))
        .isInstanceOf(UnreadableFile.class);
  }

  @Test
  void showsADeclaredFormatAsItIsDeclared() {
    WORLD.apply(World.CATALOG);
    var formats = new UsageFormats(WORLD.jdbc());
    var yaml = formats.yaml("swf").orElseThrow();
    assertThat(yaml).startsWith("key: swf\nlayout: blanks\n");
    assertThat(formats.find("swf")).contains(UsageFormatReader.read(yaml));
  }

  private static List<Fit> fits(String example) {
    return FormatDetection.fits(InputFile.of(EXAMPLES.resolve(example)), builtIn());
  }

  private static Map<String, UsageFormat> builtIn() {
    var formats = new UsageFormats(WORLD.jdbc());
    var builtIn = formats.all();
    builtIn.keySet().removeIf(formats::isDeclared);
    return builtIn;
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  /// Applies what is proposed for `file` and imports it by that.
  private String imported(Path file) throws IOException {
    var proposal = FormatDetection.propose(InputFile.of(file));
    WORLD.apply(Files.writeString(folder.resolve("formats.yaml"), proposal.yaml()));
    var sha256 = WORLD.importFile(file, proposal.fit().key()).scope();
    var report = new FileReport(WORLD.jdbc()).of(sha256);
    var quantity =
        WORLD
            .jdbc()
            .sql(
                """
                select trim_scale(sum(b.quantity))::text as quantity from intake_batch b
                  join intake_file f on f.id = b.file_id and f.sha256 = :sha256\
                """)
            .param("sha256", sha256)
            .query((row, _) -> row.getString("quantity"))
            .single();
    return "%s accepted %s suspended, quantity %s"
        .formatted(report.get("accepted"), report.get("suspended"), quantity);
  }
}
