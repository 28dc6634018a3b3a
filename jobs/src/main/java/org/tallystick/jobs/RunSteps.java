package org.tallystick.jobs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tallystick.domain.time.AsOf;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.Checks;
import org.tallystick.readers.CustomerReader;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.Share;
import org.tallystick.sql.Instants;
import org.tallystick.writers.ControlTotals;
import org.tallystick.writers.GrantExpiry;
import org.tallystick.writers.InvoiceNumbers;
import org.tallystick.writers.RunWriter;
import org.tallystick.writers.wallet.WalletRequests;

/// The steps of a run that are one transaction each.
@Component
class RunSteps {

  private static final int GRANTS_PER_TRANSACTION = 500;
  private static final int HOLDS_PER_TRANSACTION = 100;
  private static final int CUSTOMERS_PER_TRANSACTION = 100;

  private final ChunkSteps steps;
  private final JdbcClient jdbc;
  private final DataSource dataSource;
  private final RunSeal seal;

  RunSteps(ChunkSteps steps, JdbcClient jdbc, DataSource dataSource, RunSeal seal) {
    this.steps = steps;
    this.jdbc = jdbc;
    this.dataSource = dataSource;
    this.seal = seal;
  }

  /// Fixes what the run counts, and drops drafts that an abandoned run left behind.
  Step cutOff() {
    return once(
        "cutOff",
        run -> {
          new InvoiceNumbers(jdbc).dropAbandoned(run.id());
          new RunWriter(jdbc).takeCutoff(run.id(), new AsOf(run.date()));
        });
  }

  /// Frees what holds set aside that are over when the as-of day has begun everywhere, those of up
  /// to a hundred customers in a transaction.
  Step freeHolds() {
    return wallets("freeHolds", (requests, at) -> requests.expireHolds(at, HOLDS_PER_TRANSACTION));
  }

  /// Gives what recurs until the as-of day has begun everywhere, to up to a hundred customers in a
  /// transaction.
  Step renew() {
    return wallets("renew", (requests, at) -> requests.renew(at, CUSTOMERS_PER_TRANSACTION));
  }

  /// Repays what is owed with credit in force when the as-of day has begun everywhere, that of up
  /// to a hundred customers in a transaction.
  Step repay() {
    return wallets("repay", (requests, at) -> requests.repay(at, CUSTOMERS_PER_TRANSACTION));
  }

  /// When the as-of day has begun in all zones of the customers.
  private Instant latest(BusinessRun run) {
    return jdbc.sql("select max(as_of) as as_of from run_as_of where run_id = :run")
        .param("run", run.id())
        .query((row, _) -> Optional.ofNullable(Instants.getOrNull(row, "as_of")))
        .single()
        .orElse(new AsOf(run.date()).in(ZoneOffset.UTC));
  }

  /// Does `work` in one transaction after the other until there is none left.
  private Step wallets(String name, BiFunction<WalletRequests, Instant, Integer> work) {
    return steps.once(
        name,
        (contribution, _) -> {
          var at = latest(run(contribution.getStepExecution().getJobExecution()));
          return RepeatStatus.continueIf(work.apply(new WalletRequests(dataSource), at) > 0);
        });
  }

  /// Stops the run unless every accepted record is rated, not yet due, unattributed or withdrawn.
  Step balanceUsage() {
    return once("balanceUsage", run -> new ControlTotals(jdbc).usage(run.id(), run.cutoffTaken()));
  }

  Step number() {
    return once(
        "number",
        run -> {
          requireAllDrafted(run);
          new InvoiceNumbers(jdbc).number(run.id());
        });
  }

  /// Nobody disappears: before a number is spent, every due customer has an outcome.
  private void requireAllDrafted(BusinessRun run) {
    var whole = Share.whole(run.id(), run.scope());
    var left = new CustomerReader(jdbc, "customers-due", whole, 1).read();
    if (left != null) {
      throw new IllegalStateException("customer " + left + " is due and was not drafted");
    }
  }

  /// Ends grants, a transaction for every few hundred of them.
  Step expire() {
    return steps.once(
        "expire",
        (contribution, _) -> {
          var run = run(contribution.getStepExecution().getJobExecution());
          int expired =
              new GrantExpiry(dataSource)
                  .expire(Share.whole(run.id(), run.scope()), run.date(), GRANTS_PER_TRANSACTION);
          return RepeatStatus.continueIf(expired == GRANTS_PER_TRANSACTION);
        });
  }

  Step balancePosted() {
    return once("balancePosted", run -> new ControlTotals(jdbc).posted(run.id()));
  }

  /// Runs every check; a finding fails the run.
  Step reconcile() {
    return once(
        "reconcile",
        _ -> {
          var findings = new Checks(jdbc).run();
          if (!findings.isEmpty()) {
            var first = findings.getFirst();
            throw new CheckFailed(findings.size(), first.check(), first.what());
          }
        });
  }

  Step seal() {
    return once("seal", seal::seal);
  }

  private Step once(String name, Consumer<BusinessRun> work) {
    Tasklet tasklet =
        (contribution, _) -> {
          work.accept(run(contribution.getStepExecution().getJobExecution()));
          return RepeatStatus.FINISHED;
        };
    return steps.once(name, tasklet);
  }

  private BusinessRun run(JobExecution execution) {
    return new RunReader(jdbc).get(RunParameters.run(execution));
  }
}
