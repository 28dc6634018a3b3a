package org.tallystick.readers;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A physical line of a file of requests on wallets, of which the first that says something names
/// the columns. `number` counts from 1.
public sealed interface WalletLine {

  long number();

  String text();

  /// The header, a comment, or nothing; its text doesn't matter.
  record NoRequest(long number, String text) implements WalletLine {}

  /// It is no request; `message` names the column, what is in it and what was expected.
  record Unreadable(long number, String text, String reason, String message)
      implements WalletLine {}

  /// A line that asks for something: of the customer with the key `customer`, under the key `key`.
  sealed interface Request extends WalletLine {

    String customer();

    String key();
  }

  /// A job on a device: submitted, ended if there is an `end`, or cancelled.
  ///
  /// @param batch those that were submitted together; empty for one alone
  record Job(
      long number,
      String text,
      String customer,
      String key,
      String batch,
      String device,
      Optional<Long> runs,
      Optional<Instant> start,
      Optional<Instant> end,
      boolean isCancelled)
      implements Request {

    public boolean isSubmitted() {
      return end.isEmpty() && !isCancelled;
    }

    /// Whether both are submitted together, all or not at all.
    public boolean isBatchWith(Job other) {
      return isSubmitted()
          && other.isSubmitted()
          && !batch.isEmpty()
          && batch.equals(other.batch)
          && customer.equals(other.customer);
    }
  }

  /// Credits that were used.
  record Credits(
      long number,
      String text,
      String customer,
      String key,
      String unit,
      BigDecimal amount,
      Map<String, String> details)
      implements Request {}

  /// Lines that are settled together.
  record Block(List<WalletLine> lines) {

    public Block {
      lines = List.copyOf(lines);
    }
  }
}
