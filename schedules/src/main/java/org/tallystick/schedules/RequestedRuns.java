package org.tallystick.schedules;

import org.tallystick.jobs.Lookout;
import org.tallystick.jobs.Runs;

/// Executes requested runs, also those that another process requested.
class RequestedRuns extends Lookout {

  private final Runs runs;

  RequestedRuns(Runs runs) {
    super("requested-runs");
    this.runs = runs;
  }

  @Override
  protected void look() {
    runs.executeRequested();
  }
}
