package org.tallystick.readers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.readers.RawLine.Ending;

class LineSourceTest {

  private static final int MEBIBYTE = 1 << 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # content         | lines, joined by _
          'a\\nb\\n'         | a_b
          'a\\nb'            | a_b
          'a\\r\\nb\\r\\n'   | a_b
          'a\\r\\nb'         | a_b
          'a\\nb\\r\\nc\\n'  | a_b_c
          'a\\r\\r\\nb'      | a\\r_b
          'a\\rb\\n'         | a\\rb
          'a\\n\\nb\\n\\n'   | a__b_
          '\\n'              | ''
          '\\r\\n'           | ''
          'a'                | a
          ' a \\n'           | ' a '
          'é\\n日本\\n'      | é_日本
          """,
      delimiter = '|')
  void readsPhysicalLines(String content, String lines) throws IOException {
    var bytes = unescaped(content).getBytes(UTF_8);
    var expected = unescaped(lines).split("_", -1);
    for (var file : List.of(file(bytes), gzip(bytes))) {
      var read = Lines.read(file);
      assertThat(read.stream().map(RawLine::text)).containsExactly(expected);
      assertThat(read).allMatch(line -> line.ending() == Ending.COMPLETE);
      assertThat(read.getLast().number()).isEqualTo(expected.length);
      assertThat(Lines.count(file)).isEqualTo(expected.length);
    }
  }

  @Test
  void anEmptyFileHasNoLines() throws IOException {
    for (var file : List.of(file(new byte[0]), gzip(new byte[0]))) {
      assertThat(Lines.read(file)).isEmpty();
      assertThat(Lines.count(file)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001f", "\u001fa", "\u008b\u001f"})
  void aFileThatOnlyBeginsLikeGzipIsPlain(String content) throws IOException {
    var file = file(content.getBytes(ISO_8859_1));
    assertThat(Lines.read(file)).hasSize(1);
    assertThat(Lines.count(file)).isEqualTo(1);
  }

  @Test
  void replacesWhatIsNotUtf8() throws IOException {
    var lines = Lines.read(file(new byte[] {'a', (byte) 0xfc, '\n', 'b', '\n'}));
    assertThat(lines.stream().map(RawLine::text)).containsExactly("a\uFFFD", "b");
  }

  @Test
  void readsOnAfterALineThatIsTooLong() throws IOException {
    var bytes = ("first\n" + "x".repeat(2 * MEBIBYTE) + "\nlast\n").getBytes(UTF_8);
    for (var file : List.of(file(bytes), gzip(bytes))) {
      var lines = Lines.read(file);
      assertThat(lines).hasSize(3);
      assertThat(lines.get(1)).isEqualTo(new RawLine(2, 6, "x".repeat(1_000), Ending.TOO_LONG));
      assertThat(lines.get(2)).isEqualTo(new RawLine(3, 2 * MEBIBYTE + 7, "last", Ending.COMPLETE));
      assertThat(Lines.count(file)).isEqualTo(3);
      assertRestartsAtEveryLine(file);
    }
  }

  @ParameterizedTest
  @CsvSource({"1048575, COMPLETE", "1048577, TOO_LONG"})
  void readsLinesUpToOneMebibyte(int length, Ending ending) throws IOException {
    var line = Lines.read(file("x".repeat(length).getBytes(UTF_8))).getFirst();
    assertThat(line.ending()).isEqualTo(ending);
    assertThat(line.text()).hasSize(ending == Ending.COMPLETE ? length : 1_000);
  }

  @Test
  void suspendsTheLineInWhichACompressedFileBreaksOff() throws IOException {
    var content = noise(random(1), 2_000);
    var bytes = gzipped(content);
    for (int kept = bytes.length - 9; kept > 100; kept -= 1_999) {
      var file = file(Arrays.copyOf(bytes, kept));
      var lines = Lines.read(file);
      var whole = new String(content, UTF_8).split("\n", -1);
      assertThat(lines.getLast().ending()).isEqualTo(Ending.TRUNCATED);
      for (var line : lines.subList(0, lines.size() - 1)) {
        assertThat(line.text()).isEqualTo(whole[(int) line.number() - 1]);
        assertThat(line.ending()).isEqualTo(Ending.COMPLETE);
      }
      assertThat(whole[lines.size() - 1]).startsWith(lines.getLast().text());
      assertThat(Lines.count(file)).isEqualTo(lines.size());
    }
  }

  @Test
  void breakingOffAtALineEndIsALineOfItsOwn() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes, 512, true)) {
      gzip.write("one\ntwo\n".getBytes(UTF_8));
      gzip.flush();
      var file = file(bytes.toByteArray());
      assertThat(Lines.read(file))
          .containsExactly(
              new RawLine(1, 0, "one", Ending.COMPLETE),
              new RawLine(2, 4, "two", Ending.COMPLETE),
              new RawLine(3, 8, "", Ending.TRUNCATED));
      assertThat(Lines.count(file)).isEqualTo(3);
    }
  }

  @Test
  void breakingOffInALineKeepsItsBeginning() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes, 512, true)) {
      gzip.write("one\ntw".getBytes(UTF_8));
      gzip.flush();
      var file = file(bytes.toByteArray());
      assertThat(Lines.read(file))
          .containsExactly(
              new RawLine(1, 0, "one", Ending.COMPLETE), new RawLine(2, 4, "tw", Ending.TRUNCATED));
      assertThat(Lines.count(file)).isEqualTo(2);
    }
  }

  @Test
  void aDamagedCompressedFileBreaksOffToo() throws IOException {
    var content = noise(random(2), 2_000);
    var bytes = gzipped(content);
    bytes[bytes.length - 6] ^= 1;
    var file = file(bytes);
    var lines = Lines.read(file);
    assertThat(lines.getLast()).isEqualTo(new RawLine(2_001, content.length, "", Ending.TRUNCATED));
    assertThat(Lines.count(file)).isEqualTo(2_001);
  }

  @Test
  void restartsByPositionAtEveryLine() throws IOException {
    var bytes = "a\r\nbé\n\n日本\r\n\r\nlast".getBytes(UTF_8);
    for (var file : List.of(file(bytes), gzip(bytes))) {
      assertRestartsAtEveryLine(file);
    }
    assertRestartsAtEveryLine(file("a\nb\n".getBytes(UTF_8)));
    assertRestartsAtEveryLine(file(new byte[0]));
  }

  @Test
  void restartsInAnyFileAfterAnyLine() throws IOException {
    var random = random(3);
    for (int i = 0; i < 20; i++) {
      var bytes = noise(random, random.nextInt(1, 60));
      for (var file : List.of(file(bytes), gzip(bytes))) {
        assertRestartsAtEveryLine(file);
        assertThat(Lines.count(file)).isEqualTo(Lines.read(file).size());
      }
    }
  }

  /// Goes on after each line with another source.
  private static void assertRestartsAtEveryLine(Path file) throws IOException {
    var whole = Lines.read(file);
    for (int stop = 0; stop <= whole.size(); stop++) {
      var lines = new ArrayList<>(whole.subList(0, stop));
      lines.addAll(Lines.read(file, stop));
      assertThat(lines).isEqualTo(whole);
    }
  }

  /// Lines that hardly compress, so that a cut falls anywhere.
  private static byte[] noise(RandomGenerator random, int lines) {
    var text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      for (int n = random.nextInt(0, 60); n > 0; n--) {
        text.append((char) random.nextInt(' ', 127));
      }
      text.append('\n');
    }
    return text.toString().getBytes(UTF_8);
  }

  private static String unescaped(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("usage.txt"), bytes);
  }

  private Path gzip(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("usage.gz"), gzipped(bytes));
  }

  private static byte[] gzipped(byte[] bytes) throws IOException {
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    }
    return compressed.toByteArray();
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
