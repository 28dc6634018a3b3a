package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.sql.Json;

/// Prices tried from outside: over HTTP, and from the command line without a server.
class SimulateTest {

  private static final String BODY =
      """
      {"currency": "USD", "lines": [{"name": "Calls", "quantity": "QUANTITY",
       "period": {"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"},
       "invoiceAt": "2026-02-01T00:00:00Z",
       "rateCard": {"price": {"type": "unit", "amount": "0.005"}}}]}
      """;

  @TempDir private Path directory = Path.of("");

  @Test
  void theServerAnswersWhoBearsTheKey() throws Exception {
    try (var world = World.empty(Map.of())) {
      world.apply(World.CATALOG);
      var server =
          world.start(Map.of("TALLYSTICK_API_KEY", "k-1"), List.of(), "serve", "--port", "0");
      try {
        var base = server.line("listening on").replaceFirst("(?s).*(http://[^,]*),.*", "$1");
        var good = post(base, "user-1", "Bearer k-1", body("3"));
        assertThat(good.statusCode()).as(good.body()).isEqualTo(200);
        assertThat(Json.read(good.body()))
            .extracting("totals.total", "customer.name")
            .containsExactly("0.02", "User 1");
        var id = good.body().replaceFirst("(?s).*\"customer\":\\{\"id\":\"([^\"]*)\".*", "$1");
        assertThat(post(base, id, "Bearer k-1", body("3")).body()).contains("\"User 1\"");
        var bad = post(base, "user-1", "Bearer k-1", body("x"));
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.headers().firstValue("Content-Type").orElse(""))
            .isEqualTo("application/problem+json");
        assertThat(bad.body()).contains("lines[0].quantity").doesNotContain("\tat ");
        assertThat(post(base, "user-0", "Bearer k-1", body("3")).statusCode()).isEqualTo(404);
        assertThat(post(base, "user-1", "Bearer k-2", body("3")).statusCode()).isEqualTo(401);
      } finally {
        server.kill();
      }
    }
  }

  @Test
  void aBodyALineIsAnsweredWithAResultALine() throws IOException {
    var lines = List.of(body("1"), body("x"), "{", body("3"));
    var file = directory.resolve("bodies.ndjson");
    Files.writeString(
        file, String.join("\n", lines.stream().map(l -> l.replace("\n", "")).toList()));
    var ended = run("simulate", file.toString());
    assertThat(ended.exitCode()).isEqualTo(2);
    var results = ended.output().lines().toList();
    assertThat(results).hasSize(4);
    assertThat(results.get(0)).contains("\"total\":\"0.01\"");
    assertThat(results.get(1)).contains("lines[0].quantity").contains("\"status\":400");
    assertThat(results.get(2)).contains("expected JSON");
    assertThat(results.get(3)).contains("\"total\":\"0.02\"");
  }

  @Test
  void oneBodyMayBeSpreadOverLines() throws IOException {
    var file = Files.writeString(directory.resolve("body.json"), body("3"));
    var ended = run("simulate", file.toString());
    assertThat(ended.exitCode()).isZero();
    assertThat(Json.read(ended.output())).extracting("totals.total").isEqualTo("0.02");
    Files.writeString(file, body("3").replace("\"currency\"", "\"money\""));
    var refused = run("simulate", file.toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output()).contains("body.json: field 'currency': is missing");
  }

  @Test
  void whatIsNoJsonIsToldInALine() throws IOException {
    var file = Files.write(directory.resolve("noise.json"), new byte[] {'{', (byte) 0xff, 0, 10});
    for (var unreadable : List.of(file, directory, directory.resolve("missing.json"))) {
      var ended = run("simulate", unreadable.toString());
      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.output())
          .contains(unreadable.getFileName().toString())
          .doesNotContain("\tat ");
    }
  }

  private static String body(String quantity) {
    return BODY.replace("QUANTITY", quantity);
  }

  private static ChildCommand.Result run(String... arguments) {
    return ChildCommand.start(Map.of(), List.of(), List.of(arguments)).await();
  }

  private static HttpResponse<String> post(
      String base, String customer, String authorization, String body)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var path = "/api/v1/billing/customers/" + customer + "/invoices/simulate";
      return client.send(
          HttpRequest.newBuilder(URI.create(base + path))
              .header("Authorization", authorization)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }
}
