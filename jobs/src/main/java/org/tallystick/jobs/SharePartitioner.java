package org.tallystick.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.readers.CustomerReader;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.Share;

/// Cuts the customers of a run into ranges of shards, no more of them than there are chunks of
/// work: a partition costs several transactions of Spring Batch's, even an empty one.
final class SharePartitioner implements Partitioner {

  private final JdbcClient jdbc;
  private final BatchSettings settings;

  SharePartitioner(JdbcClient jdbc, BatchSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  @Override
  public Map<String, ExecutionContext> partition(int partitionsMax) {
    int partitions = Math.clamp(chunksOfWork(partitionsMax), 1, partitionsMax);
    var shares = new LinkedHashMap<String, ExecutionContext>();
    for (int n = 0; n < partitions; n++) {
      int from = Share.SHARDS * n / partitions;
      int to = Share.SHARDS * (n + 1) / partitions;
      shares.put(from + "-" + to, new ExecutionContext());
    }
    return shares;
  }

  /// The share of the partition whose step has this name, `rateShare:256-512`. The name says it,
  /// because what Spring Batch remembers of a partition is lost by a kill as it is begun.
  static Share share(String step, UUID run, String scope) {
    var shards = step.substring(step.lastIndexOf(':') + 1).split("-", 2);
    return new Share(run, scope, Integer.parseInt(shards[0]), Integer.parseInt(shards[1]));
  }

  /// The chunks that the run's customers make, counted up to `max`.
  private int chunksOfWork(int max) {
    int enough = max * settings.chunkCustomers();
    var reader = new CustomerReader(jdbc, "customers-in-scope", wholeRun(), enough);
    int customers = 0;
    while (customers < enough && reader.read() != null) {
      customers++;
    }
    return Math.ceilDiv(customers, settings.chunkCustomers());
  }

  private Share wholeRun() {
    var step = StepSynchronizationManager.getContext();
    if (step == null) {
      throw new IllegalStateException("partitions are made inside a step");
    }
    var run = UUID.fromString(String.valueOf(step.getJobParameters().get("run")));
    return Share.whole(run, new RunReader(jdbc).get(run).scope());
  }
}
