package org.tallystick.api.tallystick;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tallystick.readers.InputFile;

/// `POST /api/tallystick/v1/usage-files`: a usage file in one request, as the body or as a part of
/// a form. It goes to disk as it comes.
@RestController
final class UsageFileController {

  static final String PATH = "/api/tallystick/v1/usage-files";
  private static final String FILE = "file";
  private static final int FIELD_BYTES_MAX = 1_000;

  private final Uploads uploads;
  private final UploadAdmission admission;

  UsageFileController(Uploads uploads, UploadAdmission admission) {
    this.uploads = uploads;
    this.admission = admission;
  }

  @PostMapping(PATH)
  ResponseEntity<String> upload(HttpServletRequest request) throws IOException {
    uploads.prepare(request.getContentLengthLong());
    var type = Optional.ofNullable(request.getContentType()).orElse("");
    return type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")
        ? form(request)
        : body(request);
  }

  private ResponseEntity<String> body(HttpServletRequest request) throws IOException {
    var digest =
        Checksum.same(
            Checksum.header(request, Checksum.OF_CONTENT),
            Checksum.header(request, Checksum.OF_FILE));
    var announced = Announcement.of(request, digest);
    admission.requireWelcome(announced);
    return received(
        announced,
        upload -> uploads.append(upload, 0, request.getInputStream(), announced.sha256()));
  }

  /// The container has put each part into a file of its own; that of the usage file is moved.
  private ResponseEntity<String> form(HttpServletRequest request) throws IOException {
    var fields = Announcement.query(request);
    Optional<Part> file = Optional.empty();
    for (var part : parts(request)) {
      if (part.getName().equals(FILE)) {
        file = Optional.of(part);
      } else {
        fields.put(part.getName(), text(part));
      }
    }
    var part = file.orElseThrow(() -> Problems.badRequest("expected a part 'file', found none"));
    var name = part.getSubmittedFileName();
    if (name != null) {
      fields.putIfAbsent("name", name);
    }
    var announced = Announcement.of(fields, Optional.empty());
    admission.requireWelcome(announced);
    return received(
        announced,
        upload -> {
          part.write(upload.content().toString());
          return InputFile.of(upload.content()).sha256();
        });
  }

  private static Iterable<Part> parts(HttpServletRequest request) {
    try {
      return request.getParts();
    } catch (IllegalStateException e) {
      throw new Refusal(
          HttpStatus.CONTENT_TOO_LARGE, "the parts are too large or too many: " + e.getMessage());
    } catch (IOException | ServletException e) {
      throw Problems.badRequest("expected a form in parts: " + e.getMessage());
    }
  }

  private static String text(Part part) throws IOException {
    try (var in = part.getInputStream()) {
      return new String(in.readNBytes(FIELD_BYTES_MAX), UTF_8);
    }
  }

  private ResponseEntity<String> received(Announcement announced, Receipt receipt)
      throws IOException {
    var upload = uploads.begin(announced, OptionalLong.empty());
    boolean isAdmitted = false;
    try {
      var answer = admission.admit(upload, receipt.sha256(upload));
      isAdmitted = true;
      return answer;
    } finally {
      if (!isAdmitted) {
        uploads.delete(upload);
      }
    }
  }

  /// Puts the bytes into an upload.
  private interface Receipt {

    /// Their SHA-256.
    String sha256(Upload upload) throws IOException;
  }
}
