package org.tallystick.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tallystick.sql.Json;

/// `tallystick serve` on a world in a JVM of its own, and a client that bears its key.
final class ServedApi implements AutoCloseable {

  private static final String KEY = "k-1";

  private final ChildCommand server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI base;

  private ServedApi(ChildCommand server) throws IOException {
    this.server = server;
    this.base =
        URI.create(server.line("listening on").replaceFirst("(?s).*(http://[^,]*),.*", "$1"));
  }

  /// Starts one that keeps its files below `data`.
  static ServedApi start(World world, Path data, Map<String, String> environment)
      throws IOException {
    var variables = new TreeMap<>(environment);
    variables.put("TALLYSTICK_API_KEY", KEY);
    return new ServedApi(
        world.start(variables, List.of(), "serve", "--port", "0", "--data", data.toString()));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, BodyPublishers.noBody());
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send(method, path, BodyPublishers.ofString(body), headers);
  }

  /// `headers`: names and values, one after the other.
  HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(base.resolve(path)).method(method, body);
    request.header("Authorization", "Bearer " + KEY);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> patch(String path, long offset, String body, String... headers)
      throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Upload-Offset", String.valueOf(offset)));
    return send("PATCH", path, body, all.toArray(String[]::new));
  }

  /// A form with the field `format` and a part with `content`.
  HttpResponse<String> form(String path, String content, String disposition)
      throws IOException, InterruptedException {
    var head =
        """
        --b
        Content-Disposition: form-data; name="format"

        csv
        --b
        Content-Disposition: %s

        """
            .formatted(disposition);
    return send(
        "POST",
        path,
        head.replace("\n", "\r\n") + content + "\r\n--b--\r\n",
        "Content-Type",
        "multipart/form-data; boundary=b");
  }

  /// A body that ends before the 68 bytes that it promised.
  void breakOff(String path, String body) throws IOException {
    try (var socket = new Socket(base.getHost(), base.getPort())) {
      var head =
          """
          PATCH %s HTTP/1.1
          Host: localhost
          Authorization: Bearer %s
          Content-Type: application/x-www-form-urlencoded
          Upload-Offset: 0
          Content-Length: 68

          """
              .formatted(path, KEY);
      var request = head.replace("\n", "\r\n") + body;
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }

  /// Without the key.
  HttpResponse<String> sendAsAnybody(String method, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(base.resolve(path)).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  /// The run that a 202 names, when it is neither wanted nor under way any more.
  Map<String, Object> ended(HttpResponse<String> accepted)
      throws IOException, InterruptedException {
    var path = accepted.headers().firstValue("Location").orElse("");
    var run = Json.read(get(path).body());
    while (List.of("requested", "running").contains(run.get("state"))) {
      run = Json.read(get(path).body());
    }
    return run;
  }

  /// Ends the server as `kill -9` does.
  void kill() throws InterruptedException {
    server.kill();
  }

  @Override
  public void close() {
    client.close();
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
