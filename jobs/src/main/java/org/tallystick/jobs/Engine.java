package org.tallystick.jobs;

import java.util.Map;
import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.tallystick.domain.run.RunKind;

/// Spring Batch behind business runs: a run is a job instance, each attempt at it an execution.
@Component
public class Engine {

  private final JobOperator operator;
  private final JobRepository repository;
  private final Map<RunKind, Job> jobs;

  Engine(
      JobOperator operator,
      JobRepository repository,
      @Qualifier("importUsage") Job importUsage,
      @Qualifier("nightly") Job nightly,
      @Qualifier("rateOnly") Job rateOnly,
      @Qualifier("reconcileOnly") Job reconcileOnly,
      @Qualifier("settleFile") Job settleFile) {
    this.operator = operator;
    this.repository = repository;
    this.jobs =
        Map.of(
            RunKind.IMPORT, importUsage,
            RunKind.NIGHTLY, nightly,
            RunKind.RATE, rateOnly,
            RunKind.RECONCILE, reconcileOnly,
            RunKind.SETTLE, settleFile);
  }

  /// Executes the job of a run in the calling thread: from the beginning, or from where its last
  /// attempt stood. The caller holds the run's lock, so an attempt that looks alive is dead.
  void execute(RunKind kind, JobParameters parameters) {
    var job = job(kind);
    try {
      var last = repository.getLastJobExecution(job.getName(), parameters);
      if (last != null && isDead(last)) {
        operator.recover(last);
      }
      operator.start(job, parameters);
    } catch (JobExecutionException e) {
      throw new IllegalStateException("cannot execute " + kind.code(), e);
    }
  }

  /// The parameters of the last attempt at the run that `identity` names.
  Optional<JobParameters> parameters(RunKind kind, JobParameters identity) {
    return Optional.ofNullable(repository.getLastJobExecution(job(kind).getName(), identity))
        .map(JobExecution::getJobParameters);
  }

  private Job job(RunKind kind) {
    var job = jobs.get(kind);
    if (job == null) {
      throw new IllegalStateException("there is no job for " + kind);
    }
    return job;
  }

  private static boolean isDead(JobExecution execution) {
    return execution.getStatus() == BatchStatus.STARTED
        || execution.getStatus() == BatchStatus.STARTING
        || execution.getStatus() == BatchStatus.STOPPING
        || execution.getStatus() == BatchStatus.UNKNOWN;
  }
}
