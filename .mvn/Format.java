import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Checks the format of every Java file in the modules, or writes it: google-java-format, as it is.
///
/// The build runs this file with the JDK 25 that it compiles with: a formatter inside Maven would
/// use the parser of the JDK that runs Maven, which may be 17 and does not know this Java.
class Format {

  public static void main(String[] args) throws IOException, FormatterException {
    boolean write = args[0].equals("write");
    var different = new ArrayList<Path>();
    for (var file : javaFiles(Path.of(args[1]))) {
      var text = Files.readString(file);
      var formatted = new Formatter().formatSourceAndFixImports(text);
      if (!formatted.equals(text)) {
        different.add(file);
        if (write) {
          Files.writeString(file, formatted);
        }
      }
    }
    different.forEach(file -> System.err.println((write ? "formatted " : "not formatted: ") + file));
    if (!different.isEmpty() && !write) {
      System.err.println("format them with: mvn -q -N verify -Dformat=write");
      System.exit(1);
    }
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    var found = new ArrayList<Path>();
    try (var modules = Files.newDirectoryStream(root, "[!.]*")) {
      for (var module : modules) {
        var sources = module.resolve("src");
        if (Files.isDirectory(sources)) {
          try (var files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
          }
        }
      }
    }
    found.sort(null);
    return found;
  }
}
