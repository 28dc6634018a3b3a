package org.tallystick.app.cli;

import java.nio.file.Path;
import org.tallystick.readers.BusinessRun;

/// A run that takes a file in did not come to its end.
final class RunFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RunFailed(Path file, BusinessRun run) {
    super(
        "%s of %s failed: %s; go on with it: tallystick runs restart %s"
            .formatted(run.kind().code(), file, run.message(), run.runNo()));
  }
}
