package org.tallystick.writers;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.support.JdbcUtils;

/// One at a time: held by whoever changes what is billed (a run, a catalog change) or takes in one
/// file, and given back by the database if the holder dies.
public final class RunLock implements AutoCloseable {

  /// Whoever changes what is billed.
  public static final long BILLING = 0x7A11_0001L;

  /// Whoever numbers intake batches.
  static final long NUMBERING = 0x7A11_0002L;

  /// The locks of single files start here.
  private static final long FILES = 0x7A11_0000_0000L;

  /// A holder that was killed is noticed within this time.
  private static final String PATIENCE = "10s";

  private final Connection connection;

  private RunLock(Connection connection) {
    this.connection = connection;
  }

  /// The lock of the file with this SHA-256 (hexadecimal).
  public static long ofFile(String sha256) {
    return FILES + Long.parseLong(sha256.substring(0, 8), 16);
  }

  /// Takes the lock, waiting a little; throws CannotAcquireLockException with `busy` if somebody
  /// else holds it.
  public static RunLock take(DataSource dataSource, long key, String busy) {
    try {
      var connection = dataSource.getConnection();
      try (var statement = connection.createStatement()) {
        statement.execute("set lock_timeout = '" + PATIENCE + "'");
        statement.execute("select pg_advisory_lock(" + key + ")");
        return new RunLock(connection);
      } catch (SQLException e) {
        JdbcUtils.closeConnection(connection);
        throw new CannotAcquireLockException(busy, e);
      }
    } catch (SQLException e) {
      throw new CannotAcquireLockException("no connection for a lock", e);
    }
  }

  @Override
  public void close() {
    try (connection;
        var statement = connection.createStatement()) {
      statement.execute("select pg_advisory_unlock_all()");
      statement.execute("reset lock_timeout");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot give a lock back", e);
    }
  }
}
