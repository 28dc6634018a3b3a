package org.tallystick.jobs;

import java.util.UUID;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.listener.StepListener;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/// The one place that builds steps. Spring Batch's builders use no transactions unless told so;
/// here a chunk's rows, its progress and Spring Batch's own bookkeeping commit together or not at
/// all.
@Component
class ChunkSteps {

  /// Connections that are not for partitions: the run's lock, and the step that waits for them.
  private static final int WORKERS_MAX = 6;

  private final JobRepository repository;
  private final PlatformTransactionManager transactions;
  private final BatchSettings settings;
  private final JdbcClient jdbc;
  private final StepProgress progress;
  private final SimpleAsyncTaskExecutor workers;

  ChunkSteps(
      JobRepository repository,
      PlatformTransactionManager transactions,
      BatchSettings settings,
      JdbcClient jdbc,
      StepProgress progress) {
    this.repository = repository;
    this.transactions = transactions;
    this.settings = settings;
    this.jdbc = jdbc;
    this.progress = progress;
    this.workers = new SimpleAsyncTaskExecutor("partition-");
    this.workers.setVirtualThreads(true);
    this.workers.setConcurrencyLimit(WORKERS_MAX);
  }

  /// A step that does one thing in one transaction.
  Step once(String name, Tasklet tasklet) {
    return new StepBuilder(name, repository)
        .tasklet(tasklet, transactions)
        .listener((StepExecutionListener) progress)
        .build();
  }

  /// A step over customers, in chunks, in partitions side by side.
  Step customers(String name, ItemReader<UUID> reader, ItemWriter<UUID> writer) {
    Step chunks =
        new StepBuilder(name + "Share", repository)
            .<UUID, UUID>chunk(settings.chunkCustomers())
            .transactionManager(transactions)
            .reader(reader)
            .writer(writer)
            .listener((StepListener) progress)
            .build();
    return partitioned(name, chunks);
  }

  /// A step that does one thing per partition, each in one transaction; `query` lists the
  /// customers.
  Step shares(String name, Tasklet tasklet) {
    return partitioned(
        name, new StepBuilder(name + "Share", repository).tasklet(tasklet, transactions).build());
  }

  private Step partitioned(String name, Step share) {
    Partitioner partitioner = new SharePartitioner(jdbc, settings);
    return new StepBuilder(name, repository)
        .partitioner(name + "Share", partitioner)
        .step(share)
        .gridSize(settings.partitions())
        .taskExecutor(workers)
        .listener((StepExecutionListener) progress)
        .build();
  }

  /// A step over the lines of a file, one block of them per transaction.
  <T> Step blocks(String name, ItemReader<T> reader, ItemWriter<T> writer) {
    return new StepBuilder(name, repository)
        .<T, T>chunk(1)
        .transactionManager(transactions)
        .reader(reader)
        .writer(writer)
        .listener((StepListener) progress)
        .listener((StepExecutionListener) progress)
        .build();
  }
}
