package org.tallystick.api.tallystick;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.run.RunKind;
import org.tallystick.domain.run.RunState;
import org.tallystick.jobs.RunRefused;
import org.tallystick.jobs.Runs;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.UnreadableUsageFile;
import org.tallystick.writers.RunWriter;

/// Takes admitted uploads in, one after the other, on a thread of its own: as soon as it is woken,
/// at the start those that an earlier process did not come to the end of, and every minute those
/// that were held by another process.
final class UploadedImports implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(UploadedImports.class);
  private static final long LOOK_AGAIN_SECONDS = 60;

  private final Uploads uploads;
  private final Runs runs;
  private final RunReader reader;
  private final RunWriter writer;
  private final Semaphore wanted = new Semaphore(1);
  private volatile boolean isRunning;

  UploadedImports(Uploads uploads, Runs runs, JdbcClient jdbc) {
    this.uploads = uploads;
    this.runs = runs;
    this.reader = new RunReader(jdbc);
    this.writer = new RunWriter(jdbc);
  }

  void wake() {
    wanted.release();
  }

  @Override
  public void start() {
    isRunning = true;
    Thread.ofPlatform().name("uploaded-imports").daemon().start(this::work);
  }

  private void work() {
    boolean isFirst = true;
    while (isRunning) {
      try {
        if (wanted.tryAcquire(LOOK_AGAIN_SECONDS, TimeUnit.SECONDS)) {
          wanted.drainPermits();
        }
        look(isFirst);
        isFirst = false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        if (isRunning) {
          LOG.error("uploaded files could not be looked at; this is tried again", e);
        }
      }
    }
  }

  private void look(boolean isFirst) {
    uploads.expire();
    for (var upload : uploads.waiting()) {
      var run = reader.latest(RunKind.IMPORT, Optional.empty(), upload.file().sha256());
      if (isRunning && run.isPresent()) {
        look(upload, run.get(), isFirst);
      } else if (isFirst && run.isEmpty()) {
        LOG.warn("{} holds an upload that this database does not know", upload.folder());
      }
    }
  }

  /// A run that failed is tried once in each process; after that somebody has to mend it.
  private void look(Upload upload, BusinessRun run, boolean isFirst) {
    switch (run.state()) {
      case POSTED -> uploads.release(upload);
      case REQUESTED, RUNNING -> takeIn(upload, run);
      case FAILED -> {
        if (isFirst) {
          takeIn(upload, run);
        }
      }
      case STOPPED -> {}
    }
  }

  private void takeIn(Upload upload, BusinessRun run) {
    try {
      var done = runs.importFile(upload.file(), upload.announced().format());
      if (done.state() == RunState.POSTED) {
        uploads.release(upload);
      }
    } catch (CannotAcquireLockException e) {
      LOG.info("run {} is held by another process; it is looked at again", run.runNo());
    } catch (RunRefused | UnreadableUsageFile e) {
      writer.state(run.id(), RunState.FAILED, String.valueOf(e.getMessage()));
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
