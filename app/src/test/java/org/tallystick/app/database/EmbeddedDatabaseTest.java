package org.tallystick.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One process and its database: settings, data, errors.
final class EmbeddedDatabaseTest {

  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("server_version_num", "180006"),
          Map.entry("fsync", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("full_page_writes", "on"),
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("max_connections", "100"),
          Map.entry("client_connection_check_interval", "1s"),
          Map.entry("log_timezone", "UTC"),
          Map.entry("jit", "off"),
          Map.entry("lc_messages", "C"),
          Map.entry("server_encoding", "UTF8"),
          Map.entry("data_checksums", "on"),
          Map.entry("password_encryption", "scram-sha-256"));

  private final Path directory;

  EmbeddedDatabaseTest(@TempDir Path root) {
    this.directory = root.resolve("a b$c'd");
  }

  @AfterEach
  void leavesNoServer() {
    assertThat(Databases.isServerRunning(directory)).isFalse();
  }

  @Test
  void keepsDataFromOneOpenToTheNext() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
      Databases.execute(database, "create table kept as select 42 as figure");
    }
    assertThat(Databases.isServerRunning(directory)).isFalse();
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
      assertThat(Databases.value(database, "select figure from kept")).isEqualTo("42");
    }
  }

  @Test
  void runsWithDurableAndMachineIndependentSettings() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
      for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
        assertThat(Databases.value(database, "show " + setting.getKey()))
            .as(setting.getKey())
            .isEqualTo(setting.getValue());
      }
      String collation = "select datcollate from pg_database where datname = 'tallystick'";
      assertThat(Databases.value(database, collation)).isEqualTo("C");
    }
  }

  @Test
  void asksForThePasswordThatOnlyTheOwnerCanRead() throws IOException {
    Path file = directory.resolve("postgresql/tallystick.password");
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
      assertThat(file).hasContent(database.password());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThatThrownBy(
              () -> DriverManager.getConnection(database.jdbcUrl(), database.user(), "guessed"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }
  }

  @Test
  void staysOpenUntilTheLastOfTwoOpensInOneProcessIsClosed() throws SQLException {
    EmbeddedDatabase first = EmbeddedDatabase.open(directory);
    EmbeddedDatabase second = EmbeddedDatabase.open(directory);
    assertThat(second.jdbcUrl()).isEqualTo(first.jdbcUrl());
    first.close();
    first.close();
    assertThat(Databases.value(second, "select 1")).isEqualTo("1");
    second.close();
  }

  @Test
  void closesInAnInterruptedThread() {
    EmbeddedDatabase database = EmbeddedDatabase.open(directory);
    Thread.currentThread().interrupt();
    database.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Databases.isServerRunning(directory)).isFalse();
  }

  @Test
  void startsOverAfterAMakingThatWasCutShort() throws IOException, SQLException {
    Path partial = Files.createDirectories(directory.resolve("postgresql.partial/base"));
    Files.writeString(partial.resolveSibling("PG_VERSION"), "18");
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
      assertThat(Databases.value(database, "select 1")).isEqualTo("1");
      assertThat(directory.resolve("postgresql.partial")).doesNotExist();
    }
  }

  @Test
  void startsDespiteAPidFileWhoseProcessIsAnotherProgram() throws IOException, SQLException {
    EmbeddedDatabase.open(directory).close();
    String pidFile = "%d%n%s%n0%n0%n".formatted(ProcessHandle.current().pid(), directory);
    Files.writeString(directory.resolve("postgresql/postmaster.pid"), pidFile);
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
      assertThat(Databases.value(database, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void refusesAFileInPlaceOfTheDirectory() throws IOException {
    Files.createFile(directory);
    assertRefused("data directory " + directory + " is not a directory");
  }

  @Test
  void refusesADirectoryThatCannotBeMade() {
    Path impossible = Path.of("/proc/tallystick");
    assertThatThrownBy(() -> EmbeddedDatabase.open(impossible))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageStartingWith("data directory /proc/tallystick cannot be created: ");
  }

  @Test
  void refusesADirectoryOfAnotherUserOrThatCannotBeWritten() throws IOException {
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
    boolean isRoot = System.getProperty("user.name").equals("root");
    if (isRoot) {
      Files.setAttribute(directory, "unix:uid", 4321);
    }
    assertRefused(
        "data directory "
            + (isRoot
                ? directory + " belongs to user 4321; this is user root"
                : directory + " is not writable"));
  }

  @Test
  void refusesAClusterOfAnotherMajorVersion() throws IOException {
    EmbeddedDatabase.open(directory).close();
    Files.writeString(directory.resolve("postgresql/PG_VERSION"), "17\n");
    assertRefused(
        directory.resolve("postgresql")
            + " was made by PostgreSQL 17; the embedded one is PostgreSQL 18");
  }

  @Test
  void refusesADirectoryThatIsNoCluster() throws IOException {
    Files.createDirectories(directory.resolve("postgresql/photos"));
    assertRefused(
        directory.resolve("postgresql") + " is no PostgreSQL cluster: it has no PG_VERSION");
  }

  @Test
  void showsTheEndOfTheLogWhenTheServerDoesNotComeUp() throws IOException {
    EmbeddedDatabase.open(directory).close();
    Files.delete(directory.resolve("postgresql/global/pg_control"));
    assertThatThrownBy(() -> EmbeddedDatabase.open(directory))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageStartingWith(
            "PostgreSQL did not start; the end of " + directory.resolve("postgresql.log"))
        .hasMessageContaining("pg_control");
  }

  @Test
  void deletesWhatItMadeAndNothingElse() throws IOException {
    EmbeddedDatabase.open(directory).close();
    Path other = Files.createFile(directory.resolve("letter.txt"));
    assertThatThrownBy(() -> EmbeddedDatabase.delete(directory))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessage(
            "data directory %s holds files that are not the database's: letter.txt"
                .formatted(directory));
    assertThat(directory.resolve("postgresql/PG_VERSION")).exists();
    Files.delete(other);
    EmbeddedDatabase.delete(directory);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void deletesNothingWhereThereIsNothing() {
    EmbeddedDatabase.delete(directory);
    assertThat(directory).doesNotExist();
  }

  @Test
  void doesNotDeleteWhatThisProcessUses() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
      assertThatThrownBy(() -> EmbeddedDatabase.delete(directory))
          .isInstanceOf(DatabaseUnavailable.class)
          .hasMessage("data directory %s is in use by this process".formatted(directory));
      assertThat(Databases.value(database, "select 1")).isEqualTo("1");
    }
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> EmbeddedDatabase.open(directory))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessage(message);
  }
}
