package org.tallystick.writers.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tallystick.domain.wallet.WalletOutcome;
import org.tallystick.domain.wallet.WalletRequest;

/// Settles requests of many callers, who wait for their answers: those who come while others are
/// settled share the next transaction, as in a group commit. So a wallet that everybody wants is
/// locked, written and flushed once for all who wait, not once for each.
public final class SettlementQueue implements AutoCloseable {

  private static final int LANES = Math.max(2, Runtime.getRuntime().availableProcessors());

  /// Bounds what a transaction holds and how long the first of it waits for the last.
  private static final int TOGETHER = 100;

  private final WalletRequests requests;
  private final TransactionTemplate transaction;
  private final List<Lane> lanes;

  public SettlementQueue(DataSource dataSource, PlatformTransactionManager transactions) {
    this.requests = new WalletRequests(dataSource);
    this.transaction = new TransactionTemplate(transactions);
    this.lanes = IntStream.range(0, LANES).mapToObj(_ -> new Lane()).toList();
  }

  /// Settles `request` on the wallets of the customer; when this returns, it is committed. Throws
  /// what the database throws; then nothing of it is kept.
  public WalletOutcome settle(UUID customer, WalletRequest request) {
    var waiting = new Waiting(new CustomerRequest(customer, request), new CompletableFuture<>());
    lanes.get(Math.floorMod(customer.hashCode(), LANES)).add(waiting);
    try {
      return waiting.answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /// Settles what has come in, and takes nothing more.
  @Override
  public void close() {
    lanes.forEach(lane -> lane.executor.close());
  }

  /// The requests of some customers, one transaction after the other.
  private final class Lane {

    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final ExecutorService executor =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("wallets").factory());

    private void add(Waiting waiting) {
      queue.add(waiting);
      try {
        executor.execute(this::settleNext);
      } catch (RejectedExecutionException closed) {
        // Unless a task from before the closing took it, nobody will.
        if (queue.remove(waiting)) {
          throw closed;
        }
      }
    }

    /// All who wait; nothing for a caller who was settled with the one before.
    private void settleNext() {
      var together = new ArrayList<Waiting>();
      while (together.size() < TOGETHER && !queue.isEmpty()) {
        together.add(queue.remove());
      }
      try {
        settle(together);
      } catch (RuntimeException _) {
        // What one of them fails on is nothing to the others.
        together.forEach(this::settleAlone);
      } finally {
        // Nobody waits for ever, whatever happened; those who have an answer keep it.
        var lost = new IllegalStateException("the process failed before the request was settled");
        together.forEach(waiting -> waiting.answer.completeExceptionally(lost));
      }
    }

    private void settleAlone(Waiting waiting) {
      try {
        settle(List.of(waiting));
      } catch (RuntimeException failure) {
        waiting.answer.completeExceptionally(failure);
      }
    }

    private void settle(List<Waiting> together) {
      if (!together.isEmpty()) {
        var asked = together.stream().map(Waiting::asked).toList();
        var outcomes = transaction.execute(_ -> requests.settleEach(asked));
        for (int i = 0; i < together.size(); i++) {
          together.get(i).answer.complete(outcomes.get(i));
        }
      }
    }
  }

  private record Waiting(CustomerRequest asked, CompletableFuture<WalletOutcome> answer) {}
}
