package org.tallystick.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.database.EmbeddedDatabase;
import org.tallystick.app.session.Session;
import org.tallystick.domain.run.RunKind;
import org.tallystick.domain.run.RunState;
import org.tallystick.jobs.RunRefused;
import org.tallystick.jobs.Runs;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.CatalogFile;
import org.tallystick.readers.InputFile;
import org.tallystick.writers.IntakeFiles;
import org.tallystick.writers.RunLock;
import org.tallystick.writers.catalog.CatalogWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `tallystick demo`: the main job on three months of real usage.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Bills three months of real usage, October to December 1993: imports the job log of a",
      "128-node machine, then runs every night from 1993-10-01 to 1994-01-01. Run again, it shows",
      "what is there and changes nothing."
    },
    footer = {"", "Examples:", "  tallystick demo", "  tallystick demo --reset --json"})
final class DemoCommand implements Callable<Integer> {

  private static final String LOG = "NASA-iPSC-1993-3.1-cln.swf.gz";
  private static final String CATALOG = "catalog.yaml";
  private static final LocalDate FIRST_NIGHT = LocalDate.of(1993, 10, 1);
  private static final LocalDate LAST_NIGHT = LocalDate.of(1994, 1, 1);

  @Mixin private Workplace workplace = new Workplace();

  @Option(names = "--reset", description = "Delete the demo's database and start over.")
  private boolean isReset;

  @Override
  public Integer call() throws IOException {
    if (isReset) {
      requireEmbedded();
      EmbeddedDatabase.delete(workplace.data().resolve("database"));
    }
    var files = workplace.data().resolve("demo");
    Files.createDirectories(files);
    unpack(LOG, files);
    unpack(CATALOG, files);
    return workplace.with((session, progress) -> bill(session, progress, files));
  }

  private static void requireEmbedded() {
    if (System.getenv("TALLYSTICK_DB_URL") != null) {
      throw new BadInput("--reset deletes an embedded database only; TALLYSTICK_DB_URL is set");
    }
  }

  private static void unpack(String name, Path directory) throws IOException {
    try (var in = DemoCommand.class.getResourceAsStream("/examples/nasa-ipsc/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the demo's " + name + " is not packaged");
      }
      Files.copy(in, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      throw new UncheckedIOException("cannot write " + directory.resolve(name), e);
    }
  }

  private int bill(Session session, TerminalProgress progress, Path files) {
    boolean isChanged = applyCatalog(session, files.resolve(CATALOG));
    isChanged |= importLog(session, files.resolve(LOG));
    long nights = FIRST_NIGHT.datesUntil(LAST_NIGHT.plusDays(1)).count();
    for (int n = 0; n < nights; n++) {
      var night = FIRST_NIGHT.plusDays(n);
      progress.part("night " + (n + 1) + " of " + nights + ", as-of " + night, n, nights);
      isChanged |= runNight(session, night);
    }
    var summary = new DemoSummary(session.get(JdbcClient.class), workplace, isChanged);
    if (workplace.isJson()) {
      workplace.json(summary.json());
    } else {
      progress.close();
      summary.text().forEach(workplace.out()::println);
    }
    return 0;
  }

  private static boolean applyCatalog(Session session, Path file) {
    try (var _ =
        RunLock.take(session.get(DataSource.class), RunLock.BILLING, "a run is in progress")) {
      var changes =
          session.get(CatalogWriter.class).apply(CatalogFile.read(file), Optional.empty(), false);
      return !changes.isEmpty();
    }
  }

  private static boolean importLog(Session session, Path log) {
    var files = new IntakeFiles(session.get(JdbcClient.class));
    if (files.taken(InputFile.of(log).sha256()).isPresent()) {
      return false;
    }
    requirePosted(session.get(Runs.class).importFile(log, "swf"));
    return true;
  }

  private static boolean runNight(Session session, LocalDate night) {
    var runs = session.get(Runs.class);
    if (runs.isPosted(RunKind.NIGHTLY, night)) {
      return false;
    }
    requirePosted(runs.run(RunKind.NIGHTLY, night, List.of(), ""));
    return true;
  }

  private static void requirePosted(BusinessRun run) {
    if (run.state() != RunState.POSTED) {
      throw new RunRefused(RunCommand.line(run));
    }
  }
}
