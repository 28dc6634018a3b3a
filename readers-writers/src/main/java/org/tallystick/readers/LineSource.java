package org.tallystick.readers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.readers.RawLine.Ending;

/// The physical lines of a stream, one after the other; lines end with LF or CR LF. Memory is
/// bounded by the longest line that is allowed.
final class LineSource implements AutoCloseable {

  static final int LINE_BYTES_MAX = 1 << 20;
  private static final int SHOWN_BYTES_MAX = 1_000;
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int end;
  private long offset;
  private long number;
  private boolean isBroken;

  LineSource(InputStream in) {
    this.in = in;
  }

  /// The lines of a file of `format`.
  static LineSource open(InputFile file, UsageFormat format) throws IOException {
    return new LineSource(TextStream.open(file, format));
  }

  /// The lines of a text in UTF-8.
  static LineSource open(InputFile file) throws IOException {
    return new LineSource(TextStream.open(file, UTF_8));
  }

  /// Uncompressed bytes before the next line.
  long offset() {
    return offset;
  }

  /// Goes on after the first `lines` lines.
  void skip(long lines) throws IOException {
    while (number < lines && next() != null) {
      // passed over
    }
  }

  /// The next line, or null at the end of the file.
  @Nullable RawLine next() throws IOException {
    if (isBroken) {
      return null;
    }
    var line = new ByteArrayOutputStream(256);
    long start = offset;
    try {
      if (!fill()) {
        return null;
      }
      number++;
      long length = 0;
      do {
        int from = at;
        boolean isEnd = toLineEnd();
        length += at - from;
        line.write(buffer, from, (int) Math.min(at - from, LINE_BYTES_MAX - (long) line.size()));
        offset += at - from;
        if (isEnd) {
          at++;
          offset++;
          break;
        }
      } while (fill());
      return length <= LINE_BYTES_MAX
          ? new RawLine(number, start, text(line, LINE_BYTES_MAX), Ending.COMPLETE)
          : new RawLine(number, start, text(line, SHOWN_BYTES_MAX), Ending.TOO_LONG);
    } catch (EOFException | ZipException e) {
      isBroken = true;
      if (line.size() == 0) {
        number++;
      }
      return new RawLine(number, start, text(line, SHOWN_BYTES_MAX), Ending.TRUNCATED);
    }
  }

  /// Moves to the next line feed in the buffer, or to the buffer's end.
  private boolean toLineEnd() {
    while (at < end && buffer[at] != '\n') {
      at++;
    }
    return at < end;
  }

  /// Whether there is something in the buffer, read from the file if need be.
  private boolean fill() throws IOException {
    if (at == end) {
      at = 0;
      end = 0;
      end = Math.max(0, in.read(buffer, 0, buffer.length));
    }
    return at < end;
  }

  private static String text(ByteArrayOutputStream line, int bytesMax) {
    var bytes = line.toByteArray();
    int length = Math.min(bytes.length, bytesMax);
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    return new String(bytes, 0, length, UTF_8);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
