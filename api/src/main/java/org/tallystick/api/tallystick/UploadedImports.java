package org.tallystick.api.tallystick;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.run.RunKind;
import org.tallystick.domain.run.RunState;
import org.tallystick.jobs.Lookout;
import org.tallystick.jobs.RunRefused;
import org.tallystick.jobs.Runs;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.UnreadableFile;
import org.tallystick.writers.RunWriter;

/// Takes admitted uploads in, one after the other: at the start those that an earlier process did
/// not come to the end of.
final class UploadedImports {

  private static final Logger LOG = LoggerFactory.getLogger(UploadedImports.class);

  private final Uploads uploads;
  private final Runs runs;
  private final RunReader reader;
  private final RunWriter writer;
  private boolean isFirst = true;

  UploadedImports(Uploads uploads, Runs runs, JdbcClient jdbc) {
    this.uploads = uploads;
    this.runs = runs;
    this.reader = new RunReader(jdbc);
    this.writer = new RunWriter(jdbc);
  }

  void look(Lookout lookout) {
    uploads.expire();
    for (var upload : uploads.admitted()) {
      var run = reader.latest(RunKind.IMPORT, Optional.empty(), upload.file().sha256());
      if (lookout.isRunning() && run.isPresent()) {
        look(upload, run.get());
      } else if (isFirst && run.isEmpty()) {
        LOG.warn("{} holds an upload that this database does not know", upload.folder());
      }
    }
    isFirst = false;
  }

  /// A run that failed is tried once in each process; after that somebody has to mend it.
  private void look(Upload upload, BusinessRun run) {
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
    } catch (RunRefused | UnreadableFile e) {
      writer.state(run.id(), RunState.FAILED, String.valueOf(e.getMessage()));
    }
  }
}
