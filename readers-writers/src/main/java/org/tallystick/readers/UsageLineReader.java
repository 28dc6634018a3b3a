package org.tallystick.readers;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/// The lines of a usage file for a chunk step. A restart goes on by position: it passes over the
/// bytes that are done without parsing them.
public final class UsageLineReader implements ItemStreamReader<RawLine> {

  private static final String OFFSET = "usage.offset";
  private static final String LINES = "usage.lines";
  private static final String BROKEN = "usage.broken";

  private final Path file;
  private @Nullable LineSource source;

  public UsageLineReader(Path file) {
    this.file = file;
  }

  @Override
  public void open(ExecutionContext context) {
    try {
      var opened = new LineSource(file);
      opened.skip(
          context.getLong(OFFSET, 0), context.getLong(LINES, 0), context.containsKey(BROKEN));
      source = opened;
    } catch (IOException e) {
      throw new ItemStreamException("cannot read " + file, e);
    }
  }

  @Override
  public @Nullable RawLine read() throws IOException {
    return opened().next();
  }

  @Override
  public void update(ExecutionContext context) {
    context.putLong(OFFSET, opened().offset());
    context.putLong(LINES, opened().number());
    if (opened().isBroken()) {
      context.putString(BROKEN, "the compressed file breaks off here");
    }
  }

  @Override
  public void close() {
    try {
      if (source != null) {
        source.close();
      }
    } catch (IOException e) {
      throw new ItemStreamException("cannot close " + file, e);
    }
  }

  private LineSource opened() {
    if (source == null) {
      throw new IllegalStateException("reader of " + file + " is not open");
    }
    return source;
  }
}
