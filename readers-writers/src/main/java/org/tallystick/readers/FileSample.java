package org.tallystick.readers;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.readers.RawLine.Ending;

/// The beginning of a usage file whose format is not known: its encoding, and its first lines that
/// are not blank, the elements of a JSON array each on one.
record FileSample(Charset encoding, boolean isJson, List<String> lines) {

  static final int ROWS_MAX = 100;
  private static final int LINES_MAX = 300;
  private static final int BYTES = 1 << 16;

  static FileSample of(InputFile file) {
    try {
      var bytes = TextStream.beginning(file, BYTES);
      var encoding = encoding(bytes);
      boolean isJson = beginsJson(new String(bytes, shown(bytes, encoding)));
      return new FileSample(encoding, isJson, lines(file, encoding, isJson));
    } catch (IOException e) {
      throw new UnreadableFile(file.path() + " cannot be read: " + e.getMessage());
    }
  }

  private static List<String> lines(InputFile file, Charset encoding, boolean isJson)
      throws IOException {
    var lines = new ArrayList<String>();
    try (var source = LineSource.open(file, any(encoding, isJson))) {
      for (var line = source.next();
          line != null && lines.size() < LINES_MAX;
          line = source.next()) {
        if (line.ending() == Ending.COMPLETE && !line.text().isBlank()) {
          lines.add(line.text());
        }
      }
    }
    return lines;
  }

  /// A format that serves to read lines.
  private static UsageFormat any(Charset encoding, boolean isJson) {
    return UsageFormatReader.read(
        """
        {key: any, encoding: %s, layout: %s, source: s, type: t, subject: a, time: {at: a},
         quantity: 1}
        """
            .formatted(
                encoding.name(), isJson ? "json, columns: {a: $.a}" : "blanks, columns: [a]"));
  }

  /// UTF-8 if it is that; UTF-16 where every other byte is 0, or by its mark, which says so by
  /// itself; otherwise windows-1252, in which anything is text.
  private static Charset encoding(byte[] bytes) {
    if (isMarked(bytes, 0xff, 0xfe) || isMarked(bytes, 0xfe, 0xff)) {
      return UTF_8;
    }
    int even = zeros(bytes, 0);
    int odd = zeros(bytes, 1);
    if (even + odd > bytes.length / 4) {
      return odd > even ? UTF_16LE : UTF_16BE;
    }
    var decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var result = decoder.decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length), false);
    return result.isError() ? Charset.forName("windows-1252") : UTF_8;
  }

  private static Charset shown(byte[] bytes, Charset encoding) {
    if (isMarked(bytes, 0xff, 0xfe)) {
      return UTF_16LE;
    }
    return isMarked(bytes, 0xfe, 0xff) ? UTF_16BE : encoding;
  }

  private static boolean isMarked(byte[] bytes, int first, int second) {
    return bytes.length > 1 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
  }

  private static int zeros(byte[] bytes, int from) {
    int zeros = 0;
    for (int i = from; i < bytes.length; i += 2) {
      zeros += bytes[i] == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static boolean beginsJson(String text) {
    var first = text.replace("\uFEFF", "").stripLeading();
    return first.startsWith("{") || first.startsWith("[");
  }
}
