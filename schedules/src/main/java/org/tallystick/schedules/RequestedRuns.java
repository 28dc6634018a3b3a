package org.tallystick.schedules;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.tallystick.jobs.Runs;

/// Executes requested runs, one after the other, on a thread of its own: as soon as it is woken,
/// and every minute for those that another process requested.
class RequestedRuns implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(RequestedRuns.class);
  private static final long LOOK_AGAIN_SECONDS = 60;

  private final Runs runs;
  private final Semaphore wanted = new Semaphore(1);
  private volatile boolean isRunning;

  RequestedRuns(Runs runs) {
    this.runs = runs;
  }

  void wake() {
    wanted.release();
  }

  @Override
  public void start() {
    isRunning = true;
    Thread.ofPlatform().name("requested-runs").daemon().start(this::work);
  }

  private void work() {
    while (isRunning) {
      try {
        if (wanted.tryAcquire(LOOK_AGAIN_SECONDS, TimeUnit.SECONDS)) {
          wanted.drainPermits();
        }
        if (isRunning) {
          runs.executeRequested();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        // The run keeps its own state; the next look tries again what is still requested.
        LOG.error("a requested run could not be executed", e);
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
