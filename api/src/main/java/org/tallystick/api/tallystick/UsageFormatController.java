package org.tallystick.api.tallystick;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.input.BoundedInputStream;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tallystick.readers.CatalogFile;
import org.tallystick.readers.CatalogRefused;
import org.tallystick.readers.FormatDetection;
import org.tallystick.readers.InputFile;
import org.tallystick.readers.UnreadableFile;
import org.tallystick.readers.UsageFormats;
import org.tallystick.sql.Json;
import org.tallystick.writers.catalog.CatalogWriter;

/// `/api/tallystick/v1/usage-formats`: the formats that the catalog declares, as it does by now,
/// and those that come along; declares one; says which one reads a file, or proposes one.
@RestController
final class UsageFormatController {

  static final String PATH = "/api/tallystick/v1/usage-formats";

  private static final int DEFINITION_BYTES_MAX = 1 << 16;
  private static final int SAMPLE_BYTES_MAX = 1 << 26;

  private final UsageFormats formats;
  private final CatalogWriter catalog;

  UsageFormatController(JdbcClient jdbc, CatalogWriter catalog) {
    this.formats = new UsageFormats(jdbc);
    this.catalog = catalog;
  }

  @GetMapping(PATH)
  ResponseEntity<String> list() {
    return answer(
        Map.of("formats", formats.keys().stream().flatMap(key -> json(key).stream()).toList()));
  }

  @GetMapping(PATH + "/{key}")
  ResponseEntity<String> show(@PathVariable String key) {
    return answer(
        json(key)
            .orElseThrow(
                () -> Problems.notFound("there is no format '" + Announcement.shown(key) + "'")));
  }

  /// The body is the format, in YAML or JSON, as `GET` shows its definition.
  @PutMapping(PATH + "/{key}")
  ResponseEntity<String> declare(@PathVariable String key, HttpServletRequest request)
      throws IOException {
    var bytes = body(request, DEFINITION_BYTES_MAX).readAllBytes();
    requireAtMost(DEFINITION_BYTES_MAX, bytes.length);
    var body = new String(bytes, UTF_8);
    try {
      var file = CatalogFile.format(new StringReader(body), "the body");
      var declared = file.declarations().getFirst().key();
      if (!declared.equals(key)) {
        throw Problems.badRequest(
            "key: expected '%s', as in the path, found '%s'"
                .formatted(Announcement.shown(key), Announcement.shown(declared)));
      }
      catalog.apply(file, Optional.empty(), false);
    } catch (CatalogRefused refused) {
      throw Problems.badRequest(String.valueOf(refused.getMessage()));
    }
    return show(key);
  }

  /// The body is a usage file, or the first rows of one. It goes to disk as it comes.
  @PostMapping(PATH + "/detect")
  ResponseEntity<String> detect(HttpServletRequest request) throws IOException {
    var sample = Files.createTempFile("tallystick-sample", "");
    try {
      long bytes = Files.copy(body(request, SAMPLE_BYTES_MAX), sample, REPLACE_EXISTING);
      requireAtMost(SAMPLE_BYTES_MAX, bytes);
      var sent = InputFile.of(sample);
      var name = Announcement.name(Announcement.query(request).getOrDefault("name", ""));
      return detect(new InputFile(sample, name, sent.bytes(), sent.sha256()));
    } catch (UnreadableFile unreadable) {
      throw Problems.badRequest(String.valueOf(unreadable.getMessage()));
    } finally {
      Files.delete(sample);
    }
  }

  private ResponseEntity<String> detect(InputFile file) {
    var fits = FormatDetection.fits(file, formats.all());
    if (!fits.isEmpty()) {
      return answer(Map.of("fits", fits));
    }
    var proposal = FormatDetection.propose(file);
    return answer(Map.of("proposal", proposal.yaml(), "fit", proposal.fit()));
  }

  /// One byte more than there may be, at most.
  private static InputStream body(HttpServletRequest request, int bytesMax) throws IOException {
    return BoundedInputStream.builder()
        .setInputStream(request.getInputStream())
        .setMaxCount(bytesMax + 1L)
        .get();
  }

  private static void requireAtMost(int bytesMax, long bytes) {
    if (bytes > bytesMax) {
      throw new Refusal(
          HttpStatus.CONTENT_TOO_LARGE,
          "expected at most " + bytesMax + " bytes, found more",
          Map.of());
    }
  }

  private Optional<Map<String, Object>> json(String key) {
    return formats
        .definition(key)
        .map(definition -> {
          var json = new LinkedHashMap<String, Object>();
          json.put("key", key);
          json.put("declared", formats.isDeclared(key) ? "catalog" : "built in");
          json.put("definition", definition);
          json.put("links", Map.of("format", PATH + "/" + key));
          return json;
        });
  }

  private static ResponseEntity<String> answer(Map<String, Object> json) {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Json.pretty(json));
  }
}
