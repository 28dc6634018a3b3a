package org.tallystick.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several processes and one database: who starts it, who stops it, and what a kill leaves behind.
final class SharedDatabaseTest {

  /// Seconds of arithmetic in which a backend doesn't look up.
  private static final String BUSY =
      "select sum(figure::numeric * 3) from generate_series(1, 8000000) figure";

  private final Path directory;

  SharedDatabaseTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void leavesNoServer() {
    assertThat(Databases.isServerRunning(directory)).isFalse();
  }

  @Test
  void isStoppedByTheLastProcessToLeave() throws IOException, SQLException {
    EmbeddedDatabase database = EmbeddedDatabase.open(directory);
    try (DatabaseProcess other = DatabaseProcess.start(directory)) {
      assertThat(other.jdbcUrl()).isEqualTo(database.jdbcUrl());
      ProcessHandle server = Databases.server(directory);
      database.close();
      assertThat(server.isAlive()).isTrue();
      assertThat(other.leave()).isZero();
      Databases.awaitEnd(server);
    }
  }

  @Test
  void outlivesTheProcessThatStartedIt() throws IOException, SQLException {
    try (DatabaseProcess starter = DatabaseProcess.start(directory);
        EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
      assertThat(starter.leave()).isZero();
      assertThat(Databases.value(database, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void isStoppedByTheNextUserAfterItsOnlyUserWasKilled()
      throws IOException, InterruptedException, SQLException {
    try (DatabaseProcess killed = DatabaseProcess.start(directory)) {
      killed.kill();
      ProcessHandle server = Databases.server(directory);
      assertThat(server.isAlive()).isTrue();
      try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
        assertThat(database.jdbcUrl()).isEqualTo(killed.jdbcUrl());
        assertThat(Databases.value(database, "select 1")).isEqualTo("1");
      }
      Databases.awaitEnd(server);
    }
  }

  @Test
  void recoversCommittedDataOnTheSamePortAfterItsServerWasKilled()
      throws IOException, SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
      Databases.execute(database, "create table kept as select 42 as figure");
      ProcessHandle server = Databases.server(directory);
      server.destroyForcibly();
      Databases.awaitEnd(server);
      try (EmbeddedDatabase next = EmbeddedDatabase.open(directory)) {
        assertThat(next.jdbcUrl()).isEqualTo(database.jdbcUrl());
        assertThat(Databases.value(database, "select figure from kept")).isEqualTo("42");
      }
    }
  }

  @Test
  void waitsOnTheSamePortForABusyBackendOfAKilledServer() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory);
        Connection watcher = Databases.connect(database);
        Connection connection = Databases.connect(database);
        Statement statement = connection.createStatement()) {
      CompletableFuture<Void> query =
          CompletableFuture.runAsync(() -> Databases.attempt(statement, BUSY));
      Databases.awaitRunning(watcher, BUSY);
      Databases.server(directory).destroyForcibly();
      try (EmbeddedDatabase next = EmbeddedDatabase.open(directory)) {
        assertThat(next.jdbcUrl()).isEqualTo(database.jdbcUrl());
        query.get(1, TimeUnit.MINUTES);
      }
    }
  }

  @Test
  void recoversWhenProcessAndServerWereKilled()
      throws IOException, InterruptedException, SQLException {
    try (DatabaseProcess killed = DatabaseProcess.start(directory)) {
      ProcessHandle server = Databases.server(directory);
      server.destroyForcibly();
      killed.kill();
      Databases.awaitEnd(server);
      try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
        assertThat(Databases.value(database, "select 1")).isEqualTo("1");
      }
    }
  }

  @Test
  void isStartedOnceByProcessesThatOpenAtTheSameTime() throws IOException {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(DatabaseProcess.process(directory).start());
    }
    List<String> urls = new ArrayList<>();
    for (Process process : processes) {
      urls.add(process.inputReader().readLine());
    }
    assertThat(urls).doesNotContainNull();
    assertThat(urls.stream().distinct()).hasSize(1);
    for (Process process : processes) {
      process.getOutputStream().close();
    }
    for (Process process : processes) {
      assertThat(process.onExit().join().exitValue()).isZero();
    }
  }

  @Test
  void isNotDeletedWhileAnotherProcessUsesIt() throws IOException {
    try (DatabaseProcess other = DatabaseProcess.start(directory)) {
      assertThatThrownBy(() -> EmbeddedDatabase.delete(directory))
          .isInstanceOf(DatabaseUnavailable.class)
          .hasMessage("data directory %s is in use by another process".formatted(directory));
      assertThat(other.leave()).isZero();
    }
  }

  @Test
  void isDeletedWithItsServerWhenItsOnlyUserWasKilled() throws IOException, InterruptedException {
    try (DatabaseProcess killed = DatabaseProcess.start(directory)) {
      killed.kill();
      ProcessHandle server = Databases.server(directory);
      EmbeddedDatabase.delete(directory);
      Databases.awaitEnd(server);
      assertThat(directory).isEmptyDirectory();
    }
  }
}
