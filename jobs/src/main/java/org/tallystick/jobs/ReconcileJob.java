package org.tallystick.jobs;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Runs every check in `sql/checks`; any row fails the run.
@Configuration(proxyBeanMethods = false)
class ReconcileJob {

  @Bean
  Job reconcileOnly(JobRepository repository, RunSteps once, RunListener listener) {
    return new JobBuilder("reconcile", repository)
        .listener(listener)
        .start(once.reconcile())
        .next(once.seal())
        .build();
  }
}
