package org.tallystick.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/// Statements against an embedded database, and a look at its server process, for tests.
final class Databases {

  private Databases() {}

  static Connection connect(EmbeddedDatabase database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  static void execute(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String value(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  /// Runs a statement whose server is killed meanwhile: whether its answer still comes is chance.
  static void attempt(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isIn("08006", "57P01");
    }
  }

  /// Waits until another connection runs the statement.
  static void awaitRunning(Connection watcher, String sql) throws SQLException {
    String running = "select 1 from pg_stat_activity where state = 'active' and query = ?";
    try (PreparedStatement statement = watcher.prepareStatement(running)) {
      statement.setString(1, sql);
      boolean isRunning = false;
      while (!isRunning) {
        try (ResultSet row = statement.executeQuery()) {
          isRunning = row.next();
        }
      }
    }
  }

  static ProcessHandle server(Path dataDirectory) {
    return Postmaster.of(dataDirectory.resolve("postgresql"))
        .flatMap(postmaster -> ProcessHandle.of(postmaster.pid()))
        .orElseThrow();
  }

  /// Waits for the end of a server that was told to stop: it says so a moment before it ends.
  static void awaitEnd(ProcessHandle server) {
    server.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }

  static boolean isServerRunning(Path dataDirectory) {
    return Files.exists(dataDirectory.resolve("postgresql/postmaster.pid"));
  }
}
