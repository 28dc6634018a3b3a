package org.tallystick.jobs;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tallystick.domain.run.RunState;
import org.tallystick.writers.RunWriter;

/// Keeps the state of a business run in step with its job. That a run is posted is written by its
/// last step, together with the manifest.
@Component
class RunListener implements JobExecutionListener {

  private final JdbcClient jdbc;

  RunListener(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void beforeJob(JobExecution execution) {
    new RunWriter(jdbc).state(RunParameters.run(execution), RunState.RUNNING, "");
  }

  @Override
  public void afterJob(JobExecution execution) {
    var run = RunParameters.run(execution);
    if (execution.getStatus() == BatchStatus.STOPPED) {
      new RunWriter(jdbc).state(run, RunState.STOPPED, "stopped on request");
    } else if (execution.getStatus() != BatchStatus.COMPLETED) {
      new RunWriter(jdbc).state(run, RunState.FAILED, message(execution));
    }
  }

  private static String message(JobExecution execution) {
    return execution.getAllFailureExceptions().stream()
        .map(RunListener::rootMessage)
        .filter(message -> !message.startsWith("Partition handler returned"))
        .findFirst()
        .orElse("failed without a message");
  }

  private static String rootMessage(Throwable failure) {
    var cause = NestedExceptionUtils.getMostSpecificCause(failure);
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
