package org.tallystick.readers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// The elements of a JSON array, or one object over many lines, each on a line of its own. Read one
/// after the other, so that memory holds one of them; where the JSON is malformed it breaks off.
final class JsonLines extends InputStream {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final JsonParser parser;
  private byte[] line = {};
  private int at;
  private boolean isAtEnd;

  private JsonLines(InputStream in) {
    this.parser = MAPPER.createParser(in);
  }

  /// `in` itself if it holds a JSON value on each line.
  static InputStream of(InputStream in) throws IOException {
    var buffered = new BufferedInputStream(in);
    return isArrayOrSpread(buffered) ? new JsonLines(buffered) : buffered;
  }

  /// Whether it begins with an array, or with an object whose first line is not the whole of it.
  private static boolean isArrayOrSpread(BufferedInputStream in) throws IOException {
    in.mark(1 << 16);
    var first = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && first.size() < 1 << 15; c = in.read()) {
      if (c == '\n' && !first.toString(UTF_8).isBlank()) {
        break;
      }
      first.write(c);
    }
    in.reset();
    var text = first.toString(UTF_8).strip();
    return text.startsWith("[") || text.equals("{");
  }

  @Override
  public int read() throws IOException {
    if (at == line.length && !advance()) {
      return -1;
    }
    return line[at++] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == line.length && !advance()) {
      return -1;
    }
    int count = Math.min(length, line.length - at);
    System.arraycopy(line, at, target, from, count);
    at += count;
    return count;
  }

  private boolean advance() throws IOException {
    if (isAtEnd) {
      return false;
    }
    try {
      var token = parser.nextToken();
      while (isOuterBracket(token)) {
        token = parser.nextToken();
      }
      if (token == null) {
        isAtEnd = true;
        return false;
      }
      line = element();
      at = 0;
      return true;
    } catch (JacksonException e) {
      isAtEnd = true;
      throw (EOFException) new EOFException(e.getOriginalMessage()).initCause(e);
    }
  }

  /// Elements are passed over as a whole, so an end that shows up is the outer one.
  private boolean isOuterBracket(@Nullable JsonToken token) {
    return token == JsonToken.END_ARRAY
        || (token == JsonToken.START_ARRAY && parser.streamReadContext().getParent().inRoot());
  }

  private byte[] element() {
    var out = new ByteArrayOutputStream();
    try (var generator = MAPPER.createGenerator(out)) {
      generator.copyCurrentStructureExact(parser);
    }
    out.write('\n');
    return out.toByteArray();
  }

  @Override
  public void close() {
    parser.close();
  }
}
