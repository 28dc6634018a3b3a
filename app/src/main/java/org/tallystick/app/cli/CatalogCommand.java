package org.tallystick.app.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tallystick.app.session.Session;
import org.tallystick.readers.CatalogFile;
import org.tallystick.writers.RunLock;
import org.tallystick.writers.catalog.CatalogChange;
import org.tallystick.writers.catalog.CatalogWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tallystick catalog …`
@Command(
    name = "catalog",
    mixinStandardHelpOptions = true,
    description = "What is sold: formats, meters, plans, customers, contracts, wallets.",
    subcommands = CatalogCommand.Apply.class)
final class CatalogCommand {

  /// `tallystick catalog apply FILE`
  @Command(
      name = "apply",
      mixinStandardHelpOptions = true,
      description = {
        "Makes the catalog what FILE declares. What was declared before and is not in FILE stays",
        "as it is. Applying the same file again changes nothing."
      },
      footer = {
        "",
        "Examples:",
        "  tallystick catalog apply catalog.yaml --dry-run",
        "  tallystick catalog apply catalog.yaml --reprice-from 1993-11-01"
      })
  static final class Apply implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();

    @Parameters(paramLabel = "FILE", description = "A catalog in YAML.")
    private Path file = Path.of("catalog.yaml");

    @Option(names = "--dry-run", description = "Only show what would change.")
    private boolean isDryRun;

    @Option(
        names = "--reprice-from",
        paramLabel = "DATE",
        description = "Lets a change count for what is already billed, from this local day on.")
    private @Nullable LocalDate repriceFrom;

    @Override
    public Integer call() {
      var catalog = CatalogFile.read(file);
      return workplace.with(session -> {
        var changes = apply(session, catalog);
        if (workplace.isJson()) {
          workplace.json(Map.of("dryRun", isDryRun, "changes", changes));
        } else {
          print(changes);
        }
        return 0;
      });
    }

    private List<CatalogChange> apply(Session session, CatalogFile catalog) {
      try (var _ =
          RunLock.take(
              session.get(DataSource.class),
              RunLock.BILLING,
              "a run is in progress; apply the catalog when it is done")) {
        return session
            .get(CatalogWriter.class)
            .apply(catalog, Optional.ofNullable(repriceFrom), isDryRun);
      }
    }

    private void print(List<CatalogChange> changes) {
      var out = workplace.out();
      for (var change : changes) {
        out.println(
            (change.action().equals("added") ? "+ " : "~ ") + change.kind() + " " + change.key());
        change.details().forEach(detail -> out.println("    " + detail));
      }
      var added = changes.stream().filter(change -> change.action().equals("added")).count();
      out.println(
          (isDryRun ? "would add " : "added ")
              + added
              + (isDryRun ? ", would change " : ", changed ")
              + (changes.size() - added)
              + (changes.isEmpty() ? "; the catalog is what the file says" : ""));
    }
  }
}
