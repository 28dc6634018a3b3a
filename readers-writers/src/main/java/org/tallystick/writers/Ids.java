package org.tallystick.writers;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Fresh keys, UUID version 7.
final class Ids {

  private Ids() {}

  static List<UUID> next(JdbcClient jdbc, int count) {
    return jdbc.sql("select uuid_v7() from generate_series(1, :count)")
        .param("count", count)
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }
}
