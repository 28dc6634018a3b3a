package org.tallystick.readers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.tallystick.readers.WalletLine.Block;
import org.tallystick.readers.WalletLine.Job;
import org.tallystick.readers.WalletLine.NoRequest;

/// The lines of a file of requests on wallets in blocks, for a chunk step. Jobs that are submitted
/// together are in one block. A restart goes on after the lines that are done.
public final class WalletLineReader implements ItemStreamReader<Block> {

  /// A batch that is longer is cut: a transaction is bounded.
  private static final int LINES_MAX = 20_000;

  private static final int CHARACTERS_MAX = 8 << 20;

  private final InputFile file;
  private final int lines;
  private final long linesDone;
  private @Nullable LineSource source;
  private Optional<WalletLineParser> parser = Optional.empty();
  private Optional<WalletLine> ahead = Optional.empty();

  /// Blocks of `lines` lines, more where a batch goes on, after the first `linesDone`.
  public WalletLineReader(InputFile file, int lines, long linesDone) {
    this.file = file;
    this.lines = lines;
    this.linesDone = linesDone;
  }

  /// Throws [UnreadableFile] if `file` has no header of a file of requests on wallets.
  public static void requireReadable(InputFile file) {
    var reader = new WalletLineReader(file, 1, 0);
    try {
      reader.open(new ExecutionContext());
      while (reader.ahead.isPresent() && reader.parser.isEmpty()) {
        reader.advance();
      }
    } catch (IOException e) {
      throw new UnreadableFile(file.path() + " cannot be read: " + e.getMessage());
    } finally {
      reader.close();
    }
    if (reader.parser.isEmpty()) {
      throw new UnreadableFile(file.path() + " says nothing");
    }
  }

  @Override
  public void open(ExecutionContext context) {
    try {
      file.requireUnchanged();
      source = LineSource.open(file);
      do {
        advance();
      } while (ahead.isPresent() && ahead.get().number() <= linesDone);
    } catch (IOException e) {
      throw new ItemStreamException("cannot read " + file.path(), e);
    }
  }

  @Override
  public @Nullable Block read() throws IOException {
    var block = new ArrayList<WalletLine>();
    long characters = 0;
    while (ahead.isPresent() && block.size() < LINES_MAX && characters < CHARACTERS_MAX) {
      if (block.size() >= lines && !goesOn(block.getLast())) {
        break;
      }
      block.add(ahead.get());
      characters += ahead.get().text().length();
      advance();
    }
    return block.isEmpty() ? null : new Block(block);
  }

  private boolean goesOn(WalletLine last) {
    return last instanceof Job job
        && ahead.isPresent()
        && ahead.get() instanceof Job next
        && job.isBatchWith(next);
  }

  private void advance() throws IOException {
    var line = opened().next();
    ahead = line == null ? Optional.empty() : Optional.of(parse(line));
  }

  private WalletLine parse(RawLine line) {
    if (parser.isPresent()) {
      return parser.get().parse(line);
    }
    if (!WalletLineParser.saysNothing(line.text())) {
      parser = Optional.of(WalletLineParser.of(line.text()));
    }
    return new NoRequest(line.number(), "");
  }

  private LineSource opened() {
    if (source == null) {
      throw new IllegalStateException("reader of " + file.path() + " is not open");
    }
    return source;
  }

  @Override
  public void close() {
    try {
      if (source != null) {
        source.close();
      }
    } catch (IOException e) {
      throw new ItemStreamException("cannot close " + file.path(), e);
    }
  }
}
