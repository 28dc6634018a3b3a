package org.tallystick.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {

  @TempDir private Path folder;

  @Test
  void aFolderIsItsFilesByName() throws IOException {
    var usage = Files.createDirectories(folder.resolve("usage"));
    Files.createDirectories(usage.resolve("deeper"));
    for (var name : List.of("b.csv", "a.csv", ".hidden")) {
      Files.writeString(usage.resolve(name), name);
    }
    var alone = folder.resolve("nowhere.csv");
    assertThat(InputFiles.of(List.of(alone, usage), folder, InputStream.nullInputStream()))
        .containsExactly(alone, usage.resolve("a.csv"), usage.resolve("b.csv"));
  }

  @Test
  void refusesAFolderWithoutFiles() {
    var given = List.of(folder);
    assertThatThrownBy(() -> InputFiles.of(given, folder, InputStream.nullInputStream()))
        .isInstanceOf(BadInput.class)
        .hasMessage(folder + " holds no files");
  }

  /// `printf 'hello\n' | sha256sum`.
  @Test
  void keepsStandardInputByItsContent() throws IOException {
    for (int time = 0; time < 2; time++) {
      var in = new ByteArrayInputStream("hello\n".getBytes(UTF_8));
      var file = InputFiles.of(List.of(Path.of("-")), folder, in).getFirst();
      assertThat(file)
          .hasFileName("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03")
          .hasContent("hello\n");
      assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part*");
    }
  }
}
