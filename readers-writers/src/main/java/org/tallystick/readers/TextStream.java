package org.tallystick.readers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.input.BOMInputStream;
import org.apache.commons.io.input.ReaderInputStream;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.domain.usage.UsageFormat.Layout;

/// A usage file as a stream of UTF-8 lines: unpacked (gzip, zip, zstd, told by their first bytes),
/// transcoded, and the elements of a JSON array each on a line of its own. Nothing is unpacked to
/// disk, and no name in an archive is used.
///
/// Where a packed file or an array breaks off, reading throws EOFException or ZipException.
final class TextStream {

  private static final int BUFFER_BYTES = 1 << 16;

  private TextStream() {}

  static InputStream open(InputFile file, UsageFormat format) throws IOException {
    var text = open(file, format.notation().encoding());
    try {
      return format.layout() instanceof Layout.Json ? JsonLines.of(text) : text;
    } catch (IOException | RuntimeException e) {
      text.close();
      throw e;
    }
  }

  /// The text of a file in `encoding`.
  static InputStream open(InputFile file, Charset encoding) throws IOException {
    var raw = new BufferedInputStream(file.open(), BUFFER_BYTES);
    try {
      return transcoded(unpacked(raw, file.path()), encoding);
    } catch (EOFException e) {
      raw.close();
      return brokenOff();
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /// Up to `bytesMax` unpacked bytes of the beginning, of a packed file that breaks off what there
  /// is.
  static byte[] beginning(InputFile file, int bytesMax) throws IOException {
    var beginning = new ByteArrayOutputStream();
    try (var raw = new BufferedInputStream(file.open(), BUFFER_BYTES);
        var in = unpacked(raw, file.path())) {
      for (int c = in.read(); c >= 0 && beginning.size() < bytesMax; c = in.read()) {
        beginning.write(c);
      }
    } catch (EOFException | ZipException e) {
      // the lines tell that it is cut
    }
    return beginning.toByteArray();
  }

  private static InputStream unpacked(BufferedInputStream raw, Path file) throws IOException {
    raw.mark(4);
    var magic = raw.readNBytes(4);
    raw.reset();
    if (startsWith(magic, 0x1f, 0x8b)) {
      return new GZIPInputStream(raw, BUFFER_BYTES);
    }
    if (startsWith(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
      return new BrokenZstd(new ZstdInputStream(raw));
    }
    if (startsWith(magic, 'P', 'K', 3, 4) || startsWith(magic, 'P', 'K', 5, 6)) {
      raw.close();
      return theOneIn(file);
    }
    return raw;
  }

  private static boolean startsWith(byte[] bytes, int... expected) {
    for (int i = 0; i < expected.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private static InputStream theOneIn(Path file) throws IOException {
    var zip = new ZipFile(file.toFile());
    List<? extends ZipEntry> files = zip.stream().filter(entry -> !entry.isDirectory()).toList();
    if (files.size() != 1) {
      zip.close();
      throw new UnreadableFile(
          file
              + " holds "
              + files.size()
              + " files; expected one: unpack it and import its folder");
    }
    return new FilterInputStream(zip.getInputStream(files.getFirst())) {
      @Override
      public void close() throws IOException {
        zip.close();
      }
    };
  }

  /// As UTF-8, whatever `encoding` it is in; what is not of it becomes U+FFFD. UTF-16 is known by
  /// its byte order mark too.
  private static InputStream transcoded(InputStream in, Charset encoding) throws IOException {
    var marked =
        BOMInputStream.builder()
            .setInputStream(in)
            .setByteOrderMarks(ByteOrderMark.UTF_8, ByteOrderMark.UTF_16LE, ByteOrderMark.UTF_16BE)
            .get();
    var mark = marked.getBOMCharsetName();
    var charset = mark == null ? encoding : Charset.forName(mark);
    if (charset.equals(UTF_8) || charset.equals(StandardCharsets.US_ASCII)) {
      return marked;
    }
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    return ReaderInputStream.builder()
        .setReader(new InputStreamReader(marked, decoder))
        .setCharset(UTF_8)
        .get();
  }

  /// A stream that was cut inside its header.
  private static InputStream brokenOff() {
    return new InputStream() {
      @Override
      public int read() throws EOFException {
        throw new EOFException("cut inside the header");
      }

      @Override
      public int read(byte[] target, int from, int length) throws EOFException {
        return read();
      }
    };
  }

  /// Tells a damaged stream as the others do.
  private static final class BrokenZstd extends FilterInputStream {

    BrokenZstd(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      try {
        return super.read(target, from, length);
      } catch (ZstdIOException e) {
        throw (EOFException) new EOFException(e.getMessage()).initCause(e);
      }
    }
  }
}
