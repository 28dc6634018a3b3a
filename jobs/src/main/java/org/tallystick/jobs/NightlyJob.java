package org.tallystick.jobs;

import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.support.CompositeItemWriter;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.TermsReader;
import org.tallystick.writers.DraftWriter;
import org.tallystick.writers.PeriodWriter;
import org.tallystick.writers.PostingWriter;
import org.tallystick.writers.RatingWriter;
import org.tallystick.writers.wallet.BilledDebts;

/// The nightly bill run, and the run that only rates: from new usage to posted invoices.
///
/// Every step reads what is left to do from the data, so a restart goes on where the run stood;
/// what falls due is driven by the service periods, so a night that was missed is caught up by the
/// next.
@Configuration(proxyBeanMethods = false)
class NightlyJob {

  @Bean
  Job nightly(
      JobRepository repository,
      RunSteps once,
      RunListener listener,
      @Qualifier("open") Step open,
      @Qualifier("meter") Step meter,
      @Qualifier("rate") Step rate,
      @Qualifier("draft") Step draft,
      @Qualifier("post") Step post) {
    return new JobBuilder("nightly", repository)
        .listener(listener)
        .start(once.cutOff())
        .next(once.freeHolds())
        .next(once.renew())
        .next(once.repay())
        .next(open)
        .next(meter)
        .next(rate)
        .next(once.balanceUsage())
        .next(draft)
        .next(once.number())
        .next(post)
        .next(once.expire())
        .next(once.balancePosted())
        .next(once.reconcile())
        .next(once.seal())
        .build();
  }

  @Bean
  Job rateOnly(
      JobRepository repository,
      RunSteps once,
      RunListener listener,
      @Qualifier("open") Step open,
      @Qualifier("meter") Step meter,
      @Qualifier("rate") Step rate) {
    return new JobBuilder("rate", repository)
        .listener(listener)
        .start(once.cutOff())
        .next(open)
        .next(meter)
        .next(rate)
        .next(once.balanceUsage())
        .next(once.seal())
        .build();
  }

  @Bean
  Step open(
      ChunkSteps steps,
      @Qualifier("openReader") ItemReader<UUID> reader,
      @Qualifier("openWriter") ItemWriter<UUID> writer) {
    return steps.customers("open", reader, writer);
  }

  @Bean
  Step meter(ChunkSteps steps, MeterTasklet tasklet) {
    return steps.shares("meter", tasklet);
  }

  @Bean
  Step rate(
      ChunkSteps steps,
      @Qualifier("rateReader") ItemReader<UUID> reader,
      @Qualifier("rateWriter") ItemWriter<UUID> writer) {
    return steps.customers("rate", reader, writer);
  }

  @Bean
  Step draft(
      ChunkSteps steps,
      @Qualifier("draftReader") ItemReader<UUID> reader,
      @Qualifier("draftWriter") ItemWriter<UUID> writer) {
    return steps.customers("draft", reader, writer);
  }

  @Bean
  Step post(
      ChunkSteps steps,
      @Qualifier("postReader") ItemReader<UUID> reader,
      @Qualifier("postWriter") ItemWriter<UUID> writer) {
    return steps.customers("post", reader, writer);
  }

  @Bean
  @StepScope
  ItemReader<UUID> openReader(
      ShareReaders readers,
      @Value("#{jobParameters['run']}") UUID run,
      @Value("#{stepExecution.stepName}") String step) {
    return readers.reader("customers-to-open", run, step);
  }

  @Bean
  @StepScope
  ItemReader<UUID> rateReader(
      ShareReaders readers,
      @Value("#{jobParameters['run']}") UUID run,
      @Value("#{stepExecution.stepName}") String step) {
    return readers.reader("customers-to-rate", run, step);
  }

  @Bean
  @StepScope
  ItemReader<UUID> draftReader(
      ShareReaders readers,
      @Value("#{jobParameters['run']}") UUID run,
      @Value("#{stepExecution.stepName}") String step) {
    return readers.reader("customers-due", run, step);
  }

  @Bean
  @StepScope
  ItemReader<UUID> postReader(
      ShareReaders readers,
      @Value("#{jobParameters['run']}") UUID run,
      @Value("#{stepExecution.stepName}") String step) {
    return readers.reader("customers-to-post", run, step);
  }

  @Bean
  @StepScope
  ItemWriter<UUID> openWriter(DataSource data, @Value("#{jobParameters['run']}") UUID run) {
    return new PeriodWriter(data, run);
  }

  @Bean
  @StepScope
  ItemWriter<UUID> rateWriter(
      DataSource data, JdbcClient jdbc, @Value("#{jobParameters['run']}") UUID run) {
    return new RatingWriter(data, new TermsReader(jdbc), run);
  }

  @Bean
  @StepScope
  ItemWriter<UUID> draftWriter(
      DataSource data, JdbcClient jdbc, @Value("#{jobParameters['run']}") UUID run) {
    return new DraftWriter(data, new TermsReader(jdbc), run, new RunReader(jdbc).get(run).date());
  }

  @Bean
  @StepScope
  ItemWriter<UUID> postWriter(DataSource data, @Value("#{jobParameters['run']}") UUID run) {
    return new CompositeItemWriter<>(
        List.of(new BilledDebts(data, run), new PostingWriter(data, run)));
  }
}
