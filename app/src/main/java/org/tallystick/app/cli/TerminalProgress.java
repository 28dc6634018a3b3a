package org.tallystick.app.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.tallystick.jobs.Progress;

/// Progress on standard error: a line that is written over on a terminal, a plain line every few
/// seconds elsewhere. Short work stays silent.
final class TerminalProgress implements Progress, AutoCloseable {

  private static final Duration TERMINAL_PAUSE = Duration.ofMillis(200);
  private static final Duration PLAIN_PAUSE = Duration.ofSeconds(5);
  private static final String ERASE_LINE = "\r\033[K";

  private final PrintWriter err;
  private final boolean isTerminal;
  private final InstantSource clock = InstantSource.system();
  private Instant shown;
  private Instant stepStarted;
  private String step = "";
  private long items;
  private @Nullable String headline;

  TerminalProgress(PrintWriter err) {
    this.err = err;
    this.isTerminal = isTerminal(System.console());
    this.shown = clock.instant();
    this.stepStarted = shown;
  }

  private static boolean isTerminal(@Nullable Console console) {
    return console != null && console.isTerminal();
  }

  /// Says what the steps that follow belong to: `night 12 of 93, 1993-10-12`.
  synchronized void headline(String text) {
    headline = text;
    showIfDue();
  }

  @Override
  public synchronized void stepStarts(String name) {
    step = name;
    items = 0;
    stepStarted = clock.instant();
    showIfDue();
  }

  @Override
  public synchronized void itemsDone(long count) {
    items += count;
    showIfDue();
  }

  private void showIfDue() {
    var now = clock.instant();
    if (Duration.between(shown, now).compareTo(isTerminal ? TERMINAL_PAUSE : PLAIN_PAUSE) < 0) {
      return;
    }
    shown = now;
    var line = line(now);
    if (isTerminal) {
      err.print(ERASE_LINE + line);
      err.flush();
    } else {
      err.println(line);
    }
  }

  private String line(Instant now) {
    var line = headline == null ? step : headline + ": " + step;
    long millis = Duration.between(stepStarted, now).toMillis();
    return items == 0 || millis == 0
        ? line
        : line
            + " "
            + Table.grouped(items)
            + " done, "
            + Table.grouped(items * 1000 / millis)
            + "/s";
  }

  @Override
  public synchronized void close() {
    if (isTerminal) {
      err.print(ERASE_LINE);
      err.flush();
    }
  }
}
