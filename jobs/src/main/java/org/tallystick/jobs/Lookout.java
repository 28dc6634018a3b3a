package org.tallystick.jobs;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Looks for work on a thread of its own, one look after the other: at the start, as soon as it is
/// woken, and every minute for what another process left. A look that fails is followed by the
/// next; what there is to do keeps its own state.
public final class Lookout implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final String name;
  private final Consumer<Lookout> look;
  private final Semaphore wanted = new Semaphore(1);
  private volatile boolean isRunning;

  /// `name` is the thread's; `look` does what there is to do, and may ask whether to go on.
  public Lookout(String name, Consumer<Lookout> look) {
    this.name = name;
    this.look = look;
  }

  public void wake() {
    wanted.release();
  }

  @Override
  public void start() {
    isRunning = true;
    Thread.ofPlatform().name(name).daemon().start(this::keepLooking);
  }

  private void keepLooking() {
    while (isRunning) {
      try {
        if (wanted.tryAcquire(PAUSE.toSeconds(), TimeUnit.SECONDS)) {
          wanted.drainPermits();
        }
        if (isRunning) {
          look.accept(this);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        if (isRunning) {
          LOG.error("{}: a look failed, the next one tries again", name, e);
        }
      }
    }
  }

  @Override
  public void stop() {
    isRunning = false;
    wake();
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }
}
