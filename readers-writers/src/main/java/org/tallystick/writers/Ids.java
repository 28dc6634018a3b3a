package org.tallystick.writers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Fresh keys, UUID version 7.
public final class Ids {

  /// So many as `:count` says.
  public static final String QUERY = "select uuid_v7() as id from generate_series(1, :count)";

  private Ids() {}

  public static List<UUID> next(JdbcClient jdbc, int count) {
    return jdbc.sql(QUERY).param("count", count).query((row, _) -> get(row, "id")).list();
  }

  /// The key in `column`, which must not be null.
  public static UUID get(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }
}
