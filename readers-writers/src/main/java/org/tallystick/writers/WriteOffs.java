package org.tallystick.writers;

import java.util.ArrayList;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.readers.SuspenseReader;
import org.tallystick.readers.SuspenseReader.Filter;

/// Gives suspended lines up. They come back by an import of a reject file instead, which ends their
/// waiting too ([UsageWriter]).
public final class WriteOffs {

  private final JdbcClient jdbc;

  public WriteOffs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Gives up the waiting lines that `filter` lets through, for `reason`, which is not empty; how
  /// many there were. Repeated after a kill, it goes on.
  public long writeOff(Filter filter, String reason) {
    var suspense = new SuspenseReader(jdbc);
    long count = 0;
    for (var file : suspense.files(filter)) {
      var batches = new ArrayList<Long>();
      var lines = new ArrayList<Long>();
      suspense.forEach(
          file,
          filter,
          line -> {
            batches.add(line.batch());
            lines.add(line.number());
          });
      count +=
          jdbc.sql(
                  """
                  insert into suspense_end (batch_id, line_no, reason)
                  select l.batch_id, l.line_no, :reason
                    from unnest(:batches::bigint[], :lines::bigint[]) as l (batch_id, line_no)
                      on conflict (batch_id, line_no) do nothing\
                  """)
              .param("reason", reason)
              .param("batches", batches.toArray(Long[]::new))
              .param("lines", lines.toArray(Long[]::new))
              .update();
    }
    return count;
  }
}
