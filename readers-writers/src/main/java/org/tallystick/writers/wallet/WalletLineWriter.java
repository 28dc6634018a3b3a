package org.tallystick.writers.wallet;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.wallet.JobPrice;
import org.tallystick.domain.wallet.WalletRequest.Capture;
import org.tallystick.domain.wallet.WalletRequest.Hold;
import org.tallystick.domain.wallet.WalletRequest.Release;
import org.tallystick.domain.wallet.WalletRequest.Usage;
import org.tallystick.readers.WalletLine;
import org.tallystick.readers.WalletLine.Block;
import org.tallystick.readers.WalletLine.Credits;
import org.tallystick.readers.WalletLine.Job;
import org.tallystick.readers.WalletLine.NoRequest;
import org.tallystick.readers.WalletLine.Request;
import org.tallystick.readers.WalletLine.Unreadable;
import org.tallystick.sql.Column;
import org.tallystick.sql.Query;
import org.tallystick.writers.Ids;
import org.tallystick.writers.wallet.JobPrices.HeldJob;
import org.tallystick.writers.wallet.LineRequests.Decided;

/// Settles the lines of a file, as of one instant, and notes what became of each: part of the
/// chunk's transaction, a block in each.
///
/// A job that is submitted holds its estimate, all of a batch or none; one that has ended is
/// captured at the price of its hold, and if there is none at the price of now; one that is
/// cancelled is released.
public final class WalletLineWriter implements ItemWriter<Block> {

  private static final Duration HELD = Duration.ofDays(30);

  private final JdbcClient jdbc;
  private final WalletRequests requests;
  private final UUID run;
  private final Instant at;

  /// For the file that `run` settles as of `at`.
  public WalletLineWriter(DataSource dataSource, UUID run, Instant at) {
    this.jdbc = JdbcClient.create(dataSource);
    this.requests = new WalletRequests(dataSource);
    this.run = run;
    this.at = at;
  }

  @Override
  public void write(Chunk<? extends Block> chunk) {
    chunk.forEach(block -> write(block.lines()));
  }

  private void write(List<WalletLine> lines) {
    var owners = owners(lines);
    var jobs = lines.stream().filter(Job.class::isInstance).map(Job.class::cast).toList();
    var prices = JobPrices.of(jdbc, owners, jobs);
    var asked = new LineRequests();
    for (var line : lines) {
      switch (line) {
        case NoRequest _ -> asked.decide(line, Decided.NO_REQUEST);
        case Unreadable(_, _, var reason, var message) ->
            asked.decide(line, Decided.unreadable(reason, message));
        case Request request -> {
          var customer = owners.get(request.customer());
          if (customer == null) {
            asked.refuse(
                request, "unknown_customer", "there is no customer '" + request.customer() + "'");
          } else {
            ask(asked, request, customer, prices);
          }
        }
      }
    }
    note(lines, asked.settle(requests));
  }

  private void ask(LineRequests asked, Request request, UUID customer, JobPrices prices) {
    switch (request) {
      case Credits credits ->
          asked.ask(
              credits,
              customer,
              new Usage(
                  credits.key(), at, List.of(credits.unit()), credits.amount(), credits.details()));
      case Job job when job.isCancelled() -> asked.ask(job, customer, new Release(job.key(), at));
      case Job job -> {
        var held = prices.held(customer, job.key());
        var price = held.map(HeldJob::price).or(() -> prices.of(customer, job.device()));
        if (price.isEmpty()) {
          asked.refuse(
              job,
              "unknown_device",
              "device: expected one of %s, found '%s'"
                  .formatted(prices.devices(customer), job.device()));
        } else if (held.filter(other -> !other.device().equals(job.device())).isPresent()) {
          asked.refuse(
              job,
              "conflict",
              "device: expected %s, which credit is held for, found '%s'"
                  .formatted(held.get().device(), job.device()));
        } else if (job.isSubmitted()) {
          prices.hold(customer, job, price.get());
          submit(asked, job, customer, price.get());
        } else {
          end(asked, job, customer, price.get());
        }
      }
    }
  }

  private void submit(LineRequests asked, Job job, UUID customer, JobPrice price) {
    if (job.runs().isEmpty()) {
      asked.refuse(job, "missing_value", "runs: expected a number, found nothing");
      return;
    }
    var amount = price.estimate(job.runs().get());
    var details = JobPrices.details(price, job);
    asked.ask(
        job, customer, new Hold(job.key(), at, price.units(), amount, at.plus(HELD), details));
  }

  /// Finished work is billed, whether credit was held for it or not.
  private void end(LineRequests asked, Job job, UUID customer, JobPrice price) {
    var cost = price.cost(job.runs(), job.start(), job.end().orElseThrow());
    if (cost.isEmpty()) {
      var message =
          switch (price.metric()) {
            case SHOT -> "runs: expected a number, found nothing";
            case HOUR ->
                "start: expected a time no later than the end, found %s"
                    .formatted(job.start().map(Instant::toString).orElse("nothing"));
          };
      asked.refuse(job, "missing_value", message);
      return;
    }
    var details = JobPrices.details(price, job);
    asked.ask(job, customer, new Capture(job.key(), at, cost.get(), price.units(), details));
  }

  private Map<String, UUID> owners(List<WalletLine> lines) {
    var keys =
        lines.stream()
            .filter(Request.class::isInstance)
            .map(line -> ((Request) line).customer())
            .distinct()
            .toArray(String[]::new);
    var owners = new HashMap<String, UUID>();
    jdbc.sql("select id, key from customer where key = any (:keys)")
        .param("keys", keys)
        .query(row -> {
          owners.put(row.getString("key"), Ids.get(row, "id"));
        });
    return owners;
  }

  private void note(List<WalletLine> lines, Map<WalletLine, Decided> decided) {
    var all = lines.stream().map(line -> Map.entry(line, decided.get(line))).toList();
    jdbc.sql(Query.of("write-settled-lines"))
        .param("run", run)
        .param("lines", Column.numbers(lines, WalletLine::number))
        .param("outcomes", Column.texts(all, line -> line.getValue().outcome()))
        .param("customers", Column.texts(lines, l -> l instanceof Request r ? r.customer() : null))
        .param("keys", Column.texts(lines, l -> l instanceof Request r ? r.key() : null))
        .param("reasons", Column.texts(all, line -> line.getValue().reason()))
        .param("messages", Column.texts(all, line -> line.getValue().message()))
        .param(
            "texts",
            Column.texts(all, l -> l.getValue().reason() == null ? null : l.getKey().text()))
        .update();
  }
}
