package org.tallystick.app.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.domain.usage.SuspenseReason;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.SuspenseReader.Filter;
import picocli.CommandLine.Option;

/// Which lines of the suspense desk a command is about.
final class SuspenseFilter {

  @Option(
      names = "--reason",
      defaultValue = "",
      paramLabel = "REASON",
      description = "Only lines of this reason: bad_number, conflict, ...")
  private String reason = "";

  @Option(
      names = "--file",
      defaultValue = "",
      paramLabel = "FILE",
      description = "Only lines of this file, by name or SHA-256.")
  private String file = "";

  @Option(
      names = "--line",
      defaultValue = "0",
      paramLabel = "N",
      description = "Only this line of --file.")
  private long line;

  @Option(
      names = "--customer",
      paramLabel = "KEY",
      description = "Only usage of subjects that this customer has.")
  private @Nullable String customer;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description = "Only of files taken in before that: P7D is seven days, PT12H twelve hours.")
  private @Nullable String olderThan;

  /// Throws [BadInput] for what no line can be.
  Filter filter(Session session) {
    var reasons = Arrays.stream(SuspenseReason.values()).map(SuspenseReason::code).toList();
    if (!reason.isEmpty() && !reasons.contains(reason)) {
      throw new BadInput(
          "--reason expects one of " + String.join(", ", reasons) + ", found '" + reason + "'");
    }
    if (line != 0 && (line < 0 || file.isEmpty())) {
      throw new BadInput("--line expects a line of --file, counted from 1, found " + line);
    }
    if (customer != null && !new RunReader(session.get(JdbcClient.class)).isCustomer(customer)) {
      throw new BadInput("there is no customer '" + customer + "'");
    }
    return new Filter(
        reason, file, line, before(session.get(Clock.class)), Optional.ofNullable(customer));
  }

  private Instant before(Clock clock) {
    if (olderThan == null) {
      return Filter.ALL.before();
    }
    try {
      return clock.instant().minus(Duration.parse(olderThan));
    } catch (DateTimeException | ArithmeticException e) {
      throw new BadInput(
          "--older-than expects an age like P7D or PT12H, found '" + olderThan + "'");
    }
  }

  String customer() {
    return customer == null ? "" : customer;
  }

  /// Whether it lets everything through.
  boolean isOpen() {
    return reason.isEmpty() && file.isEmpty() && customer == null && olderThan == null;
  }

  /// Whether it is about lines only, not about records that belong to nobody.
  boolean isOfLines() {
    return !reason.isEmpty() || !file.isEmpty() || olderThan != null;
  }
}
