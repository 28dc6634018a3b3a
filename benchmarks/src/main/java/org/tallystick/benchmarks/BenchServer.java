package org.tallystick.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/// A PostgreSQL server in a folder of its own, as durable as the embedded one of `tallystick`, and
/// `tallystick` on its databases in a JVM of its own.
final class BenchServer implements AutoCloseable {

  private static final Path JAR = Path.of("../app/target/tallystick.jar");
  private static final int BUFFER_BYTES = 1 << 16;

  /// Those of `tallystick`'s embedded server that bear on speed.
  private static final Map<String, String> SETTINGS =
      Map.of(
          "fsync", "on",
          "synchronous_commit", "on",
          "full_page_writes", "on",
          "shared_buffers", "256MB",
          "work_mem", "32MB",
          "maintenance_work_mem", "256MB",
          "max_wal_size", "4GB",
          "checkpoint_timeout", "15min",
          "jit", "off");

  private final EmbeddedPostgres postgres;
  private final Path output;

  private BenchServer(EmbeddedPostgres postgres, Path output) {
    this.postgres = postgres;
    this.output = output;
  }

  static BenchServer start(Path directory) throws IOException {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException(JAR.toAbsolutePath().normalize() + " is not built");
    }
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.resolve("data"))
            .setCleanDataDirectory(true)
            .setLocaleConfig("locale", "C");
    SETTINGS.forEach(builder::setServerConfig);
    return new BenchServer(builder.start(), directory.resolve("output.txt"));
  }

  /// Server, settings as the server has them, JVM and machine.
  String description() throws SQLException {
    try (var connection = connect("postgres");
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select name || ' ' || current_setting(name) from pg_settings where name in ("
                    + SETTINGS.keySet().stream()
                        .map(name -> "'" + name + "'")
                        .collect(Collectors.joining(","))
                    + ") order by name")) {
      var settings = new ArrayList<String>();
      while (rows.next()) {
        settings.add(rows.getString(1));
      }
      return "PostgreSQL %s (%s), Java %s, %d processors"
          .formatted(
              connection.getMetaData().getDatabaseProductVersion(),
              String.join(", ", settings),
              Runtime.version(),
              Runtime.getRuntime().availableProcessors());
    }
  }

  void createDatabase(String name) throws SQLException {
    execute("create database " + name);
  }

  void dropDatabase(String name) throws SQLException {
    execute("drop database " + name + " with (force)");
  }

  /// What was written before does not weigh on what is measured next.
  void checkpoint() throws SQLException {
    execute("checkpoint");
  }

  /// Plans that were made while tables were empty are made anew.
  void analyze(String database) throws SQLException {
    execute(database, "vacuum analyze");
  }

  private void execute(String sql) throws SQLException {
    execute("postgres", sql);
  }

  private void execute(String database, String sql) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long number(String database, String sql) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getBigDecimal(1).longValue();
    }
  }

  /// Writes the rows of a query into a file, which is on the disk then.
  void copyOut(String database, String query, Path file) throws IOException, SQLException {
    try (var connection = connect(database);
        var out = Files.newOutputStream(file)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("copy (" + query + ") to stdout", out);
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /// How long one `COPY` statement takes, its commit with it.
  Duration copyIn(String database, String target, Path file) throws IOException, SQLException {
    try (var connection = connect(database);
        var in = Files.newInputStream(file)) {
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      long started = System.nanoTime();
      copy.copyIn("copy " + target + " from stdin", in, BUFFER_BYTES);
      return Duration.ofNanos(System.nanoTime() - started);
    }
  }

  /// How long `tallystick ARGUMENTS` takes on a database, from the start of its JVM to its end.
  Duration run(String database, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("TALLYSTICK_DB_URL", postgres.getJdbcUrl("postgres", database));
    builder.environment().put("TALLYSTICK_DB_USER", "postgres");
    builder.environment().put("TALLYSTICK_DB_PASSWORD", "postgres");
    long started = System.nanoTime();
    int exitCode = builder.start().waitFor();
    var took = Duration.ofNanos(System.nanoTime() - started);
    var printed = Files.readString(output);
    Files.delete(output);
    if (exitCode != 0) {
      throw new IllegalStateException(String.join(" ", arguments) + " failed: " + printed);
    }
    return took;
  }

  DataSource dataSource(String database) {
    return postgres.getDatabase("postgres", database);
  }

  int port() {
    return postgres.getPort();
  }

  private Connection connect(String database) throws SQLException {
    return postgres.getDatabase("postgres", database).getConnection();
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
