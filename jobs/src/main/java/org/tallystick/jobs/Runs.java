package org.tallystick.jobs;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tallystick.domain.run.RunKind;
import org.tallystick.domain.run.RunState;
import org.tallystick.domain.time.AsOf;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.InputFile;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.WalletLineReader;
import org.tallystick.writers.IntakeFiles;
import org.tallystick.writers.RunLock;
import org.tallystick.writers.RunWriter;
import org.tallystick.writers.wallet.SettledFiles;

/// Business runs: requested, executed, restarted. A run is known by kind, as-of, scope and number;
/// starting one again that did not come to its end goes on with it.
@Component
public class Runs {

  /// The scope of a run over all customers.
  public static final String ALL = "all";

  private static final String BUSY = "another run or catalog change is in progress; wait for it";

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final RunReader reader;
  private final Engine engine;
  private final Clock clock;
  private final Progress progress;

  public Runs(
      DataSource dataSource, JdbcClient jdbc, Engine engine, Clock clock, Progress progress) {
    this.dataSource = dataSource;
    this.jdbc = jdbc;
    this.reader = new RunReader(jdbc);
    this.engine = engine;
    this.clock = clock;
    this.progress = progress;
  }

  /// Executes a run of `kind` as-of `date` to its end, or goes on with the one that was begun.
  /// `customers` limits it to these keys, none is all. Running again what was posted needs a
  /// `reason` and gets the next number; without one the posted run is given back as it is.
  public BusinessRun run(RunKind kind, LocalDate date, List<String> customers, String reason) {
    var scope = scope(customers);
    requireReached(date, scope);
    try (var _ = RunLock.take(dataSource, RunLock.BILLING, BUSY)) {
      var last = reader.latest(kind, Optional.of(date), scope);
      if (last.isPresent() && last.get().state() == RunState.POSTED && reason.isEmpty()) {
        return last.get();
      }
      var begun =
          last.filter(r -> r.state() != RunState.POSTED)
              .map(BusinessRun::id)
              .filter(this::isStillGood);
      requireNoneHalfPosted(begun);
      if (kind != RunKind.RECONCILE) {
        requireNotMeteredBeyond(date, scope);
      }
      return execute(begun.orElseGet(() -> request(kind, date, scope, reason(last, reason))));
    }
  }

  /// Whether the run over all customers is posted.
  public boolean isPosted(RunKind kind, LocalDate date) {
    return reader
        .latest(kind, Optional.of(date), ALL)
        .filter(run -> run.state() == RunState.POSTED)
        .isPresent();
  }

  /// The latest as-of date that has begun in every billing zone at `instant`; in UTC if there is no
  /// customer.
  public LocalDate latestAsOf(Instant instant) {
    return reader.zones(List.of()).stream()
        .map(zone -> LocalDate.ofInstant(instant, ZoneId.of(zone)))
        .min(Comparator.naturalOrder())
        .orElseGet(() -> LocalDate.ofInstant(instant, ZoneOffset.UTC));
  }

  /// Notes that a run is wanted, once; whoever executes requested runs picks it up.
  public BusinessRun request(RunKind kind, LocalDate date) {
    return reader
        .latest(kind, Optional.of(date), ALL)
        .orElseGet(() -> reader.get(request(kind, date, ALL, "")));
  }

  /// Takes in the file at `path`, or goes on with an import of it that was interrupted.
  public BusinessRun importFile(Path path, String formatKey) {
    return importFile(InputFile.of(path), formatKey);
  }

  /// The same of a file that was looked at.
  public BusinessRun importFile(InputFile file, String formatKey) {
    try (var admission = new FileAdmission(dataSource, file, formatKey)) {
      var run = admission.run();
      progress.itemsExpected(admission.lines());
      engine.execute(
          RunKind.IMPORT,
          RunParameters.of(run, file.path().toAbsolutePath().toString(), formatKey));
      return reader.get(run);
    }
  }

  /// Notes that a file is wanted in, once its first lines are looked at; importing it goes on.
  public BusinessRun requestImport(InputFile file, String formatKey) {
    try (var admission = new FileAdmission(dataSource, file, formatKey)) {
      var run = admission.run();
      new RunWriter(jdbc).state(run, RunState.REQUESTED, "");
      return reader.get(run);
    }
  }

  /// Settles the requests on wallets in a file, or goes on with it where that was interrupted.
  /// Given again, what was settled is repeated, and what was refused is asked for again.
  public BusinessRun settleFile(InputFile file) {
    var busy = file.path() + " is being settled by another process";
    try (var _ = RunLock.take(dataSource, RunLock.ofFile(file.sha256()), busy)) {
      WalletLineReader.requireReadable(file);
      progress.itemsExpected(file.countLines());
      var last = reader.latest(RunKind.SETTLE, Optional.empty(), file.sha256());
      var run =
          last.filter(r -> r.state() != RunState.POSTED)
              .map(BusinessRun::id)
              .orElseGet(() -> requestSettling(file, last));
      new SettledFiles(jdbc).register(run, file, clock.instant());
      engine.execute(
          RunKind.SETTLE, RunParameters.of(run, file.path().toAbsolutePath().toString(), ""));
      return reader.get(run);
    }
  }

