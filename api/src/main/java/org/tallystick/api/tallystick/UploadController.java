package org.tallystick.api.tallystick;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tallystick.readers.InputFile;
import org.tallystick.sql.Json;

/// `/api/tallystick/v1/usage-files/uploads`: a usage file in pieces, gone on with after a break.
/// Headers and answers are those of the IETF draft "Resumable Uploads for HTTP".
@RestController
final class UploadController {

  static final String OFFSET = "Upload-Offset";
  static final String COMPLETE = "Upload-Complete";
  static final String YES = "?1";
  private static final String NO = "?0";
  private static final String LENGTH = "Upload-Length";
  private static final String PATH = UsageFileController.PATH + "/uploads";
  private static final String ONE = PATH + "/{id}";

  private final Uploads uploads;
  private final UploadAdmission admission;

  UploadController(Uploads uploads, UploadAdmission admission) {
    this.uploads = uploads;
    this.admission = admission;
  }

  @PostMapping(PATH)
  ResponseEntity<String> create(HttpServletRequest request) {
    var announced = Announcement.of(request, Checksum.header(request, Checksum.OF_FILE));
    admission.requireWelcome(announced);
    var upload = uploads.begin(announced, number(request, LENGTH));
    uploads.keep(upload);
    return ResponseEntity.created(URI.create(path(upload)))
        .headers(headers(upload))
        .contentType(MediaType.APPLICATION_JSON)
        .body(Json.pretty(json(upload)));
  }

  /// HEAD too.
  @GetMapping(ONE)
  ResponseEntity<String> show(@PathVariable String id) {
    var upload = find(id);
    return ResponseEntity.ok()
        .headers(headers(upload))
        .contentType(MediaType.APPLICATION_JSON)
        .body(Json.pretty(json(upload)));
  }

  @PatchMapping(ONE)
  ResponseEntity<String> append(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    var upload = find(id);
    requireOpen(upload);
    long offset =
        number(request, OFFSET)
            .orElseThrow(() ->
                Problems.badRequest(
                    OFFSET + ": expected the byte that the body begins with, found nothing"));
    boolean isLast = isLast(request);
    uploads.append(
        upload, offset, request.getInputStream(), Checksum.header(request, Checksum.OF_CONTENT));
    long bytes = upload.offset();
    if (isLast) {
      requireLength(upload, bytes);
    }
    return isLast || upload.length().equals(OptionalLong.of(bytes))
        ? admission.admit(upload, InputFile.of(upload.content()).sha256())
        : ResponseEntity.noContent().headers(headers(upload)).build();
  }

  @DeleteMapping(ONE)
  ResponseEntity<String> delete(@PathVariable String id) {
    var upload = find(id);
    requireOpen(upload);
    uploads.delete(upload);
    return ResponseEntity.noContent().build();
  }

  private Upload find(String id) {
    return uploads
        .find(id)
        .orElseThrow(
            () -> Problems.notFound("there is no upload '" + Announcement.shown(id) + "'"));
  }

  private static void requireOpen(Upload upload) {
    if (upload.run().isPresent()) {
      throw new Refusal(
          HttpStatus.CONFLICT,
          "the upload is complete; run " + upload.run().getAsLong() + " takes it in",
          Map.of(
              "type",
              "https://iana.org/assignments/http-problem-types#completed-upload",
              "run",
              upload.run().getAsLong(),
              "links",
              Map.of("run", RunController.path(upload.run().getAsLong()))));
    }
  }

  private static boolean isLast(HttpServletRequest request) {
    return switch (Optional.ofNullable(request.getHeader(COMPLETE)).orElse(NO)) {
      case YES -> true;
      case NO -> false;
      case String other ->
          throw Problems.badRequest(
              COMPLETE + ": expected ?0 or ?1, found '" + Announcement.shown(other) + "'");
    };
  }

  private static void requireLength(Upload upload, long bytes) {
    long length = upload.length().orElse(bytes);
    if (bytes != length) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST,
          "expected "
              + length
              + " bytes as announced, found "
              + bytes
              + "; they are kept, go on with the rest",
          Map.of(
              "type",
              "https://iana.org/assignments/http-problem-types#inconsistent-upload-length",
              Problems.OFFSET_EXPECTED,
              bytes));
    }
  }

  /// A header with a number of bytes.
  private static OptionalLong number(HttpServletRequest request, String header) {
    var value = request.getHeader(header);
    if (value == null) {
      return OptionalLong.empty();
    }
    if (!value.matches("[0-9]{1,15}")) {
      throw Problems.badRequest(
          header + ": expected a number of bytes, found '" + Announcement.shown(value) + "'");
    }
    return OptionalLong.of(Long.parseLong(value));
  }

  private HttpHeaders headers(Upload upload) {
    var headers = new HttpHeaders();
    headers.set(OFFSET, String.valueOf(upload.offset()));
    headers.set(COMPLETE, upload.run().isPresent() ? YES : NO);
    upload.length().ifPresent(length -> headers.set(LENGTH, String.valueOf(length)));
    headers.set("Upload-Limit", "max-size=" + uploads.bytesMax());
    headers.setCacheControl(CacheControl.noStore());
    return headers;
  }

  private static Map<String, Object> json(Upload upload) {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", upload.id().toString());
    json.put("file", upload.announced().name());
    json.put("format", upload.announced().format());
    upload.announced().sha256().ifPresent(sha256 -> json.put("sha256", sha256));
    json.put("offset", upload.offset());
    upload.length().ifPresent(length -> json.put("length", length));
    json.put("complete", upload.run().isPresent());
    var links = new LinkedHashMap<String, Object>();
    links.put("upload", path(upload));
    upload
        .run()
        .ifPresent(run -> {
          json.put("run", run);
          links.put("run", RunController.path(run));
        });
    json.put("links", links);
    return json;
  }

  private static String path(Upload upload) {
    return PATH + "/" + upload.id();
  }
}
