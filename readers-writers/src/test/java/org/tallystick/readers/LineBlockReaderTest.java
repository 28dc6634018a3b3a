package org.tallystick.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.readers.LineBlock.RecordLine;

class LineBlockReaderTest {

  private static final Instant TAKEN_IN = Instant.parse("2026-11-02T00:00:00Z");

  private static final UsageFormat FORMAT =
      UsageFormatReader.read(
          """
          {key: any, layout: csv, columns: [id, at, n], source: s, id: id, type: t,
           subject: id, time: {from: at, to: at}, quantity: n}
          """);

  @TempDir private Path folder;

  @Test
  void readsBlocksInTheOrderOfIdentities() throws IOException {
    var file = file("id,at,n", row(3), row(1), "", "x,y", row(2), row(4));
    var blocks = read(file, 5, 0);
    assertThat(blocks.stream().map(block -> block.firstLine() + " to " + block.lastLine()))
        .containsExactly("1 to 5", "6 to 7");
    assertThat(ids(blocks.getFirst())).containsExactly("1", "3");
    assertThat(blocks.getFirst().aside()).hasSize(1);
    assertThat(ids(blocks.getLast())).containsExactly("2", "4");
  }

  @Test
  void goesOnAfterAnyBlock() throws IOException {
    var file =
        file(IntStream.range(0, 20).mapToObj(LineBlockReaderTest::row).toArray(String[]::new));
    var whole = read(file, 3, 0);
    for (int done = 0; done <= 20; done += 3) {
      assertThat(read(file, 3, done).stream().map(LineBlock::firstLine))
          .containsExactlyElementsOf(
              whole.subList(done / 3, whole.size()).stream().map(LineBlock::firstLine).toList());
    }
  }

  @Test
  void aBlockOfLongLinesEndsBeforeItFillsTheMemory() throws IOException {
    var row = "x".repeat(1_000_000);
    var file = file(IntStream.range(0, 20).mapToObj(_ -> row).toArray(String[]::new));
    assertThat(read(file, 1_000, 0).stream().map(LineBlock::lines)).containsExactly(9L, 9L, 2L);
  }

  @Test
  void tellsAFileThatIsNotThere() {
    var reader =
        new LineBlockReader(
            new InputFile(folder.resolve("nowhere"), "nowhere", 0, "5ha"), FORMAT, 1, 0, TAKEN_IN);
    assertThatThrownBy(() -> reader.open(new ExecutionContext()))
        .isInstanceOf(UnreadableFile.class)
        .hasMessageContaining("nowhere cannot be read");
    assertThatThrownBy(reader::read)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is not open");
    reader.close();
  }

  /// What is appended is not read, and harms nothing.
  @Test
  void noBlockOfAChangedFileGoes() throws IOException {
    var file = file(row(1), row(2), row(3));
    Files.setLastModifiedTime(file, FileTime.from(TAKEN_IN));
    var reader = new LineBlockReader(InputFile.of(file), FORMAT, 1, 0, TAKEN_IN);
    reader.open(new ExecutionContext());
    assertThat(reader.read()).isNotNull();
    Files.writeString(file, row(4), StandardOpenOption.APPEND);
    assertThat(reader.read()).isNotNull();
    Files.write(file, List.of(row(1), row(2), row(5)));
    assertThatThrownBy(
            () -> {
              reader.read();
              reader.read();
            })
        .hasStackTraceContaining("usage.csv changed: expected SHA-256");
    reader.close();
  }

  private static String row(int id) {
    return id + ",2026-11-01T00:00:00Z,1";
  }

  private static List<String> ids(LineBlock block) {
    return block.records().stream().map(RecordLine::record).map(record -> record.id()).toList();
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("usage.csv"), List.of(lines));
  }

  private static List<LineBlock> read(Path file, int linesMax, long linesDone) throws IOException {
    var reader = new LineBlockReader(InputFile.of(file), FORMAT, linesMax, linesDone, TAKEN_IN);
    reader.open(new ExecutionContext());
    var blocks = new ArrayList<LineBlock>();
    for (var block = reader.read(); block != null; block = reader.read()) {
      blocks.add(block);
    }
    reader.close();
    return blocks;
  }
}
