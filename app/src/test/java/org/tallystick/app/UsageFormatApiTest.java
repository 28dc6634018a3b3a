package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.sql.Json;

/// Formats over HTTP: proposed for a file, declared, and then the ones that read it.
class UsageFormatApiTest {

  @TempDir private Path data = Path.of("");

  @Test
  void formatsAreDetectedAndDeclared() throws Exception {
    try (var world = World.empty(Map.of());
        var api = ServedApi.start(world, data, Map.of())) {
      var formats = "/api/tallystick/v1/usage-formats";
      var file = "call;subscriber;at;seconds\nc1;+49;2026-11-01T10:00:00Z;60\n";
      var proposed = Json.read(api.send("POST", formats + "/detect?name=calls.csv", file).body());
      var yaml = String.valueOf(proposed.get("proposal"));
      assertThat(yaml).startsWith("formats:\n  - key: calls\n    layout: csv");
      var format = yaml.replace("formats:\n  - ", "").replaceAll("(?m)^    ", "");
      assertThat(api.send("PUT", formats + "/other", format).body())
          .contains("key: expected 'other', as in the path, found 'calls'");
      assertThat(api.send("PUT", formats + "/calls", format).statusCode()).isEqualTo(200);
      assertThat(Json.read(api.send("PUT", formats + "/calls", format).body()))
          .extracting("declared", "definition.subject")
          .containsExactly("catalog", "subscriber");
      assertThat(api.send("POST", formats + "/detect?name=calls.csv", file).body())
          .contains("\"key\" : \"calls\"", "\"read\" : 1");
      assertThat(api.send("PUT", formats + "/calls", "key: calls\nlayuot: csv\n").body())
          .contains("the body line 2: unknown field 'layuot'");
      assertThat(api.send("POST", formats + "/detect", "no usage").statusCode()).isEqualTo(400);
      var large = "x".repeat(1 << 17);
      assertThat(api.send("PUT", formats + "/calls", large).statusCode()).isEqualTo(413);
    }
  }
}
