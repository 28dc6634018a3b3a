package org.tallystick.app.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/// A database cluster, PostgreSQL's PGDATA, with the password of its user.
///
/// Locale C, so that order never depends on the machine. Every connection needs the password: any
/// user of the machine can reach a loopback port. It is kept within the cluster, readable by its
/// owner only, so that the two come and go together.
record Cluster(Path path, String password) {

  private static final String PASSWORD = "tallystick.password";
  private static final int PASSWORD_BYTES = 24;

  /// The cluster, made now if it is not there. Making it is all or nothing: an interrupted making
  /// leaves a partial one, which the next starts over.
  static Cluster ensureMade(DataDirectory directory, PostgresPrograms programs) {
    Path path = directory.cluster();
    try {
      if (!Files.exists(path) || isEmpty(path)) {
        make(directory, programs);
      }
      requireSameMajor(path, programs);
      return new Cluster(path, Files.readString(path.resolve(PASSWORD)));
    } catch (IOException e) {
      throw new DatabaseUnavailable("%s cannot be made or read: %s".formatted(path, e), e);
    }
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (var entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void make(DataDirectory directory, PostgresPrograms programs) throws IOException {
    Path partial = directory.partial();
    DataDirectory.deleteTree(partial);
    String password = randomPassword();
    initialise(directory, programs, password);
    createDatabase(directory, programs);
    writePassword(partial.resolve(PASSWORD), password);
    synced(partial);
    Files.move(partial, directory.cluster(), StandardCopyOption.ATOMIC_MOVE);
    synced(directory.path());
  }

  private static void initialise(
      DataDirectory directory, PostgresPrograms programs, String password) {
    PostgresPrograms.Result result =
        programs.runReading(
            password,
            directory.path(),
            List.of(
                "initdb",
                "--pgdata=" + directory.partial().getFileName(),
                "--username=" + ServerAddress.USER,
                "--pwfile=/dev/stdin",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions"));
    requireDone(directory, result);
  }

  /// Creates the database without a server; `postgres` is one that every new cluster has.
  private static void createDatabase(DataDirectory directory, PostgresPrograms programs) {
    PostgresPrograms.Result result =
        programs.runReading(
            "create database " + ServerAddress.DATABASE,
            directory.path(),
            List.of(
                "postgres",
                "--single",
                "-D",
                directory.partial().getFileName().toString(),
                "-c",
                "exit_on_error=on",
                "postgres"));
    requireDone(directory, result);
  }

  private static void requireDone(DataDirectory directory, PostgresPrograms.Result result) {
    if (!result.isDone()) {
      throw new DatabaseUnavailable(
          "%s cannot be made: %s".formatted(directory.cluster(), result.lastLines()));
    }
  }

  private static String randomPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void writePassword(Path file, String password) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, password, UTF_8, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
  }

  /// Makes a directory's names last through a loss of power.
  private static void synced(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void requireSameMajor(Path path, PostgresPrograms programs) throws IOException {
    Path file = path.resolve("PG_VERSION");
    if (!Files.exists(file)) {
      throw new DatabaseUnavailable(
          "%s is no PostgreSQL cluster: it has no PG_VERSION".formatted(path));
    }
    String found = Files.readString(file).strip();
    if (!found.equals(programs.major())) {
      throw new DatabaseUnavailable(
          "%s was made by PostgreSQL %s; the embedded one is PostgreSQL %s"
              .formatted(path, found, programs.major()));
    }
  }

  /// Without the password.
  @Override
  public String toString() {
    return path.toString();
  }
}
