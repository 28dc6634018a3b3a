package org.tallystick.jobs;

import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tallystick.readers.RunReader;
import org.tallystick.writers.Metering;

/// Meters the share of a partition.
@Component
class MeterTasklet implements Tasklet {

  private final JdbcClient jdbc;

  MeterTasklet(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
    var step = contribution.getStepExecution();
    var run = new RunReader(jdbc).get(RunParameters.run(step.getJobExecution()));
    var share = SharePartitioner.share(step.getStepName(), run.id(), run.scope());
    contribution.incrementWriteCount(new Metering(jdbc).meter(share, run.cutoffTaken()));
    return RepeatStatus.FINISHED;
  }
}
