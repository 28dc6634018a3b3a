package org.tallystick.schedules;

import java.time.LocalDate;
import java.time.ZoneId;
import org.quartz.JobExecutionContext;
import org.springframework.scheduling.quartz.QuartzJobBean;
import org.tallystick.domain.run.RunKind;
import org.tallystick.jobs.Runs;

/// A Quartz job that only requests a run: it is done in an instant and may fire twice, since the
/// same run is requested once.
class NightlyRequest extends QuartzJobBean {

  private final Runs runs;
  private final ScheduleSettings settings;
  private final RequestedRuns requested;

  NightlyRequest(Runs runs, ScheduleSettings settings, RequestedRuns requested) {
    this.runs = runs;
    this.settings = settings;
    this.requested = requested;
  }

  @Override
  protected void executeInternal(JobExecutionContext context) {
    var fired = context.getScheduledFireTime().toInstant();
    runs.request(RunKind.NIGHTLY, LocalDate.ofInstant(fired, ZoneId.of(settings.zone())));
    requested.wake();
  }
}
