package org.tallystick.app.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.tallystick.jobs.Progress;

/// Progress on standard error: a bar with rate and remaining time on a terminal, a plain line every
/// few seconds elsewhere. Short work stays silent.
final class TerminalProgress implements Progress, AutoCloseable {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final PrintWriter err;
  private final boolean isTerminal;
  private final InstantSource clock = InstantSource.system();
  private @Nullable ProgressBar bar;
  private Instant shown;
  private Instant started;
  private String headline = "";
  private String step = "";
  private long expected = -1;
  private long items;

  TerminalProgress(PrintWriter err) {
    this.err = err;
    this.isTerminal = isTerminal(System.console());
    this.shown = clock.instant();
    this.started = shown;
  }

  private static boolean isTerminal(@Nullable Console console) {
    return console != null && console.isTerminal();
  }

  /// So much of a whole is done, where the parts are runs: night 12 of 93.
  synchronized void part(String text, long done, long of) {
    headline = text;
    items = done;
    expected = of;
    show();
  }

  @Override
  public synchronized void itemsExpected(long count) {
    closeBar();
    expected = count;
    items = 0;
    started = clock.instant();
  }

  @Override
  public synchronized void stepStarts(String name) {
    step = name;
    show();
  }

  @Override
  public synchronized void itemsDone(long count) {
    if (headline.isEmpty()) {
      items += count;
    }
    show();
  }

  private void show() {
    if (isTerminal && expected > 0) {
      var open = bar == null ? newBar() : bar;
      open.stepTo(Math.min(items, expected));
      open.setExtraMessage(step);
      bar = open;
    } else if (Duration.between(shown, clock.instant()).compareTo(PAUSE) >= 0) {
      shown = clock.instant();
      err.println(line());
    }
  }

  private ProgressBar newBar() {
    return new ProgressBarBuilder()
        .setTaskName("tallystick")
        .setInitialMax(expected)
        .showSpeed()
        .clearDisplayOnFinish()
        .build();
  }

  private String line() {
    var line = headline.isEmpty() ? step : headline + ": " + step;
    long millis = Duration.between(started, clock.instant()).toMillis();
    if (!headline.isEmpty() || items == 0 || millis == 0) {
      return line;
    }
    var done = line + ", " + Table.grouped(items);
    long perSecond = Math.max(1, items * 1_000 / millis);
    return expected <= 0
        ? done + " done, " + Table.grouped(perSecond) + "/s"
        : done
            + " of "
            + Table.grouped(expected)
            + " done, "
            + Table.grouped(perSecond)
            + "/s, "
            + Table.grouped(Math.max(0, expected - items) / perSecond)
            + " s left";
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public synchronized void close() {
    closeBar();
  }
}
