package org.tallystick.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A page of the documentation, whose examples are to be followed word for word.
record DocPage(Path path) {

  /// `docs/NAME.md`
  static DocPage of(String name) {
    return new DocPage(Path.of("../docs", name + ".md"));
  }

  /// The rest of the code block after `words`, or the next one: up to its end or the next command.
  String after(String words) throws IOException {
    var page = Files.readString(path);
    var rest = page.substring(page.indexOf(words) + words.length());
    var block = words.startsWith("$") ? rest : rest.substring(codeBegins(rest));
    return block.substring(0, block.indexOf("```"));
  }

  private static int codeBegins(String rest) {
    return rest.indexOf('\n', rest.indexOf("```")) + 1;
  }
}
