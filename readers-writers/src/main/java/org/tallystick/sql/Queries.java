package org.tallystick.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;

/// Queries that are sent together and answered one after the other, in one round trip. Each sees
/// what is committed when its turn comes: one that follows a lock sees what was locked.
public final class Queries {

  private final List<String> texts = new ArrayList<>();
  private final List<RowCallbackHandler> handlers = new ArrayList<>();

  /// `handler` gets each row of `text`.
  public Queries add(String text, RowCallbackHandler handler) {
    texts.add(text);
    handlers.add(handler);
    return this;
  }

  /// Runs them, with the parameters of all.
  public void run(
      NamedParameterJdbcOperations jdbc, Map<String, ? extends @Nullable Object> params) {
    jdbc.execute(
        String.join(";\n", texts),
        new MapSqlParameterSource(params),
        statement -> {
          handle(statement);
          return null;
        });
  }

  private void handle(PreparedStatement statement) throws SQLException {
    boolean hasRows = statement.execute();
    for (var handler : handlers) {
      if (!hasRows) {
        throw new IllegalStateException("a statement among " + texts + " is no query");
      }
      try (var rows = statement.getResultSet()) {
        while (rows.next()) {
          handler.processRow(rows);
        }
      }
      hasRows = statement.getMoreResults();
    }
  }
}
