package org.tallystick.jobs;

import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.readers.LineBlock;
import org.tallystick.readers.LineBlockReader;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.UsageFormats;
import org.tallystick.writers.IntakeFiles;
import org.tallystick.writers.UsageWriter;

/// Takes one usage file in: every line ends with one disposition, every block of lines is one
/// batch.
@Configuration(proxyBeanMethods = false)
class ImportJob {

  @Bean
  Job importUsage(
      JobRepository repository,
      ChunkSteps steps,
      RunSteps once,
      RunListener listener,
      JdbcClient jdbc,
      @Qualifier("load") Step load) {
    return new JobBuilder("import", repository)
        .listener(listener)
        .start(load)
        .next(close(steps, jdbc))
        .next(once.seal())
        .build();
  }

  @Bean
  Step load(
      ChunkSteps steps,
      @Qualifier("lineReader") ItemStreamReader<LineBlock> reader,
      @Qualifier("usageWriter") ItemWriter<LineBlock> writer) {
    return steps.blocks("load", reader, writer);
  }

  /// The reader counted the physical lines; the batches must account for each of them.
  private static Step close(ChunkSteps steps, JdbcClient jdbc) {
    return steps.once(
        "close",
        (contribution, _) -> {
          var execution = contribution.getStepExecution().getJobExecution();
          var run = new RunReader(jdbc).get(RunParameters.run(execution));
          var files = new IntakeFiles(jdbc);
          var path = Path.of(RunParameters.file(execution.getJobParameters()));
          var file = files.file(run.scope(), path);
          file.requireUnchanged();
          var key = files.formatOf(run.scope());
          var format = new UsageFormats(jdbc).find(key, file).orElseThrow();
          files.finish(files.id(run.scope()), file.countLines(format));
          return RepeatStatus.FINISHED;
        });
  }

  @Bean
  @StepScope
  ItemStreamReader<LineBlock> lineReader(
      JdbcClient jdbc,
      BatchSettings settings,
      @Value("#{jobParameters['file']}") String file,
      @Value("#{jobParameters['format']}") String format,
      @Value("#{jobParameters['run']}") UUID run) {
    var files = new IntakeFiles(jdbc);
    var known = files.file(new RunReader(jdbc).get(run).scope(), Path.of(file));
    return new LineBlockReader(
        known,
        new UsageFormats(jdbc).find(format, known).orElseThrow(),
        settings.chunkLines(),
        files.linesDone(files.id(known.sha256())),
        files.takenIn(known.sha256()));
  }

  @Bean
  @StepScope
  ItemWriter<LineBlock> usageWriter(
      DataSource dataSource, JdbcClient jdbc, @Value("#{jobParameters['run']}") UUID run) {
    var scope = new RunReader(jdbc).get(run).scope();
    return new UsageWriter(dataSource, new IntakeFiles(jdbc).id(scope));
  }
}
