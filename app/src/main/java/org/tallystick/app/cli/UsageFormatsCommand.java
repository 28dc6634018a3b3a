package org.tallystick.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.readers.FormatDetection;
import org.tallystick.readers.FormatDetection.Fit;
import org.tallystick.readers.InputFile;
import org.tallystick.readers.UsageFormats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `tallystick usage formats …`
@Command(
    name = "formats",
    mixinStandardHelpOptions = true,
    description = "How usage files are read: what is declared, and what a file looks like.",
    subcommands = {
      UsageFormatsCommand.FormatList.class,
      UsageFormatsCommand.Show.class,
      UsageFormatsCommand.Detect.class
    })
final class UsageFormatsCommand {

  /// `tallystick usage formats list`
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the formats that the catalog declares and those that come along.")
  static final class FormatList implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();

    @Override
    public Integer call() {
      return workplace.with(session -> {
        var formats = formats(session);
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var key : formats.keys()) {
          var row = new LinkedHashMap<String, @Nullable Object>();
          row.put("format", key);
          row.put("declared", formats.isDeclared(key) ? "catalog" : "built in");
          rows.add(row);
        }
        workplace.print(rows);
        return 0;
      });
    }
  }

  /// `tallystick usage formats show NAME`
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints a format as YAML, ready for a catalog file.",
      footer = {"", "Example:", "  tallystick usage formats show cloudevents > catalog.yaml"})
  static final class Show implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();

    @Parameters(paramLabel = "NAME", description = "The key of the format.")
    private String name = "";

    @Override
    public Integer call() {
      return workplace.with(session -> {
        var formats = formats(session);
        var yaml =
            formats
                .yaml(name)
                .orElseThrow(() ->
                    new BadInput(
                        "there is no format '" + name + "'; expected one of " + formats.keys()));
        if (workplace.isJson()) {
          workplace.json(Map.of("format", name, "yaml", yaml));
        } else {
          workplace.out().print("formats:\n  - " + yaml.strip().replace("\n", "\n    ") + "\n");
        }
        return 0;
      });
    }
  }

  /// `tallystick usage formats detect FILE`
  @Command(
      name = "detect",
      mixinStandardHelpOptions = true,
      description = {
        "Says which format reads a file. If none does, proposes one as a catalog file, with a",
        "comment at everything that has to be checked. Takes nothing in."
      },
      footer = {"", "Example:", "  tallystick usage formats detect usage.csv > formats.yaml"})
  static final class Detect implements Callable<Integer> {

    @Mixin private Workplace workplace = new Workplace();

    @Parameters(paramLabel = "FILE", description = "A usage file, plain, gzip, zip or zstd.")
    private Path path = Path.of("");

    @Override
    public Integer call() {
      return workplace.with(session -> {
        var file = InputFile.of(path);
        var fits = FormatDetection.fits(file, formats(session).all());
        if (fits.isEmpty()) {
          propose(file);
        } else {
          print(fits);
        }
        return 0;
      });
    }

    private void print(List<Fit> fits) {
      if (workplace.isJson()) {
        workplace.json(Map.of("fits", fits));
        return;
      }
      fits.forEach(fit -> workplace.out().println("# " + sentence("format " + fit.key(), fit)));
      workplace.out().println("# next: " + next(fits.getFirst().key()));
    }

    private void propose(InputFile file) {
      var proposal = FormatDetection.propose(file);
      if (workplace.isJson()) {
        workplace.json(Map.of("proposal", proposal.yaml(), "fit", proposal.fit()));
        return;
      }
      var out = workplace.out();
      out.println(
          "# No format reads " + file.name() + ". " + sentence("This proposal", proposal.fit()));
      out.println("# Check what says \"check\", save it as formats.yaml, then:");
      out.println("#   " + workplace.command("catalog apply formats.yaml"));
      out.println("#   " + next(proposal.fit().key()));
      out.print(proposal.yaml());
    }

    private static String sentence(String who, Fit fit) {
      return "%s reads %d of the first %d rows".formatted(who, fit.read(), fit.rows());
    }

    private String next(String key) {
      return workplace.command("usage import " + path + " --format " + key + " --dry-run");
    }
  }

  private static UsageFormats formats(Session session) {
    return new UsageFormats(session.get(JdbcClient.class));
  }
}
