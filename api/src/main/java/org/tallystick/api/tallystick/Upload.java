package org.tallystick.api.tallystick;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallystick.readers.InputFile;
import org.tallystick.sql.Json;

/// A usage file that comes, or came, over HTTP, in a folder of its own.
///
/// @param folder named by `id`; nothing that a client says is ever part of a path
/// @param length the bytes that there will be, if the client said so; of an admitted upload, the
///   bytes that there are
/// @param run the number of the run that takes it in, once it is admitted
record Upload(UUID id, Path folder, Announcement announced, OptionalLong length, OptionalLong run) {

  private static final String STATE = "upload.json";

  /// The bytes that came.
  Path content() {
    return folder.resolve("content");
  }

  /// What is known of it.
  Path state() {
    return state(folder);
  }

  static Path state(Path folder) {
    return folder.resolve(STATE);
  }

  /// The bytes that are there; of one that was taken in, those that were.
  long offset() {
    try {
      return run.isPresent() ? length.orElseThrow() : Files.size(content());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same as it is known by from now on.
  Upload admitted(InputFile file, long runNo) {
    return new Upload(
        id,
        folder,
        new Announcement(announced.format(), announced.name(), Optional.of(file.sha256())),
        OptionalLong.of(file.bytes()),
        OptionalLong.of(runNo));
  }

  /// The file of an admitted upload.
  InputFile file() {
    return new InputFile(
        content(), announced.name(), length.orElseThrow(), announced.sha256().orElseThrow());
  }

  /// As it is kept in its folder.
  String json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("format", announced.format());
    json.put("name", announced.name());
    announced.sha256().ifPresent(sha256 -> json.put("sha256", sha256));
    length.ifPresent(bytes -> json.put("length", bytes));
    run.ifPresent(runNo -> json.put("run", runNo));
    return Json.pretty(json);
  }

  /// The one that is kept in `folder` as `json`.
  static Upload of(Path folder, String json) {
    var kept = Json.read(json);
    return new Upload(
        UUID.fromString(String.valueOf(folder.getFileName())),
        folder,
        new Announcement(
            String.valueOf(kept.get("format")),
            String.valueOf(kept.get("name")),
            Optional.ofNullable(kept.get("sha256")).map(Object::toString)),
        number(kept.get("length")),
        number(kept.get("run")));
  }

  private static OptionalLong number(@Nullable Object value) {
    return value instanceof Number number
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }
}
