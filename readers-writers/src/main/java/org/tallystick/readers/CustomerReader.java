package org.tallystick.readers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.sql.Query;

/// The customers of a share who still have something to do, page by page in the order of their ids.
///
/// What is left is read from the data itself, so a restart needs no position: whoever is done is
/// not read again.
public final class CustomerReader implements ItemReader<UUID> {

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final JdbcClient jdbc;
  private final String query;
  private final Share share;
  private final int pageSize;
  private final Deque<UUID> page = new ArrayDeque<>();
  private UUID last = BEFORE_ALL;
  private boolean isAtEnd;

  /// Reads by the statement `query`, which takes `after` and `limit` beside the share.
  public CustomerReader(JdbcClient jdbc, String query, Share share, int pageSize) {
    this.jdbc = jdbc;
    this.query = query;
    this.share = share;
    this.pageSize = pageSize;
  }

  @Override
  public @Nullable UUID read() {
    if (page.isEmpty() && !isAtEnd) {
      page.addAll(
          jdbc.sql(Query.of(query))
              .params(share.params())
              .param("after", last)
              .param("limit", pageSize)
              .query(UUID.class)
              .list());
      isAtEnd = page.size() < pageSize;
      if (!page.isEmpty()) {
        last = page.getLast();
      }
    }
    return page.poll();
  }
}
