package org.tallystick.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.readers.TraceReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tallystick usage trace SOURCE ID` and `--file FILE --line N`
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = {
      "Shows where a usage record came from and what became of it: whose it is, which contract"
          + " items",
      "meter it in which service periods, and which invoice lines bill those, or why none does."
          + " With",
      "--file and --line, what became of a line of a file: also of one that is no record."
    },
    footer = {
      "",
      "Examples:",
      "  tallystick usage trace nasa-ipsc 90001",
      "  tallystick usage trace --file late.csv --line 3"
    })
final class TraceCommand implements Callable<Integer> {

  @Mixin private Workplace workplace = new Workplace();

  @Parameters(
      arity = "0..2",
      paramLabel = "SOURCE ID",
      description = "The identity of one record: the source of its format, and its id.")
  private List<String> identity = List.of();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A file by the name it was imported by, or by the SHA-256 of its bytes.")
  private @Nullable String file;

  @Option(names = "--line", paramLabel = "N", description = "A line of that file, from 1 on.")
  private @Nullable Long line;

  @Override
  public Integer call() {
    if (identity.size() != (file == null ? 2 : 0) || (file == null) != (line == null)) {
      throw new BadInput(
          "expected SOURCE ID or --file FILE --line N, found "
              + (identity.size() + " names")
              + (file == null ? "" : " and --file")
              + (line == null ? "" : " and --line"));
    }
    return workplace.with(this::trace);
  }

  private int trace(Session session) {
    var reader = new TraceReader(session.get(JdbcClient.class));
    return file == null || line == null
        ? record(reader, identity.get(0), identity.get(1))
        : lines(reader, file, line);
  }

  private int record(TraceReader reader, String source, String id) {
    var found = reader.record(source, id);
    if (found.isEmpty()) {
      return refuse(
          "there is no usage record "
              + source
              + "/"
              + id
              + "; a line that is no record is traced by --file and --line");
    }
    print(List.of(), List.of(found.get()));
    return 0;
  }

  private int lines(TraceReader reader, String name, long number) {
    var lines = reader.lines(name, number);
    if (lines.isEmpty()) {
      return refuse(
          reader.knows(name)
              ? name + " has no line " + number
              : "no file '" + name + "' was imported");
    }
    print(lines, lines.stream().flatMap(each -> reader.records(each).stream()).distinct().toList());
    return 0;
  }

  private int refuse(String why) {
    workplace.err().println("tallystick: " + why);
    return 1;
  }

  private void print(
      List<Map<String, @Nullable Object>> lines, List<Map<String, @Nullable Object>> records) {
    if (workplace.isJson()) {
      var json = new LinkedHashMap<String, Object>();
      json.put("lines", lines);
      json.put("records", records);
      workplace.json(json);
      return;
    }
    var blocks = new ArrayList<List<String>>();
    for (var each : lines) {
      blocks.add(TraceText.ofLine(each));
    }
    for (var each : records) {
      blocks.addAll(TraceText.ofRecord(each));
    }
    var text = new ArrayList<String>();
    for (var block : blocks) {
      if (!text.isEmpty()) {
        text.add("");
      }
      text.addAll(block);
    }
    text.forEach(workplace.out()::println);
  }
}
