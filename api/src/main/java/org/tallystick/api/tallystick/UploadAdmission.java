package org.tallystick.api.tallystick;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.run.RunKind;
import org.tallystick.domain.run.RunState;
import org.tallystick.jobs.Lookout;
import org.tallystick.jobs.RunRefused;
import org.tallystick.jobs.Runs;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.InputFile;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.UnreadableFile;
import org.tallystick.readers.UsageFormats;
import org.tallystick.sql.Json;
import org.tallystick.writers.IntakeFiles;

/// What an uploaded file must be before a run is requested for it.
final class UploadAdmission {

  private final Runs runs;
  private final RunReader reader;
  private final IntakeFiles files;
  private final UsageFormats formats;
  private final Uploads uploads;
  private final Lookout imports;

  UploadAdmission(Runs runs, JdbcClient jdbc, Uploads uploads, Lookout imports) {
    this.runs = runs;
    this.reader = new RunReader(jdbc);
    this.files = new IntakeFiles(jdbc);
    this.formats = new UsageFormats(jdbc);
    this.uploads = uploads;
    this.imports = imports;
  }

  /// Refuses a file that needs not come: its format is unknown, or its content is known.
  void requireWelcome(Announcement announced) {
    var keys = formats.keys();
    if (!keys.contains(announced.format())) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST,
          "format: there is no '"
              + Announcement.shown(announced.format())
              + "'; expected one of "
              + keys,
          Map.of("formats", keys));
    }
    announced.sha256().ifPresent(this::requireNew);
  }

  private void requireNew(String sha256) {
    var taken = files.taken(sha256);
    if (taken.isEmpty()) {
      return;
    }
    var members = new LinkedHashMap<String, Object>();
    members.put("file", taken.get().name());
    members.put("day", taken.get().day().toString());
    latest(sha256)
        .ifPresent(run -> {
          members.put("run", run.runNo());
          members.put("links", Map.of("run", RunController.path(run.runNo())));
        });
    throw new Refusal(
        HttpStatus.CONFLICT,
        "this content was imported before, as %s on %s; nothing was changed"
            .formatted(taken.get().name(), taken.get().day()),
        members);
  }

  /// Requests the run of a file that is there, with this SHA-256, and answers 202. If it is
  /// refused, nothing of it stays.
  ResponseEntity<String> admit(Upload upload, String sha256) throws IOException {
    try {
      Checksum.require(upload.announced().sha256(), sha256);
      requireNew(sha256);
      var file =
          new InputFile(
              upload.content(), upload.announced().name(), Files.size(upload.content()), sha256);
      var run = underWay(upload, sha256).orElseGet(() -> request(upload, file));
      var admitted = upload.admitted(file, run.runNo());
      uploads.keep(admitted);
      imports.wake();
      return accepted(admitted, run);
    } catch (Refusal refusal) {
      uploads.delete(upload);
      throw refusal;
    }
  }

  /// The run of the same content that is not at its end yet.
  private Optional<BusinessRun> underWay(Upload upload, String sha256) {
    return latest(sha256)
        .filter(run -> run.state() == RunState.REQUESTED || run.state() == RunState.RUNNING)
        .filter(_ -> files.formatOf(sha256).equals(upload.announced().format()));
  }

  private BusinessRun request(Upload upload, InputFile file) {
    try {
      return runs.requestImport(file, upload.announced().format());
    } catch (UnreadableFile e) {
      throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, message(e, file));
    } catch (RunRefused | CannotAcquireLockException e) {
      throw new Refusal(HttpStatus.CONFLICT, message(e, file));
    }
  }

  /// Clients know the file by its name, not by where it lies.
  private static String message(RuntimeException e, InputFile file) {
    return String.valueOf(e.getMessage()).replace(file.path().toString(), file.name());
  }

  private Optional<BusinessRun> latest(String sha256) {
    return reader.latest(RunKind.IMPORT, Optional.empty(), sha256);
  }

  private static ResponseEntity<String> accepted(Upload upload, BusinessRun run) {
    var json = new LinkedHashMap<String, Object>();
    json.put("run", run.runNo());
    json.put("state", run.state().code());
    json.put("file", upload.announced().name());
    json.put("sha256", upload.announced().sha256().orElseThrow());
    json.put("bytes", upload.offset());
    json.put("format", upload.announced().format());
    json.put("links", Map.of("run", RunController.path(run.runNo())));
    return ResponseEntity.accepted()
        .location(URI.create(RunController.path(run.runNo())))
        .header(UploadController.COMPLETE, UploadController.YES)
        .contentType(MediaType.APPLICATION_JSON)
        .body(Json.pretty(json));
  }
}
