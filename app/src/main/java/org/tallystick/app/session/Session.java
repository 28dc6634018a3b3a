package org.tallystick.app.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.tallystick.app.database.EmbeddedDatabase;
import org.tallystick.jobs.Progress;

/// A running application on its database: the server that `TALLYSTICK_DB_URL` names, or the
/// embedded one of the data directory. Closing it closes both.
public final class Session implements AutoCloseable {

  private static final String QUARTZ =
      "org.springframework.boot.quartz.autoconfigure.QuartzAutoConfiguration";

  private final Optional<EmbeddedDatabase> database;
  private final ConfigurableApplicationContext context;

  private Session(Optional<EmbeddedDatabase> database, ConfigurableApplicationContext context) {
    this.database = database;
    this.context = context;
  }

  /// For a command that ends: no web server, no schedules.
  public static Session open(Path data, Progress progress) {
    return open(
        data, progress, WebApplicationType.NONE, Map.of("spring.autoconfigure.exclude", QUARTZ));
  }

  /// For a process that stays: web server and schedules, with `settings` on top of the
  /// configuration.
  public static Session serve(Path data, Progress progress, Map<String, String> settings) {
    var profiled = new TreeMap<>(settings);
    profiled.put("spring.profiles.active", "serve");
    profiled.put("tallystick.data", data.toAbsolutePath().toString());
    return open(data, progress, WebApplicationType.SERVLET, profiled);
  }

  private static Session open(
      Path data, Progress progress, WebApplicationType type, Map<String, String> settings) {
    var url = System.getenv("TALLYSTICK_DB_URL");
    if (url != null && !url.isBlank()) {
      return new Session(
          Optional.empty(), start(DatabaseAddress.external(url), progress, type, settings));
    }
    var database = EmbeddedDatabase.open(data.resolve("database"));
    try {
      var address = new DatabaseAddress(database.jdbcUrl(), database.user(), database.password());
      return new Session(Optional.of(database), start(address, progress, type, settings));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /// A session on a database that somebody else looks after.
  public static Session at(
      DatabaseAddress address, Progress progress, Map<String, String> settings) {
    var profiled = new TreeMap<>(settings);
    profiled.putIfAbsent("spring.autoconfigure.exclude", QUARTZ);
    return new Session(
        Optional.empty(), start(address, progress, WebApplicationType.NONE, profiled));
  }

  private static ConfigurableApplicationContext start(
      DatabaseAddress address,
      Progress progress,
      WebApplicationType type,
      Map<String, String> settings) {
    var arguments = new ArrayList<String>();
    new TreeMap<>(settings).forEach((name, value) -> arguments.add("--" + name + "=" + value));
    arguments.addAll(address.settings());
    return new SpringApplicationBuilder(TallystickApplication.class)
        .web(type)
        .registerShutdownHook(false)
        .initializers(c -> c.getBeanFactory().registerSingleton("progress", progress))
        .run(arguments.toArray(String[]::new));
  }

  public <T> T get(Class<T> bean) {
    return context.getBean(bean);
  }

  /// The port that the web server listens on.
  public int port() {
    return Integer.parseInt(
        String.valueOf(context.getEnvironment().getProperty("local.server.port")));
  }

  @Override
  public void close() {
    context.close();
    database.ifPresent(EmbeddedDatabase::close);
  }
}
