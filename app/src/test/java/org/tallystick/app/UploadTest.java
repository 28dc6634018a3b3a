package org.tallystick.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tallystick.readers.Checks;
import org.tallystick.sql.Json;

/// Usage files over HTTP: in one request, as a form, in pieces; refused, and gone on with after a
/// break or a kill.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class UploadTest {

  private static final String FORMATS =
      """
      formats:
        - {key: csv, layout: csv, columns: [id, who, at, n], source: csv, id: id, type: t,
           subject: who, time: {at: at}, quantity: n}
        - {key: gauge, layout: csv, columns: [id, who, at, n], source: gauge, id: id, type: g,
           subject: who, time: {at: at}, quantity: n}
      """;

  private static final String FILES = "/api/tallystick/v1/usage-files";
  private static final String UPLOADS = FILES + "/uploads";

  /// 68 bytes, and their digests as sha256sum and base64 say.
  private static final String A = OddFiles.HEADER + OddFiles.row("a1") + OddFiles.row("a2");

  private static final String SHA256_OF_A =
      "839e333a8162ff188e315d4da6366c0d935ac6ab26b1989fa7f087b99d49c967";
  private static final String DIGEST_OF_A =
      "sha-256=:g54zOoFi/xiOMV1NpjZsDZNaxqsmsZifp/CHuZ1JyWc=:";

  private static final World WORLD = World.empty(Map.of());
  private static final Path DATA = folder();
  private static final ServedApi API = serve();

  @AfterAll
  static void close() {
    API.close();
    WORLD.close();
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("tallystick-uploads");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServedApi serve() {
    try {
      WORLD.apply(Files.writeString(DATA.resolve("formats.yaml"), FORMATS));
      return ServedApi.start(WORLD, DATA, Map.of("TALLYSTICK_UPLOAD_SIZEMAX", "1MB"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aBodyIsTakenInAndTheSameAgainIsRefused() throws Exception {
    var path = FILES + "?format=csv&name=..%2F..%2Fetc%2Fpass%07wd&sha256=" + SHA256_OF_A;
    var sent = API.send("POST", path, A, "Content-Digest", DIGEST_OF_A, "Repr-Digest", DIGEST_OF_A);
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    assertThat(Json.read(sent.body()))
        .containsEntry("file", "passwd")
        .containsEntry("sha256", SHA256_OF_A)
        .containsEntry("bytes", 68)
        .containsEntry("format", "csv")
        .containsKeys("run", "state", "links");
    assertThat(report(API.ended(sent)))
        .isEqualTo("posted passwd: 3 lines, 2 read, 2 accepted, 0 duplicate, 0 suspended");
    assertThat(new Checks(WORLD.jdbc()).run("files-are-accounted-for")).isEmpty();
    for (var again : List.of(path, FILES + "?format=csv")) {
      var refused = API.send("POST", again, A);
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
      assertThat(Json.read(refused.body()))
          .containsEntry("file", "passwd")
          .containsEntry("run", Json.read(sent.body()).get("run"))
          .containsKey("day");
    }
    assertNothingLies("passwd");
  }

  @Test
  void aFormIsTakenIn() throws Exception {
    var content = OddFiles.HEADER + OddFiles.row("b1") + OddFiles.row("b1") + "b2,x,noon,2\n";
    var sent = API.form(FILES, content, "form-data; name=\"file\"; filename=\"b.csv\"");
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    assertThat(report(API.ended(sent)))
        .isEqualTo("posted b.csv: 4 lines, 3 read, 1 accepted, 1 duplicate, 1 suspended");
    assertThat(API.form(FILES, content, "form-data; name=\"fil\"").body())
        .contains("expected a part 'file', found none");
    var large =
        API.form(FILES, "z".repeat(1 << 21), "form-data; name=\"file\"; filename=\"c.csv\"");
    assertThat(large.statusCode()).as(large.body()).isEqualTo(413);
    assertNothingLies("upload_");
  }

  @Test
  void whatIsNotWelcomeIsRefusedAndNothingStays() throws Exception {
    var content = OddFiles.HEADER + OddFiles.row("c1");
    long uploads = uploads();
    assertThat(API.send("POST", FILES + "?format=csv&sha256=" + SHA256_OF_A, content))
        .satisfies(refused -> assertThat(refused.statusCode()).isIn(409, 422));
    assertThat(problem(422, "?format=csv", content, "Repr-Digest", digestOfNothing()))
        .contains("expected SHA-256 e3b0c442");
    assertThat(problem(400, "?format=csv", content, "Content-Digest", "md5=:AAAA:"))
        .contains("Content-Digest: expected sha-256=:BASE64:");
    assertThat(problem(400, "?format=no", content)).contains("expected one of [", "csv", "gauge");
    assertThat(problem(400, "", content)).contains("format: expected a key");
    assertThat(problem(400, "?format=csv&sha=0", content)).contains("found 'sha'");
    assertThat(problem(422, "?format=csv", "<html>\n")).contains("does not look like format 'csv'");
    assertThat(problem(413, "?format=csv", "z".repeat(1_100_000))).contains("1,048,576 bytes");
    var chunked = new ByteArrayInputStream("z".repeat(1_100_000).getBytes(UTF_8));
    assertThat(
            API.send("POST", FILES + "?format=csv", BodyPublishers.ofInputStream(() -> chunked))
                .statusCode())
        .isEqualTo(413);
    assertThat(API.sendAsAnybody("POST", FILES + "?format=csv").statusCode()).isEqualTo(401);
    assertThat(uploads()).isEqualTo(uploads);
    assertThat(WORLD.count("select count(*) from intake_file where name = 'upload'")).isZero();
  }

  @Test
  void anUploadIsGoneOnWithWhereItBrokeOff() throws Exception {
    var content = OddFiles.HEADER + OddFiles.row("d1") + OddFiles.row("d2");
    var made = API.send("POST", UPLOADS + "?format=csv&name=d.csv", "", "Upload-Length", "68");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    var path = made.headers().firstValue("Location").orElse("");
    API.breakOff(path, content.substring(0, 30));
    var head = API.send("HEAD", path, "");
    while (!offset(head).equals("30")) {
      head = API.send("HEAD", path, "");
    }
    assertThat(head.headers().firstValue("Upload-Complete")).contains("?0");
    assertThat(head.headers().firstValue("Upload-Length")).contains("68");
    var wrong = API.patch(path, 29, content.substring(29));
    assertThat(wrong.statusCode()).isEqualTo(409);
    assertThat(offset(wrong)).isEqualTo("30");
    assertThat(wrong.body()).contains("\"expected-offset\" : 30");
    assertThat(API.patch(path, 30, content.substring(30) + "more").statusCode()).isEqualTo(400);
    var piece = API.patch(path, 30, content.substring(30, 50));
    assertThat(piece.statusCode()).as(piece.body()).isEqualTo(204);
    assertThat(offset(piece)).isEqualTo("50");
    var sent = API.patch(path, 50, content.substring(50));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    assertThat(report(API.ended(sent)))
        .isEqualTo("posted d.csv: 3 lines, 2 read, 2 accepted, 0 duplicate, 0 suspended");
    assertThat(Json.read(API.get(path).body()))
        .containsEntry("complete", true)
        .containsEntry("offset", 68)
        .containsKey("run");
    assertThat(API.patch(path, 68, "").statusCode()).isEqualTo(409);
  }

  @Test
  void theLastPieceMaySayThatItIsTheLast() throws Exception {
    var made = API.send("POST", UPLOADS + "?format=gauge", "", "Repr-Digest", digestOfNothing());
    var path = made.headers().firstValue("Location").orElse("");
    assertThat(API.patch(path, 0, "id,who", "Content-Digest", digestOfNothing()).statusCode())
        .isEqualTo(422);
    assertThat(offset(API.get(path))).isEqualTo("0");
    assertThat(API.patch(path, 0, "id,who").statusCode()).isEqualTo(204);
    var refused = API.patch(path, 6, "", "Upload-Complete", "?1");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    assertThat(API.get(path).statusCode()).isEqualTo(404);
    var other = API.send("POST", UPLOADS + "?format=gauge", "");
    var otherPath = other.headers().firstValue("Location").orElse("");
    assertThat(API.send("DELETE", otherPath, "").statusCode()).isEqualTo(204);
    assertThat(API.get(otherPath).statusCode()).isEqualTo(404);
    assertThat(API.get(UPLOADS + "/..%2f..%2fformats.yaml").statusCode()).isBetween(400, 404);
  }

  @Test
  void formatsAndRunsAreShown() throws Exception {
    assertThat(Json.read(API.get("/api/tallystick/v1/usage-formats").body()))
        .extracting("formats", InstanceOfAssertFactories.list(Map.class))
        .extracting("key")
        .containsExactly("cloudevents", "csv", "focus-1.0", "focus-1.2", "gauge");
    assertThat(Json.read(API.get("/api/tallystick/v1/usage-formats/gauge").body()))
        .extracting("declared", "definition.layout", "definition.type")
        .containsExactly("catalog", "csv", "g");
    assertThat(Json.read(API.get("/api/tallystick/v1/usage-formats/focus-1.2").body()))
        .extracting("declared", "definition.subject")
        .containsExactly("built in", "SubAccountId");
    assertThat(API.get("/api/tallystick/v1/usage-formats/no").statusCode()).isEqualTo(404);
    assertThat(API.get("/api/tallystick/v1/runs/999").body()).contains("there is no run '999'");
  }

  /// The test holds an identity that the import must write, so that it cannot end before the kill.
  @Test
  void anUploadIsTakenInByTheNextServerWhenOneIsKilled() throws Exception {
    try (var world = World.empty(Map.of())) {
      var folder = folder();
      world.apply(Files.writeString(folder.resolve("formats.yaml"), FORMATS));
      HttpResponse<String> sent;
      try (var holder = world.connect();
          var statement = holder.createStatement();
          var api = ServedApi.start(world, folder, Map.of())) {
        holder.setAutoCommit(false);
        statement.execute("insert into usage_identity values ('csv', 'a1', '\\x00', 0, 0)");
        sent = api.send("POST", FILES + "?format=csv&name=a.csv", A);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        assertThat(Json.read(api.send("POST", FILES + "?format=csv", A).body()))
            .containsEntry("run", Json.read(sent.body()).get("run"));
        api.kill();
        holder.rollback();
      }
      assertThat(world.count("select count(*) from usage_record")).isZero();
      try (var api = ServedApi.start(world, folder, Map.of())) {
        assertThat(report(api.ended(sent)))
            .isEqualTo("posted a.csv: 3 lines, 2 read, 2 accepted, 0 duplicate, 0 suspended");
      }
    }
  }

  private static String problem(int status, String query, String body, String... headers)
      throws Exception {
    var refused = API.send("POST", FILES + query, body, headers);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
    return String.valueOf(Json.read(refused.body()).get("detail"));
  }

  private static String digestOfNothing() {
    return "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
  }

  private static String offset(HttpResponse<String> answer) {
    return answer.headers().firstValue("Upload-Offset").orElse("");
  }

  private static String report(Map<String, Object> run) {
    assertThat(run).extractingByKey("report").isInstanceOf(Map.class);
    if (run.get("report") instanceof Map<?, ?> report) {
      return "%s %s: %s lines, %s read, %s accepted, %s duplicate, %s suspended"
          .formatted(
              run.get("state"),
              report.get("file"),
              report.get("lines"),
              report.get("read"),
              report.get("accepted"),
              report.get("duplicate"),
              report.get("suspended"));
    }
    return "no report";
  }

  private static long uploads() throws IOException {
    try (var entries = Files.list(Files.createDirectories(DATA.resolve("uploads")))) {
      return entries.count();
    }
  }

  private static void assertNothingLies(String name) throws IOException {
    try (var entries = Files.walk(DATA)) {
      assertThat(entries.filter(path -> path.getFileName().toString().startsWith(name))).isEmpty();
    }
  }
}
