package org.tallystick.api.tallystick;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.tallystick.sql.Json;

/// `GET /api/tallystick/v1/usage-formats`: the formats that the catalog declares, each in its
/// latest revision.
@RestController
final class UsageFormatController {

  static final String PATH = "/api/tallystick/v1/usage-formats";
  private static final String SELECT =
      """
      select distinct on (key) key, revision, definition::text as definition
        from catalog_entry
       where kind = 'format'
      """;
  private static final String LATEST = " order by key, revision desc";

  private final JdbcClient jdbc;

  UsageFormatController(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @GetMapping(PATH)
  ResponseEntity<String> list() {
    return answer(
        Map.of("formats", jdbc.sql(SELECT + LATEST).query(UsageFormatController::json).list()));
  }

  @GetMapping(PATH + "/{key}")
  ResponseEntity<String> show(@PathVariable String key) {
    return answer(
        jdbc.sql(SELECT + " and key = :key" + LATEST)
            .param("key", key)
            .query(UsageFormatController::json)
            .optional()
            .orElseThrow(
                () -> Problems.notFound("there is no format '" + Announcement.shown(key) + "'")));
  }

  private static Map<String, Object> json(ResultSet row, int number) throws SQLException {
    var json = new LinkedHashMap<String, Object>();
    json.put("key", row.getString("key"));
    json.put("revision", row.getInt("revision"));
    json.put("definition", Json.read(row.getString("definition")));
    json.put("links", Map.of("format", PATH + "/" + row.getString("key")));
    return json;
  }

  private static ResponseEntity<String> answer(Map<String, Object> json) {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Json.pretty(json));
  }
}
