package org.tallystick.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.database.EmbeddedDatabase;
import org.tallystick.app.session.DatabaseAddress;
import org.tallystick.app.session.Session;
import org.tallystick.domain.run.RunKind;
import org.tallystick.jobs.DryRuns;
import org.tallystick.jobs.Progress;
import org.tallystick.jobs.Runs;
import org.tallystick.readers.BusinessRun;
import org.tallystick.readers.CatalogFile;
import org.tallystick.writers.catalog.CatalogChange;
import org.tallystick.writers.catalog.CatalogWriter;

/// A database of its own on a real server, with the application on it, for tests.
final class World implements AutoCloseable {

  static final LocalDate OCTOBER = LocalDate.of(1993, 10, 1);
  static final LocalDate NOVEMBER = LocalDate.of(1993, 11, 1);
  static final LocalDate DECEMBER = LocalDate.of(1993, 12, 1);
  static final LocalDate JANUARY = LocalDate.of(1994, 1, 1);

  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Path EXAMPLE = REPOSITORY.resolve("examples/nasa-ipsc");
  static final Path CATALOG = EXAMPLE.resolve("catalog.yaml");
  static final Path LOG = EXAMPLE.resolve("NASA-iPSC-1993-3.1-cln.swf.gz");

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final EmbeddedDatabase SERVER = server();
  private static final String MIGRATED = migrated();

  private final DatabaseAddress address;
  private final Session session;

  World(DatabaseAddress address, Map<String, String> settings) {
    this.address = address;
    this.session = Session.at(address, Progress.SILENT, settings);
  }

  /// An empty database, with `settings` on top of the configuration.
  static World empty(Map<String, String> settings) {
    return new World(newDatabase(), settings);
  }

  /// The demo's catalog and log, not billed yet.
  static World withDemo(Map<String, String> settings) {
    var world = empty(settings);
    world.apply(CATALOG);
    world.importFile(LOG, "swf");
    return world;
  }

  private static EmbeddedDatabase server() {
    try {
      var database = EmbeddedDatabase.open(Files.createTempDirectory("tallystick-test"));
      Runtime.getRuntime().addShutdownHook(new Thread(database::close));
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Migrations run once; every other database is a copy of this one.
  private static String migrated() {
    var address = create("migrated", "template1");
    Session.at(address, Progress.SILENT, Map.of()).close();
    return "migrated";
  }

  /// A new, empty database on the tests' server.
  static DatabaseAddress newDatabase() {
    return create("world_" + DATABASES.incrementAndGet(), MIGRATED);
  }

  private static DatabaseAddress create(String name, String template) {
    try (var connection =
            DriverManager.getConnection(SERVER.jdbcUrl(), SERVER.user(), SERVER.password());
        var statement = connection.createStatement()) {
      statement.execute("create database " + name + " template " + template);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create database " + name, e);
    }
    var url = SERVER.jdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1");
    return new DatabaseAddress(url, SERVER.user(), SERVER.password());
  }

  List<CatalogChange> apply(Path catalog) {
    return session
        .get(CatalogWriter.class)
        .apply(CatalogFile.read(catalog), Optional.empty(), false);
  }

  CatalogWriter catalog() {
    return session.get(CatalogWriter.class);
  }

  BusinessRun importFile(Path file, String format) {
    return session.get(Runs.class).importFile(file, format);
  }

  BusinessRun nightly(LocalDate asOf) {
    return session.get(Runs.class).run(RunKind.NIGHTLY, asOf, List.of(), "");
  }

  Runs runs() {
    return session.get(Runs.class);
  }

  DryRuns dryRuns() {
    return session.get(DryRuns.class);
  }

  <T> T get(Class<T> type) {
    return session.get(type);
  }

  JdbcClient jdbc() {
    return session.get(JdbcClient.class);
  }

  DatabaseAddress address() {
    return address;
  }

  /// A connection outside the application's pool.
  Connection connect() {
    try {
      return DriverManager.getConnection(address.url(), address.user(), address.password());
    } catch (SQLException e) {
      throw new IllegalStateException("cannot connect to " + address, e);
    }
  }

  /// Posted invoice lines as item, first local day, amount; sorted.
  List<String> lines() {
    return jdbc()
        .sql(
            """
            select t.key || ' ' || (l.starts at time zone c.zone)::date || ' ' || l.amount
              from invoice_line l
              join invoice i on i.id = l.invoice_id and i.sequence is not null
              join contract_item t on t.id = l.item_id
              join customer c on c.id = l.customer_id
             order by 1\
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /// One number out of the database.
  long count(String sql) {
    return jdbc().sql(sql).query(Long.class).single();
  }

  /// Starts `tallystick ARGUMENTS` on this database in a JVM of its own.
  ChildCommand start(Map<String, String> environment, List<String> jvm, String... arguments) {
    return ChildCommand.start(with(environment), jvm, List.of(arguments));
  }

  /// A class of the tests in a JVM of its own, which finds this world by the same variables.
  ChildCommand startMain(Class<?> main, String... arguments) {
    return ChildCommand.start(main, with(Map.of()), List.of(), List.of(arguments));
  }

  private Map<String, String> with(Map<String, String> environment) {
    var variables = new TreeMap<>(environment);
    variables.put("TALLYSTICK_DB_URL", address.url());
    variables.put("TALLYSTICK_DB_USER", address.user());
    variables.put("TALLYSTICK_DB_PASSWORD", address.password());
    return variables;
  }

  @Override
  public void close() {
    session.close();
  }
}
