package org.tallystick.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.domain.usage.UsageFormat;

class InputFileTest {

  private static final UsageFormat FORMAT =
      UsageFormatReader.read(
          """
          {key: jobs, layout: csv, columns: [job, user, start, end], source: nasa, id: job,
           type: job, subject: user, time: {from: start, to: end}, quantity: 1,
           filters: [{reason: staff, column: user, equals: root}]}
          """);
  private static final String HEADER = "job,user,start,end\n";
  private static final String GOOD = "1,ada,1993-10-01T07:00:03Z,1993-10-01T08:00:03Z\n";

  @TempDir private Path folder;

  /// `printf 'hello\n' | sha256sum`.
  @Test
  void knowsItsNameItsSizeAndItsDigest() throws IOException {
    var file = file("hello\n");
    assertThat(file.name()).isEqualTo("usage.csv");
    assertThat(file.bytes()).isEqualTo(6);
    assertThat(file.sha256())
        .isEqualTo("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
  }

  @Test
  void refusesWhatIsNoFile() {
    var nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> InputFile.of(nowhere))
        .isInstanceOf(UnreadableFile.class)
        .hasMessage("there is no file " + nowhere);
    assertThatThrownBy(() -> InputFile.of(folder))
        .isInstanceOf(UnreadableFile.class)
        .hasMessage(folder + " is not a file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HEADER, HEADER + GOOD, GOOD, HEADER + "bad\n" + GOOD, "\n\n\n"})
  void takesAFileOfItsFormat(String content) throws IOException {
    var file = file(content);
    assertThatCode(() -> file.requireFormat(FORMAT)).doesNotThrowAnyException();
  }

  @Test
  void takesAFileOfFilteredLines() throws IOException {
    var file = file("1,root,x,y\n");
    assertThatCode(() -> file.requireFormat(FORMAT)).doesNotThrowAnyException();
  }

  @Test
  void refusesAFileOfAnotherFormatWithItsFirstProblem() throws IOException {
    var file = file(HEADER + "bad\n1,ada,noon,night\n");
    assertThatThrownBy(() -> file.requireFormat(FORMAT))
        .isInstanceOf(UnreadableFile.class)
        .hasMessage(
            "usage.csv does not look like format 'jobs': line 2: expected 4 columns, found 1;"
                + " no row of the first 100 lines could be read");
    var times = file("1,ada,noon,night\n");
    assertThatThrownBy(() -> times.requireFormat(FORMAT))
        .hasMessageContaining("line 1 start: expected a time like");
  }

  @Test
  void looksAtTheFirstHundredLines() throws IOException {
    var last = file("bad\n".repeat(99) + GOOD);
    assertThatCode(() -> last.requireFormat(FORMAT)).doesNotThrowAnyException();
    var beyond = file("bad\n".repeat(100) + GOOD);
    assertThatThrownBy(() -> beyond.requireFormat(FORMAT)).isInstanceOf(UnreadableFile.class);
  }

  @Test
  void refusesACompressedFileThatBreaksOffAtOnce() throws IOException {
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(1);
    }
    for (int kept = 2; kept < 12; kept++) {
      var path = folder.resolve("usage.gz");
      var file = InputFile.of(Files.write(path, Arrays.copyOf(compressed.toByteArray(), kept)));
      assertThatThrownBy(() -> file.requireFormat(FORMAT))
          .isInstanceOf(UnreadableFile.class)
          .hasMessageStartingWith("usage.gz ");
    }
  }

  @Test
  void tellsAFileThatCannotBeCounted() {
    assertThatThrownBy(
            () -> new InputFile(folder.resolve("nowhere"), "nowhere", 1, "").countLines(FORMAT))
        .isInstanceOf(UnreadableFile.class)
        .hasMessageContaining("cannot be read");
  }

  private InputFile file(String content) throws IOException {
    return InputFile.of(Files.writeString(folder.resolve("usage.csv"), content));
  }
}
