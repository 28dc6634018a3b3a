package org.tallystick.api.tallystick;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.util.FileSystemUtils;
import org.tallystick.domain.digest.Sha256;

/// Uploads on disk, each in a folder named by its UUID, so that they outlive the process. What came
/// of a body that broke off is kept; memory is bounded by one buffer.
final class Uploads {

  /// What nobody can go on with is deleted when it was not touched for so long.
  private static final Duration RUBBLE_KEPT = Duration.ofHours(1);

  /// What somebody might go on with, or ask for.
  private static final Duration KEPT = Duration.ofDays(7);

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path folder;
  private final long bytesMax;
  private final Clock clock;

  Uploads(Path folder, long bytesMax, Clock clock) {
    this.folder = folder;
    this.bytesMax = bytesMax;
    this.clock = clock;
  }

  /// The bytes that an upload may have.
  long bytesMax() {
    return bytesMax;
  }

  /// An empty upload. Nobody finds it again before it is kept.
  Upload begin(Announcement announced, OptionalLong length) {
    requireAtMost(length.orElse(0));
    try {
      var id = UUID.randomUUID();
      var upload =
          new Upload(
              id,
              Files.createDirectories(folder.resolve(id.toString())),
              announced,
              length,
              OptionalLong.empty());
      Files.createFile(upload.content());
      return upload;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes sure that the folder is there, and refuses what is announced to be too large; unknown is
  /// below 0.
  void prepare(long bytes) throws IOException {
    requireAtMost(bytes);
    Files.createDirectories(folder);
  }

  /// Notes what is known of an upload; a process that starts finds it.
  void keep(Upload upload) {
    try {
      var part = Files.writeString(upload.folder().resolve(".part"), upload.json());
      Files.move(part, upload.state(), ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The kept upload that `id` names, whatever a client may have written there.
  Optional<Upload> find(String id) {
    try {
      return read(folder.resolve(UUID.fromString(id).toString()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The uploads that were admitted and still have their bytes.
  List<Upload> admitted() {
    return entries().stream()
        .flatMap(entry -> read(entry).stream())
        .filter(upload -> upload.run().isPresent() && Files.exists(upload.content()))
        .toList();
  }

  /// Appends what `in` holds at `offset`, which must be the end of what is there; its SHA-256,
  /// which must be the `expected` one. If `in` breaks off, what came of it stays; if it is refused,
  /// nothing of it does.
  String append(Upload upload, long offset, InputStream in, Optional<String> expected)
      throws IOException {
    try (var channel = FileChannel.open(upload.content(), CREATE, WRITE);
        var _ = lock(channel)) {
      requireOffset(offset, channel.size());
      channel.position(offset);
      var digest = Sha256.digest();
      try {
        copy(in, channel, upload, digest);
        var found = Sha256.hex(digest.digest());
        Checksum.require(expected, found);
        channel.force(true);
        return found;
      } catch (Refusal refusal) {
        channel.truncate(offset);
        throw refusal;
      }
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      var lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      // Held by another request to this process.
    }
    throw new Refusal(
        HttpStatus.CONFLICT,
        "another request is appending to this upload; ask for its offset when that has ended");
  }

  private static void requireOffset(long given, long expected) {
    if (given != expected) {
      throw new Refusal(
          HttpStatus.CONFLICT,
          "Upload-Offset: expected " + expected + ", found " + given,
          Map.of(
              "type",
              "https://iana.org/assignments/http-problem-types#mismatching-upload-offset",
              Problems.OFFSET_EXPECTED,
              expected,
              "provided-offset",
              given));
    }
  }

  private void copy(InputStream in, FileChannel channel, Upload upload, MessageDigest digest)
      throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
      long bytes = channel.position() + n;
      if (bytes > upload.length().orElse(Long.MAX_VALUE)) {
        throw Problems.badRequest(
            "expected " + upload.length().getAsLong() + " bytes as announced, found more");
      }
      requireAtMost(bytes);
      digest.update(buffer, 0, n);
      write(channel, ByteBuffer.wrap(buffer, 0, n));
    }
  }

  private static int read(InputStream in, byte[] buffer) throws EOFException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw (EOFException) new EOFException("the body broke off").initCause(e);
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new Refusal(
          HttpStatus.INSUFFICIENT_STORAGE, "the disk does not take it: " + e.getMessage());
    }
  }

  private void requireAtMost(long bytes) {
    if (bytes > bytesMax) {
      throw new Refusal(
          HttpStatus.CONTENT_TOO_LARGE,
          "expected at most %,d bytes (tallystick.upload.size-max), found more"
              .formatted(bytesMax));
    }
  }

  /// Deletes the bytes of an upload that was taken in; what is known of it stays a while, for a
  /// client that did not get the answer.
  void release(Upload upload) {
    delete(upload.content());
  }

  void delete(Upload upload) {
    delete(upload.folder());
  }

  /// Deletes what nobody touched for long. What is admitted and not taken in stays.
  void expire() {
    for (var entry : entries()) {
      var upload = read(entry);
      boolean isOwed =
          upload.isPresent()
              && upload.get().run().isPresent()
              && Files.exists(upload.get().content());
      if (!isOwed && isUntouched(entry, upload.isPresent() ? KEPT : RUBBLE_KEPT)) {
        delete(entry);
      }
    }
  }

  private boolean isUntouched(Path entry, Duration span) {
    var bound = clock.instant().minus(span);
    try (var within = Files.walk(entry)) {
      for (var path : within.toList()) {
        if (Files.getLastModifiedTime(path).toInstant().isAfter(bound)) {
          return false;
        }
      }
      return true;
    } catch (IOException | UncheckedIOException e) {
      // Somebody else deletes it at this moment.
      return false;
    }
  }

  private List<Path> entries() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Upload> read(Path entry) {
    var state = Upload.state(entry);
    try {
      return Files.exists(state)
          ? Optional.of(Upload.of(entry, Files.readString(state)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path path) {
    try {
      FileSystemUtils.deleteRecursively(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