  private UUID requestSettling(InputFile file, Optional<BusinessRun> last) {
    var reason = last.map(run -> "given again after run " + run.runNo()).orElse("");
    return new RunWriter(jdbc).request(RunKind.SETTLE, Optional.empty(), file.sha256(), reason);
  }

  /// Goes on with a run that failed, was stopped or died; for an import, with its file where it
  /// lay.
  public BusinessRun restart(long runNo) {
    var run = reader.byNo(runNo).orElseThrow(() -> new RunRefused("there is no run " + runNo));
    if (run.state() == RunState.POSTED) {
      throw new RunRefused("run " + runNo + " is posted; there is nothing to restart");
    }
    if (run.kind().isOfFile()) {
      return restartFile(run);
    }
    try (var _ = RunLock.take(dataSource, RunLock.BILLING, BUSY)) {
      requireNoneHalfPosted(Optional.of(run.id()));
      if (!isStillGood(run.id())) {
        throw new RunRefused(
            "run "
                + runNo
                + " was "
                + reader.get(run.id()).message()
                + "; run it anew: tallystick"
                + " run "
                + run.kind().code()
                + " --as-of "
                + run.date());
      }
      return execute(run.id());
    }
  }

  private BusinessRun restartFile(BusinessRun run) {
    var begun =
        engine
            .parameters(run.kind(), RunParameters.of(run.id()))
            .orElseThrow(
                () -> new RunRefused("run " + run.runNo() + " never began; give its file again"));
    var path = Path.of(RunParameters.file(begun));
    if (run.kind() == RunKind.SETTLE) {
      var file = new SettledFiles(jdbc).file(run.id(), run.scope(), path);
      file.requireUnchanged();
      return settleFile(file);
    }
    var file = new IntakeFiles(jdbc).file(run.scope(), path);
    file.requireUnchanged();
    return importFile(file, String.valueOf(begun.getString(RunParameters.FORMAT)));
  }

  /// Executes the requested runs that nobody executes, oldest first. One that is refused fails with
  /// the reason, so that it does not stand in the way of those after it.
  public void executeRequested() {
    for (var run : reader.requested()) {
      try {
        run(run.kind(), run.date(), customers(run.scope()), "");
      } catch (RunRefused refused) {
        new RunWriter(jdbc).state(run.id(), RunState.FAILED, String.valueOf(refused.getMessage()));
      }
    }
  }

  /// Whether a run can be gone on with; one that cannot says so from now on.
  private boolean isStillGood(UUID run) {
    var superseded = reader.superseded(run);
    superseded.ifPresent(why -> new RunWriter(jdbc).state(run, RunState.FAILED, why));
    return superseded.isEmpty();
  }

  /// A period is run again because somebody says so, or because the run before was superseded.
  private static String reason(Optional<BusinessRun> last, String reason) {
    return last.map(run -> reason.isEmpty() ? "run " + run.runNo() + " was superseded" : reason)
        .orElse("");
  }

  private BusinessRun execute(UUID run) {
    engine.execute(reader.get(run).kind(), RunParameters.of(run));
    return reader.get(run);
  }

  private UUID request(RunKind kind, LocalDate date, String scope, String reason) {
    return new RunWriter(jdbc).request(kind, Optional.of(date), scope, reason);
  }

  private String scope(List<String> customers) {
    for (var key : customers) {
      if (!reader.isCustomer(key)) {
        throw new RunRefused("there is no customer '" + key + "'");
      }
    }
    return customers.isEmpty()
        ? ALL
        : String.join(",", customers.stream().distinct().sorted().toList());
  }

  private static List<String> customers(String scope) {
    return scope.equals(ALL) ? List.of() : List.of(scope.split(",", -1));
  }

  private void requireReached(LocalDate date, String scope) {
    for (var zone : reader.zones(customers(scope))) {
      if (!new AsOf(date).isReached(ZoneId.of(zone), clock.instant())) {
        throw new RunRefused("as-of " + date + " has not begun in " + zone + " yet");
      }
    }
  }

  private void requireNoneHalfPosted(Optional<UUID> begun) {
    for (var other : reader.halfPosted()) {
      if (!begun.equals(Optional.of(other.id()))) {
        throw new RunRefused(
            "run "
                + other.runNo()
                + " has numbered invoices that are not in the books yet;"
                + " restart it first: tallystick runs restart "
                + other.runNo());
      }
    }
  }

  private void requireNotMeteredBeyond(LocalDate date, String scope) {
    var beyond = reader.meteredBeyond(new AsOf(date), customers(scope));
    if (beyond.isPresent()) {
      throw new RunRefused(
          "as-of "
              + date
              + " is before "
              + beyond.get()
              + ", up to which usage is metered already");
    }
  }
}
