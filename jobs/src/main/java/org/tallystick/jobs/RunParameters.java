package org.tallystick.jobs;

import java.util.UUID;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/// The parameters of a Spring Batch job: the run identifies it, the rest is for looking at.
final class RunParameters {

  static final String RUN = "run";
  static final String FILE = "file";
  static final String FORMAT = "format";

  private RunParameters() {}

  static JobParameters of(UUID run) {
    return new JobParametersBuilder().addString(RUN, run.toString(), true).toJobParameters();
  }

  /// For an import: the file may have moved when it is restarted.
  static JobParameters of(UUID run, String file, String format) {
    return new JobParametersBuilder()
        .addString(RUN, run.toString(), true)
        .addString(FILE, file, false)
        .addString(FORMAT, format, false)
        .toJobParameters();
  }

  static String file(JobParameters parameters) {
    var file = parameters.getString(FILE);
    if (file == null) {
      throw new IllegalStateException("an import has a file");
    }
    return file;
  }

  static UUID run(JobExecution execution) {
    return run(execution.getJobParameters());
  }

  static UUID run(JobParameters parameters) {
    var run = parameters.getString(RUN);
    if (run == null) {
      throw new IllegalStateException("a job of Tallystick has a run");
    }
    return UUID.fromString(run);
  }
}
