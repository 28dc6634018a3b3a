package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.app.ChildCommand.Result;

/// `docs/how-to/load-usage.md`, followed word for word by somebody who has its file.
class LoadUsageDocTest {

  private static final DocPage PAGE = DocPage.of("how-to/load-usage");
  private static final World WORLD = World.empty(Map.of());

  @TempDir private Path folder = Path.of("");

  @AfterAll
  static void close() {
    WORLD.close();
  }

  @Test
  void anUnknownFileGetsIn() throws Exception {
    var file =
        Files.writeString(folder.resolve("usage.csv"), PAGE.after("For a file `usage.csv` like"));
    var detected = run("usage", "formats", "detect", file.toString());
    assertThat(detected).isEqualTo(new Result(0, PAGE.after("$ cat formats.yaml\n")));
    var formats = Files.writeString(folder.resolve("formats.yaml"), detected.output());
    assertThat(run("catalog", "apply", formats.toString()).exitCode()).isZero();
    var words = new String[] {"usage", "import", file.toString(), "--format", "usage"};
    var dryRun = "$ ./tallystick usage import usage.csv --format usage --dry-run\n";
    var tried = run(words[0], words[1], words[2], words[3], words[4], "--dry-run");
    assertThat(tried.exitCode()).isEqualTo(1);
    // A slow machine tells of its progress first.
    assertThat(tried.output()).endsWith(PAGE.after(dryRun));
    var imported = run(words);
    assertThat(imported.exitCode()).isZero();
    assertThat(imported.output())
        .endsWith(PAGE.after("$ ./tallystick usage import usage.csv --format usage\n"));
    assertThat(run("usage", "formats", "detect", file.toString()).output())
        .startsWith("# format usage reads 2 of the first 3 rows\n");
    assertThat(run(words).output()).contains("usage.csv was imported before");
  }

  @Test
  void aFileOfAFormatThatComesAlongIsKnown() throws Exception {
    var example = "examples/formats/focus-1.0.csv";
    var detected = run("usage", "formats", "detect", "../" + example);
    assertThat(detected.output().replace("../", ""))
        .isEqualTo(PAGE.after("$ ./tallystick usage formats detect " + example + "\n"));
    var shown = run("usage", "formats", "show", "focus-1.0");
    assertThat(shown.exitCode()).isZero();
    WORLD.apply(
        Files.writeString(
            folder.resolve("own.yaml"), shown.output().replace("key: focus-1.0", "key: own")));
    assertThat(run("usage", "formats", "list").output())
        .contains("focus-1.0    built in\n")
        .contains("own          catalog\n");
    var json =
        run("usage", "import", "../" + example, "--format", "own", "--dry-run", "--json").output();
    assertThat(json).contains("\"accepted\" : 4,").contains("\"filtered\" : 2,");
    assertThat(run("usage", "formats", "show", "none").exitCode()).isEqualTo(2);
  }

  private Result run(String... words) throws InterruptedException {
    var result = WORLD.start(Map.of(), List.of(), words).await();
    return new Result(result.exitCode(), result.output().replace(folder + "/", ""));
  }
}
