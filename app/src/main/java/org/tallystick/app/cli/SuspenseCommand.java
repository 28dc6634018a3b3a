package org.tallystick.app.cli;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.readers.InputFile;
import org.tallystick.readers.WaitingFile;
import org.tallystick.writers.WriteOffs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `tallystick usage suspense …`
@Command(
    name = "suspense",
    mixinStandardHelpOptions = true,
    description = {
      "Lines that could not be read, and records that belong to nobody. Each waits until it is",
      "mended (export, mend, import; or recycle) or written off."
    },
    subcommands = {
      SuspenseListCommand.class,
      SuspenseCommand.Export.class,
      SuspenseCommand.Recycle.class,
      SuspenseCommand.WriteOff.class
    })
final class SuspenseCommand {

  /// `tallystick usage suspense export`
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = {
        "Writes waiting lines as CSV, a file NAME.rejects.csv for each file that they came from:"
            + " its",
        "columns, then _line, _reason, _message, _file and _raw. Mend the columns and import it"
            + " with",
        "the same format: the lines then leave the desk. Nothing is changed by the export."
      },
      footer = {"", "Example:", "  tallystick usage suspense export --reason bad_number --to mend"})
  static final class Export implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();
    @Mixin private SuspenseFilter filter = new SuspenseFilter();

    @Option(
        names = "--to",
        defaultValue = ".",
        paramLabel = "DIR",
        description = "The folder to write to (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of(".");

    @Override
    public Integer call() {
      return workplace.with(session -> {
        var exports = new Rejects(session, filter.filter(session), Map.of());
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var file : exports.files()) {
          var path = folder.resolve(Rejects.name(file));
          if (Files.exists(path)) {
            throw new BadInput(path + " is there already; mend and import it, or move it away");
          }
          rows.add(exported(file, path, exports.write(file, path)));
        }
        workplace.print(rows);
        return 0;
      });
    }

    private static Map<String, @Nullable Object> exported(WaitingFile file, Path path, long lines) {
      var row = new LinkedHashMap<String, @Nullable Object>();
      row.put("file", file.name());
      row.put("lines", lines);
      row.put("rejects", path.toString());
      row.put("format", file.format().key());
      return row;
    }
  }

  /// `tallystick usage suspense recycle`
  @Command(
      name = "recycle",
      mixinStandardHelpOptions = true,
      description = {
        "Reads waiting lines again, after their format was put right, or with --set a value for"
            + " all",
        "of them. They leave the desk; what still cannot be read waits there anew."
      },
      footer = {
        "",
        "Examples:",
        "  tallystick usage suspense recycle --file late.csv",
        "  tallystick usage suspense recycle --file late.csv --line 3 --set processors=8"
      })
  static final class Recycle implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();
    @Mixin private SuspenseFilter filter = new SuspenseFilter();

    @Option(
        names = "--set",
        paramLabel = "COLUMN=VALUE",
        description = "What a column says in each of the lines; repeatable.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(
        names = "--format",
        defaultValue = "",
        paramLabel = "NAME",
        description = "Another format of the same columns (default: the one of before).")
    private String format = "";

    @Override
    public Integer call() {
      return workplace.with(session -> {
        var rejects = new Rejects(session, filter.filter(session), overrides);
        var imports = new ArrayList<UsageImport>();
        for (var file : rejects.files()) {
          imports.add(
              new UsageImport(
                  kept(rejects, file), format.isEmpty() ? file.format().key() : format));
        }
        return UsageImport.report(workplace, session, imports);
      });
    }

    /// Below the data directory, named by its content, so that an import of it can be restarted.
    private Path kept(Rejects rejects, WaitingFile file) {
      try {
        var folder = Files.createDirectories(workplace.data().resolve("recycled"));
        var part = Files.createTempFile(folder, ".part", "");
        rejects.write(file, part);
        var sha256 = InputFile.of(part).sha256();
        var own = Files.createDirectories(folder.resolve(sha256));
        return Files.move(part, own.resolve(Rejects.name(file)), REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// `tallystick usage suspense write-off`
  @Command(
      name = "write-off",
      mixinStandardHelpOptions = true,
      description = {
        "Gives waiting lines up: they leave the desk, and stay on record with why. Records that",
        "belong to nobody are withdrawn instead (usage withdraw)."
      },
      footer = {
        "",
        "Example:",
        "  tallystick usage suspense write-off --file late.csv --why \"a test of the meter\""
      })
  static final class WriteOff implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();
    @Mixin private SuspenseFilter filter = new SuspenseFilter();

    @Option(names = "--all", description = "All waiting lines, if nothing else says which.")
    private boolean isAll;

    @Option(
        names = "--why",
        required = true,
        paramLabel = "TEXT",
        description = "Why they are given up; kept with them.")
    private String why = "";

    @Override
    public Integer call() {
      if (why.isBlank()) {
        throw new BadInput("--why expects a text, found '" + why + "'");
      }
      if (filter.isOpen() != isAll) {
        throw new BadInput(
            "expected --all, or which lines: --reason, --file, --customer, --older-than");
      }
      return workplace.with(session -> {
        var writeOffs = new WriteOffs(session.get(JdbcClient.class));
        long lines = writeOffs.writeOff(filter.filter(session), why);
        if (workplace.isJson()) {
          workplace.json(Map.of("writtenOff", lines));
        } else {
          workplace.out().println(Table.grouped(lines) + " written off");
        }
        return 0;
      });
    }
  }
}
