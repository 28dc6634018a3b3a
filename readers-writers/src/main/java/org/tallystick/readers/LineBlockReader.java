package org.tallystick.readers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.tallystick.domain.usage.UsageFormat;

/// The lines of a usage file in blocks, for a chunk step. While a block is written the next one is
/// read, parsed and laid out.
///
/// A restart goes on after the lines that are done, and the batches say which those are: what
/// Spring Batch remembers of a reader is lost by a second kill before the first chunk of a restart.
public final class LineBlockReader implements ItemStreamReader<LineBlock> {

  /// A block ends with the line that reaches it, so that long lines do not fill the memory.
  static final int BLOCK_BYTES = 8 << 20;

  private final InputFile file;
  private final UsageFormat format;
  private final int linesMax;
  private final long linesDone;
  private final Instant takenIn;
  private @Nullable Ahead ahead;
  private @Nullable FileTime lastModified;

  /// Blocks of up to `linesMax` lines, after the first `linesDone`, of a file taken in at
  /// `takenIn`, also if that goes on later.
  public LineBlockReader(
      InputFile file, UsageFormat format, int linesMax, long linesDone, Instant takenIn) {
    this.takenIn = takenIn;
    this.file = file;
    this.format = format;
    this.linesMax = linesMax;
    this.linesDone = linesDone;
  }

  @Override
  public void open(ExecutionContext context) {
    try {
      lastModified = file.lastModified();
      file.requireUnchanged();
      var source = LineSource.open(file, format);
      source.skip(linesDone);
      ahead = new Ahead(source, LineParser.of(file, format).takenIn(takenIn));
    } catch (IOException e) {
      throw new ItemStreamException("cannot read " + file.path(), e);
    }
  }

  @Override
  public @Nullable LineBlock read() throws IOException {
    return opened().take().orElse(null);
  }

  @Override
  public void close() {
    try {
      if (ahead != null) {
        ahead.close();
      }
    } catch (IOException e) {
      throw new ItemStreamException("cannot close " + file.path(), e);
    }
  }

  /// Lets no block go that was read after somebody wrote to the file, unless they only appended.
  private void requireUnchanged() {
    var now = file.lastModified();
    if (!now.equals(lastModified)) {
      file.requireUnchanged();
      lastModified = now;
    }
  }

  private Ahead opened() {
    if (ahead == null) {
      throw new IllegalStateException("reader of " + file.path() + " is not open");
    }
    return ahead;
  }

  /// Reads one block ahead, in a thread of its own.
  private final class Ahead implements AutoCloseable {

    private final LineSource source;
    private final LineParser parser;
    private final ExecutorService thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("lines").factory());
    private CompletableFuture<Optional<LineBlock>> next;

    Ahead(LineSource source, LineParser parser) {
      this.source = source;
      this.parser = parser;
      this.next = begin();
    }

    private CompletableFuture<Optional<LineBlock>> begin() {
      return CompletableFuture.supplyAsync(this::block, thread);
    }

    /// The next block; none at the end of the file.
    Optional<LineBlock> take() throws IOException {
      try {
        var block = next.join();
        if (block.isPresent()) {
          next = begin();
        }
        return block;
      } catch (CompletionException e) {
        if (e.getCause() instanceof UncheckedIOException broken) {
          throw broken.getCause();
        }
        throw e;
      }
    }

    private Optional<LineBlock> block() {
      var lines = new ArrayList<ParsedLine>();
      long end = source.offset() + BLOCK_BYTES;
      try {
        while (lines.size() < linesMax && source.offset() < end) {
          var line = source.next();
          if (line == null) {
            break;
          }
          lines.add(parser.parse(line));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      requireUnchanged();
      return lines.isEmpty() ? Optional.empty() : Optional.of(LineBlock.of(lines));
    }

    @Override
    public void close() throws IOException {
      thread.close();
      source.close();
    }
  }
}
