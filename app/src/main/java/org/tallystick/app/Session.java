package org.tallystick.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    return open(data, progress, WebApplicationType.SERVLET, profiled);
  }

  private static Session open(
      Path data, Progress progress, WebApplicationType type, Map<String, String> settings) {
    var url = System.getenv("TALLYSTICK_DB_URL");
    var database =
        url == null || url.isBlank()
            ? Optional.of(EmbeddedDatabase.open(data.resolve("database")))
            : Optional.<EmbeddedDatabase>empty();
    try {
      var arguments = new ArrayList<String>();
      new TreeMap<>(settings).forEach((name, value) -> arguments.add("--" + name + "=" + value));
      arguments.addAll(database.map(Session::embedded).orElseGet(() -> external(url)));
      var context =
          new SpringApplicationBuilder(TallystickApplication.class)
              .web(type)
              .registerShutdownHook(false)
              .initializers(c -> c.getBeanFactory().registerSingleton("progress", progress))
              .run(arguments.toArray(String[]::new));
      return new Session(database, context);
    } catch (RuntimeException e) {
      database.ifPresent(EmbeddedDatabase::close);
      throw e;
    }
  }

  private static List<String> embedded(EmbeddedDatabase database) {
    return connection(database.jdbcUrl(), database.user(), database.password());
  }

  private static List<String> external(String url) {
    var environment = System.getenv();
    return connection(
        url,
        environment.getOrDefault("TALLYSTICK_DB_USER", "tallystick"),
        environment.getOrDefault("TALLYSTICK_DB_PASSWORD", ""));
  }

  private static List<String> connection(String url, String user, String password) {
    return Arrays.asList(
        "--spring.datasource.url=" + url,
        "--spring.datasource.username=" + user,
        "--spring.datasource.password=" + password);
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
