package org.tallystick.readers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.commons.io.function.IOSupplier;
import org.apache.commons.io.input.BoundedInputStream;
import org.tallystick.domain.digest.Sha256;
import org.tallystick.domain.usage.Disposition.Accepted;
import org.tallystick.domain.usage.Disposition.Filtered;
import org.tallystick.domain.usage.Disposition.Suspended;
import org.tallystick.domain.usage.UsageFormat;

/// A file of input as it lies there when it is looked at: what it is called, how large it is, and
/// the SHA-256 of its bytes.
public record InputFile(Path path, String name, long bytes, String sha256) {

  /// So many lines at the beginning tell whether a file is of a format at all.
  private static final int LINES_LOOKED_AT = 100;

  /// Looks at a file, reading it once. Throws [UnreadableFile] when it is no readable file.
  public static InputFile of(Path path) {
    if (!Files.exists(path)) {
      throw new UnreadableFile("there is no file " + path);
    }
    if (!Files.isRegularFile(path)) {
      throw new UnreadableFile(path + " is not a file");
    }
    var digest = Sha256.digest();
    long bytes = digest(path, Long.MAX_VALUE, digest);
    return new InputFile(
        path, String.valueOf(path.getFileName()), bytes, Sha256.hex(digest.digest()));
  }

  /// Feeds the first `bytesMax` bytes to `digest`; how many there were.
  private static long digest(Path path, long bytesMax, MessageDigest digest) {
    long bytes = 0;
    try (var in = BoundedInputStream.builder().setPath(path).setMaxCount(bytesMax).get()) {
      var buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        bytes += n;
      }
      return bytes;
    } catch (IOException e) {
      throw new UnreadableFile(path + " cannot be read: " + e.getMessage());
    }
  }

  /// Its bytes as they were when it was looked at. What somebody appended since is not read.
  InputStream open() throws IOException {
    return BoundedInputStream.builder().setPath(path).setMaxCount(bytes).get();
  }

  /// When somebody wrote to it last.
  FileTime lastModified() {
    try {
      return Files.getLastModifiedTime(path);
    } catch (IOException e) {
      throw new UnreadableFile(path + " cannot be read: " + e.getMessage());
    }
  }

  /// Refuses a file whose bytes are not those that it is known by; there may be more.
  public void requireUnchanged() {
    var digest = Sha256.digest();
    digest(path, bytes, digest);
    var found = Sha256.hex(digest.digest());
    if (!found.equals(sha256)) {
      throw new UnreadableFile(
          "the first %,d bytes of %s changed: expected SHA-256 %s, found %s; put them back"
                  .formatted(bytes, path, sha256, found)
              + " as they were and give the command again");
    }
  }

  /// The physical lines of the file, counted apart from the reader that parses them; the place
  /// where a packed file breaks off counts as one.
  public long countLines(UsageFormat format) {
    return countLines(() -> TextStream.open(this, format));
  }

  /// The same of a text in UTF-8.
  public long countLines() {
    return countLines(() -> TextStream.open(this, UTF_8));
  }

  private long countLines(IOSupplier<InputStream> text) {
    long lines = 0;
    boolean isAtStart = true;
    try (var in = text.get()) {
      var buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          isAtStart = buffer[i] == '\n';
          lines += isAtStart ? 1 : 0;
        }
      }
      return isAtStart ? lines : lines + 1;
    } catch (EOFException | ZipException e) {
      return lines + 1;
    } catch (IOException e) {
      throw new UnreadableFile(path + " cannot be read: " + e.getMessage());
    }
  }

  /// Refuses a file of which no row among the first lines is what `format` says; the columns that
  /// its lines fall into, by name.
  public List<String> requireFormat(UsageFormat format) {
    var firstProblem = "";
    List<String> columns = List.of();
    try (var lines = LineSource.open(this, format)) {
      var parser = LineParser.of(this, format);
      columns = parser.names();
      for (var line = lines.next();
          line != null && line.number() <= LINES_LOOKED_AT;
          line = lines.next()) {
        switch (parser.parse(line).disposition()) {
          case Accepted _, Filtered _ -> {
            return columns;
          }
          case Suspended(_, var field, var message) -> {
            if (firstProblem.isEmpty()) {
              firstProblem =
                  "line " + line.number() + (field.isEmpty() ? "" : " " + field) + ": " + message;
            }
          }
          case null -> {}
        }
      }
    } catch (ZipException e) {
      throw new UnreadableFile(name + " is not what its first bytes say: " + e.getMessage());
    } catch (IOException e) {
      throw new UnreadableFile(name + " cannot be read: " + e.getMessage());
    }
    if (!firstProblem.isEmpty()) {
      throw new UnreadableFile(
          name
              + " does not look like format '"
              + format.key()
              + "': "
              + firstProblem
              + "; no row of the first "
              + LINES_LOOKED_AT
              + " lines could be read");
    }
    return columns;
  }
}
