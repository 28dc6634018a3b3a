package org.tallystick.app.session;

import java.util.List;

/// Where a PostgreSQL database is, and who we are there.
public record DatabaseAddress(String url, String user, String password) {

  /// The server that `TALLYSTICK_DB_URL` names, as `TALLYSTICK_DB_USER` with
  /// `TALLYSTICK_DB_PASSWORD`.
  static DatabaseAddress external(String url) {
    var environment = System.getenv();
    return new DatabaseAddress(
        url,
        environment.getOrDefault("TALLYSTICK_DB_USER", "tallystick"),
        environment.getOrDefault("TALLYSTICK_DB_PASSWORD", ""));
  }

  /// As the arguments that Spring Boot reads; they stay inside this process.
  List<String> settings() {
    return List.of(
        "--spring.datasource.url=" + url,
        "--spring.datasource.username=" + user,
        "--spring.datasource.password=" + password);
  }

  @Override
  public String toString() {
    return user + " at " + url;
  }
}
