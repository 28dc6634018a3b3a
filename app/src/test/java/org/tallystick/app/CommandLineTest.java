package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.app.ChildCommand.Result;
import org.tallystick.sql.Json;

/// What is typed, what is printed, and how it ends.
class CommandLineTest {

  @TempDir private Path directory = Path.of("");

  private static Result run(String... arguments) {
    return ChildCommand.start(Map.of(), List.of(), Arrays.asList(arguments)).await();
  }

  @Test
  void anUnknownCommandIsABadArgument() {
    var ended = run("bill");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("Unmatched argument at index 0: 'bill'");
  }

  @Test
  void aMissingCommandShowsTheUsage() {
    var ended = run();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("a command is missing").contains("catalog");
  }

  @Test
  void helpHasExamples() {
    var ended = run("usage", "import", "--help");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output()).contains("tallystick usage import jobs.swf.gz --format swf");
  }

  @Test
  void aCatalogWithAWrongFieldNamesItAndItsLine() throws IOException {
    var file = directory.resolve("wrong.yaml");
    Files.writeString(file, "meters:\n  - key: m\n    recrods: job\n");
    var ended = run("catalog", "apply", file.toString(), "--data", directory.toString());
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("wrong.yaml line 3: unknown field 'recrods'");
  }

  @Test
  void aDatabaseThatCannotBeReachedIsToldByItsAddress() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var url = "jdbc:postgresql://127.0.0.1:" + port + "/bills?connectTimeout=2";
    var ended =
        ChildCommand.start(Map.of("TALLYSTICK_DB_URL", url), List.of(), List.of("runs", "list"))
            .await();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output())
        .contains("the database cannot be used")
        .contains("127.0.0.1:" + port)
        .doesNotContain("\tat ");
  }

  @Test
  void aDataDirectoryThatIsAFileIsToldByItsName() throws IOException {
    var file = Files.writeString(directory.resolve("notes.txt"), "not a directory");
    var ended = run("runs", "list", "--data", file.toString());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("notes.txt").doesNotContain("\tat ");
  }

  /// One world, several commands: what cannot be read, what is in use, and what JSON looks like.
  @Test
  void inputThatIsNotWhatItSaysIsRefused() throws IOException {
    try (var world = World.empty(Map.of());
        var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      world.apply(World.CATALOG);
      var missing =
          world.start(Map.of(), List.of(), "usage", "import", "no.swf", "--format", "swf");
      assertThat(missing.await()).isEqualTo(new Result(2, "tallystick: there is no file no.swf\n"));
      var picture = Files.write(directory.resolve("logo.png"), new byte[] {(byte) 137, 80, 10, 9});
      var wrong =
          world.start(
              Map.of(), List.of(), "usage", "import", picture.toString(), "--format", "swf");
      var refused = wrong.await();
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.output()).contains("logo.png does not look like format 'swf': line 1");
      var unknown =
          world.start(Map.of(), List.of(), "usage", "import", picture.toString(), "--format", "x");
      assertThat(unknown.await().output())
          .contains(
              "there is no format 'x'; expected one of [cloudevents, focus-1.0, focus-1.2,"
                  + " jobs-csv, swf]");
      var port = String.valueOf(taken.getLocalPort());
      var serve = world.start(Map.of(), List.of(), "serve", "--port", port).await();
      assertThat(serve.exitCode()).isEqualTo(1);
      assertThat(serve.output()).contains("port " + port + " is in use");
      var list = world.start(Map.of(), List.of(), "runs", "list", "--json").await();
      assertThat(list.output().strip()).endsWith("[ ]");
      var reconcile =
          world.start(Map.of(), List.of(), "run", "reconcile", "--as-of", "1993-10-01", "--json");
      var printed = reconcile.await().output();
      assertThat(Json.read(printed.substring(printed.indexOf('{'))))
          .containsEntry("state", "posted")
          .containsEntry("kind", "reconcile");
      assertThat(world.count("select count(*) from intake_file")).isZero();
    }
  }
}
