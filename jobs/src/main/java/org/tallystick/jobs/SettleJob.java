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
import org.tallystick.readers.InputFile;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.WalletLine.Block;
import org.tallystick.readers.WalletLineReader;
import org.tallystick.writers.wallet.SettledFiles;
import org.tallystick.writers.wallet.WalletLineWriter;

/// Settles one file of requests on wallets: every line is settled, refused, or none.
@Configuration(proxyBeanMethods = false)
class SettleJob {

  /// Customers' wallets are locked for the time of a block.
  private static final int LINES = 500;

  @Bean
  Job settleFile(
      JobRepository repository,
      ChunkSteps steps,
      RunSteps once,
      RunListener listener,
      JdbcClient jdbc,
      @Qualifier("settle") Step settle) {
    return new JobBuilder("settle", repository)
        .listener(listener)
        .start(settle)
        .next(balance(steps, jdbc))
        .next(once.seal())
        .build();
  }

  @Bean
  Step settle(
      ChunkSteps steps,
      @Qualifier("walletLineReader") ItemStreamReader<Block> reader,
      @Qualifier("walletLineWriter") ItemWriter<Block> writer) {
    return steps.blocks("settle", reader, writer);
  }

  /// The lines are counted apart from the reader that parses them.
  private static Step balance(ChunkSteps steps, JdbcClient jdbc) {
    return steps.once(
        "balanceLines",
        (contribution, _) -> {
          var execution = contribution.getStepExecution().getJobExecution();
          var run = RunParameters.run(execution);
          var file = file(jdbc, run, RunParameters.file(execution.getJobParameters()));
          file.requireUnchanged();
          new SettledFiles(jdbc).requireAll(run, file.countLines());
          return RepeatStatus.FINISHED;
        });
  }

  @Bean
  @StepScope
  ItemStreamReader<Block> walletLineReader(
      JdbcClient jdbc,
      @Value("#{jobParameters['file']}") String path,
      @Value("#{jobParameters['run']}") UUID run) {
    return new WalletLineReader(
        file(jdbc, run, path), LINES, new SettledFiles(jdbc).linesDone(run));
  }

  @Bean
  @StepScope
  ItemWriter<Block> walletLineWriter(
      DataSource dataSource, JdbcClient jdbc, @Value("#{jobParameters['run']}") UUID run) {
    return new WalletLineWriter(dataSource, run, new SettledFiles(jdbc).at(run));
  }

  private static InputFile file(JdbcClient jdbc, UUID run, String path) {
    var sha256 = new RunReader(jdbc).get(run).scope();
    return new SettledFiles(jdbc).file(run, sha256, Path.of(path));
  }
}
