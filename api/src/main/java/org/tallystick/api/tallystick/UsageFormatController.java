package org.tallystick.api.tallystick;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.tallystick.readers.UsageFormats;
import org.tallystick.sql.Json;

/// `GET /api/tallystick/v1/usage-formats`: the formats that the catalog declares, as it does by
/// now, and those that come along.
@RestController
final class UsageFormatController {

  static final String PATH = "/api/tallystick/v1/usage-formats";

  private final UsageFormats formats;

  UsageFormatController(JdbcClient jdbc) {
    this.formats = new UsageFormats(jdbc);
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
