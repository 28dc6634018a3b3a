package org.tallystick.app.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Where a server listens on the loopback interface, and its password.
record ServerAddress(int port, String password) {

  static final String USER = "tallystick";
  static final String DATABASE = "tallystick";

  private static final String CANNOT_CONNECT_NOW = "57P03";
  private static final String CONNECTION_FAILURE_CLASS = "08";
  private static final String TOO_MANY_CONNECTIONS = "53300";

  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE);
  }

  /// Whether the server takes connections; false while it starts, recovers or stops.
  boolean answers() {
    try (Connection connection = DriverManager.getConnection(jdbcUrl(), USER, password)) {
      return connection.isValid(0);
    } catch (SQLException e) {
      String state = e.getSQLState() == null ? "" : e.getSQLState();
      if (state.equals(TOO_MANY_CONNECTIONS)) {
        return true;
      }
      if (state.equals(CANNOT_CONNECT_NOW) || state.startsWith(CONNECTION_FAILURE_CLASS)) {
        return false;
      }
      throw refused(e);
    }
  }

  private DatabaseUnavailable refused(SQLException cause) {
    return new DatabaseUnavailable(
        "the server on port %d refuses: %s".formatted(port, cause.getMessage()), cause);
  }

  /// Without the password.
  @Override
  public String toString() {
    return jdbcUrl();
  }
}
