package org.tallystick.writers.wallet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallystick.domain.wallet.WalletOutcome;
import org.tallystick.domain.wallet.WalletOutcome.Reason;
import org.tallystick.domain.wallet.WalletOutcome.Refused;
import org.tallystick.domain.wallet.WalletOutcome.Repeated;
import org.tallystick.domain.wallet.WalletOutcome.Settled;
import org.tallystick.domain.wallet.WalletRequest;
import org.tallystick.readers.WalletLine;
import org.tallystick.readers.WalletLine.Job;
import org.tallystick.readers.WalletLine.Request;

/// The requests of a block of lines, in their order, and what became of each line.
final class LineRequests {

  private final Map<WalletLine, Decided> decided = new HashMap<>();
  private final List<List<Part>> groups = new ArrayList<>();
  private Optional<Job> last = Optional.empty();

  /// A line that asks for nothing; it ends a batch.
  void decide(WalletLine line, Decided what) {
    last = Optional.empty();
    decided.put(line, what);
  }

  void ask(Request line, UUID customer, WalletRequest request) {
    add(line, Optional.of(new CustomerRequest(customer, request)));
  }

  /// A line that can't be asked; nor can those who are one batch with it.
  void refuse(Request line, String reason, String message) {
    decided.put(line, new Decided("refused", reason, message));
    add(line, Optional.empty());
  }

  private void add(Request line, Optional<CustomerRequest> asked) {
    var job = Optional.of(line).filter(Job.class::isInstance).map(Job.class::cast);
    if (job.isEmpty() || last.isEmpty() || !last.get().isBatchWith(job.get())) {
      groups.add(new ArrayList<>());
    }
    groups.getLast().add(new Part(line, asked));
    last = job;
  }

  /// What became of each line.
  Map<WalletLine, Decided> settle(WalletRequests requests) {
    var whole = groups.stream().filter(LineRequests::isWhole).toList();
    var asked =
        whole.stream()
            .map(group -> group.stream().flatMap(part -> part.asked.stream()).toList())
            .toList();
    var outcomes = requests.settle(asked);
    for (int group = 0; group < whole.size(); group++) {
      for (int n = 0; n < whole.get(group).size(); n++) {
        decided.put(whole.get(group).get(n).line, Decided.of(outcomes.get(group).get(n)));
      }
    }
    var broken =
        new Refused(Reason.BATCH, "nothing of its batch is settled: another line is refused");
    groups.stream()
        .filter(group -> !isWhole(group))
        .flatMap(List::stream)
        .forEach(part -> decided.putIfAbsent(part.line, Decided.of(broken)));
    return decided;
  }

  private static boolean isWhole(List<Part> group) {
    return group.stream().allMatch(part -> part.asked.isPresent());
  }

  /// What became of a line, and of one that is not settled why.
  record Decided(String outcome, @Nullable String reason, @Nullable String message) {

    static final Decided NO_REQUEST = new Decided("no_request", null, null);

    static Decided unreadable(String reason, String message) {
      return new Decided("unreadable", reason, message);
    }

    private static Decided of(WalletOutcome outcome) {
      return switch (outcome) {
        case Settled _ -> new Decided("settled", null, null);
        case Repeated _ -> new Decided("repeated", null, null);
        case Refused(var reason, var message) ->
            new Decided("refused", reason.name().toLowerCase(Locale.ROOT), message);
      };
    }
  }

  /// A line, and what it asks for, if it can be asked.
  private record Part(Request line, Optional<CustomerRequest> asked) {}
}
