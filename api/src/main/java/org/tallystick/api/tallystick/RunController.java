package org.tallystick.api.tallystick;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.RunReport;
import org.tallystick.sql.Json;

/// `GET /api/tallystick/v1/runs/{run}`: where a run stands, and what came of it so far.
@RestController
final class RunController {

  private static final String PATH = "/api/tallystick/v1/runs/";

  private final JdbcClient jdbc;

  RunController(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Where the run with this number is shown.
  static String path(long runNo) {
    return PATH + runNo;
  }

  @GetMapping(PATH + "{run}")
  ResponseEntity<String> show(@PathVariable("run") String runNo) {
    var run =
        (runNo.matches("[0-9]{1,18}")
                ? new RunReader(jdbc).byNo(Long.parseLong(runNo))
                : Optional.<BusinessRun>empty())
            .orElseThrow(
                () -> Problems.notFound("there is no run '" + Announcement.shown(runNo) + "'"));
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Json.pretty(json(run)));
  }

  private Map<String, @Nullable Object> json(BusinessRun run) {
    var json = new RunReport(jdbc).of(run);
    json.put("links", Map.of("run", path(run.runNo())));
    return json;
  }
}
