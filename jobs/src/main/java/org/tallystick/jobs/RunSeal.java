package org.tallystick.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.RunInputs;
import org.tallystick.readers.RunOutput;
import org.tallystick.sql.Json;
import org.tallystick.writers.ControlTotals;
import org.tallystick.writers.RunWriter;

/// Closes a run with its manifest: what went in, what came out, by what engine.
@Component
class RunSeal {

  private final JdbcClient jdbc;
  private final String version;

  RunSeal(JdbcClient jdbc, @Value("${tallystick.version}") String version) {
    this.jdbc = jdbc;
    this.version = version;
  }

  void seal(BusinessRun run) {
    var output = new RunOutput(jdbc);
    var inputs = new RunInputs(jdbc);
    var hash = output.hash(run.id());
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("kind", run.kind().code());
    manifest.put("asOf", String.valueOf(run.asOf()));
    manifest.put("scope", run.scope());
    manifest.put("number", run.number());
    manifest.put("cutoff", run.cutoff() == null ? 0L : run.cutoff());
    manifest.put("engine", version);
    manifest.put("files", inputs.files(run.cutoff() == null ? 0L : run.cutoff()));
    manifest.put("catalog", inputs.catalog());
    manifest.put("controlTotals", Map.copyOf(new ControlTotals(jdbc).of(run.id())));
    manifest.put("outputHash", hash);
    manifest.put("ledgerRoot", output.ledgerRoot());
    new RunWriter(jdbc).post(run.id(), hash, Json.write(manifest));
  }
}
