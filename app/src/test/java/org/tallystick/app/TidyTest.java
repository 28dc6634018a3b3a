package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// The parts of the house style that a machine can hold, for the sources of every module.
class TidyTest {

  private static final Path ROOT = root();
  private static final int COLUMNS_MAX = 100;
  private static final int FILE_LINES_MAX = 300;
  private static final int METHOD_LINES_MAX = 40;
  private static final Pattern VAGUE_NAME =
      Pattern.compile(
          "(Abstract|Base)[A-Z]\\w*|\\w+(Impl|Manager|Helper|Utils?|Base|Dto|Info|Data)");
  // Split, so that this file may be searched too.
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|@Dis" + "abled");
  private static final Pattern SLEEPING = Pattern.compile("Thread\\.sl" + "eep");
  private static final Pattern FLOATING_POINT =
      Pattern.compile("\\b(double|float|Double|Float)\\b");
  private static final Pattern COMMENT_OR_TEXT = Pattern.compile("//.*|\"(\\\\.|[^\"\\\\])*\"");

  @Test
  void seesEveryModule() throws IOException {
    assertThat(sources("main").map(TidyTest::module).distinct())
        .contains("domain", "readers-writers", "jobs", "schedules", "app");
  }

  @Test
  void filesAreShort() throws IOException {
    assertThat(sources("main", "test").filter(source -> lines(source).size() > FILE_LINES_MAX))
        .as("files over %d lines", FILE_LINES_MAX)
        .isEmpty();
  }

  @Test
  void linesAreShort() throws IOException {
    assertThat(linesWith(line -> line.length() > COLUMNS_MAX, sources("main", "test")))
        .as("lines over %d columns", COLUMNS_MAX)
        .isEmpty();
  }

  @Test
  void methodsAreShort() throws IOException {
    assertThat(longMethods(sources("main", "test").toList()))
        .as("methods over %d lines", METHOD_LINES_MAX)
        .isEmpty();
  }

  @Test
  void namesSaySomething() throws IOException {
    assertThat(sources("main").filter(source -> VAGUE_NAME.matcher(type(source)).matches()))
        .as("vague names")
        .isEmpty();
  }

  @Test
  void packagesSayWhatTheyOwnAndAreNullMarked() throws IOException {
    assertThat(sources("main").map(Path::getParent).distinct().filter(TidyTest::isUnexplained))
        .as("packages without a @NullMarked package-info.java that says what they own")
        .isEmpty();
  }

  @Test
  void nothingIsUnfinishedAndNothingSleeps() throws IOException {
    assertThat(linesWith(UNFINISHED.asPredicate(), sources("main", "test")))
        .as("unfinished or skipped")
        .isEmpty();
    // The one place that looks at a foreign process again and again has nothing else to wait on.
    var sources = sources("main", "test").filter(source -> !source.endsWith("PostgresServer.java"));
    assertThat(linesWith(SLEEPING.asPredicate(), sources)).as("sleeping").isEmpty();
  }

  @Test
  void domainHasNoFloatingPoint() throws IOException {
    var domain = sources("main").filter(source -> module(source).equals("domain"));
    assertThat(linesWith(line -> FLOATING_POINT.matcher(code(line)).find(), domain))
        .as("floating point in domain")
        .isEmpty();
  }

  /// The Java files of every module under its `src/main/java` or `src/test/java`.
  private static Stream<Path> sources(String... sets) throws IOException {
    var found = new ArrayList<Path>();
    try (var modules = Files.list(ROOT)) {
      for (var module : modules.sorted().toList()) {
        for (var set : sets) {
          var java = module.resolve("src").resolve(set).resolve("java");
          if (Files.isDirectory(java)) {
            found.addAll(javaFiles(java));
          }
        }
      }
    }
    return found.stream();
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static List<String> linesWith(Predicate<String> fault, Stream<Path> sources) {
    return sources.flatMap(source -> linesWith(fault, source)).toList();
  }

  private static Stream<String> linesWith(Predicate<String> fault, Path source) {
    var lines = lines(source);
    return IntStream.range(0, lines.size())
        .filter(i -> fault.test(lines.get(i)))
        .mapToObj(i -> ROOT.relativize(source) + ":" + (i + 1) + ": " + lines.get(i).strip());
  }

  private static boolean isUnexplained(Path folder) {
    var file = folder.resolve("package-info.java");
    return !Files.exists(file)
        || !lines(file).contains("@NullMarked")
        || !lines(file).getFirst().startsWith("/// ");
  }

  private static List<String> longMethods(List<Path> sources) throws IOException {
    var found = new ArrayList<String>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjectsFromPaths(sources);
      var task = (JavacTask) compiler.getTask(null, files, null, null, null, units);
      var positions = Trees.instance(task).getSourcePositions();
      for (var unit : task.parse()) {
        new LongMethods(unit, positions, found).scan(unit, null);
      }
    }
    return found;
  }

  private static String module(Path source) {
    return ROOT.relativize(source).getName(0).toString();
  }

  private static String type(Path source) {
    return source.getFileName().toString().replace(".java", "");
  }

  private static String code(String line) {
    return COMMENT_OR_TEXT.matcher(line).replaceAll("");
  }

  private static List<String> lines(Path source) {
    try {
      return Files.readAllLines(source);
    } catch (IOException e) {
      return fail("cannot read " + source, e);
    }
  }

  /// Tests run in their module's folder; an IDE may run them in the root.
  private static Path root() {
    var here = Path.of("").toAbsolutePath();
    return Files.isDirectory(here.resolve("domain")) ? here : here.resolveSibling("").normalize();
  }

  private static final class LongMethods extends TreeScanner<Void, Void> {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> found;

    LongMethods(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
      this.unit = unit;
      this.positions = positions;
      this.found = found;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      long first = line(positions.getStartPosition(unit, method));
      long last = line(positions.getEndPosition(unit, method));
      if (last - first >= METHOD_LINES_MAX) {
        found.add(unit.getSourceFile().getName() + ":" + first + ": " + method.getName());
      }
      return super.visitMethod(method, null);
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }
  }
}
