package org.tallystick.api.tallystick;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.tallystick.domain.run.RunKind;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.FileReport;
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
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run", run.runNo());
    json.put("kind", run.kind().code());
    json.put("asOf", run.asOf() == null ? null : run.asOf().toString());
    json.put("scope", run.scope());
    json.put("number", run.number());
    json.put("state", run.state().code());
    json.put("message", run.message());
    json.put("requestedAt", run.requestedAt().toString());
    json.put("finishedAt", run.finishedAt() == null ? null : run.finishedAt().toString());
    json.put("outputHash", run.outputHash());
    if (run.kind() == RunKind.IMPORT) {
      json.put("report", new FileReport(jdbc).of(run.scope()));
    } else {
      json.put("outcome", new RunReport(jdbc).outcome(run.id()));
      json.put("quarantined", new RunReport(jdbc).quarantined(run.id()));
    }
    json.put("links", Map.of("run", path(run.runNo())));
    return json;
  }
}
