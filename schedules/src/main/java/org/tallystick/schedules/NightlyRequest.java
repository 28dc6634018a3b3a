package org.tallystick.schedules;

import org.quartz.JobExecutionContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.scheduling.quartz.QuartzJobBean;
import org.tallystick.domain.run.RunKind;
import org.tallystick.jobs.Lookout;
import org.tallystick.jobs.Runs;

/// A Quartz job that only requests a run: it is done in an instant and may fire twice, since the
/// same run is requested once. Its as-of date is the latest day that has begun in every billing
/// zone.
class NightlyRequest extends QuartzJobBean {

  private final Runs runs;
  private final Lookout requested;

  NightlyRequest(Runs runs, @Qualifier("requestedRuns") Lookout requested) {
    this.runs = runs;
    this.requested = requested;
  }

  @Override
  protected void executeInternal(JobExecutionContext context) {
    var fired = context.getScheduledFireTime().toInstant();
    runs.request(RunKind.NIGHTLY, runs.latestAsOf(fired));
    requested.wake();
  }
}
