package org.tallystick.readers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a run counted, for its manifest.
public final class RunInputs {

  private final JdbcClient jdbc;

  public RunInputs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The files with batches up to `cutoff`, with SHA-256, accepted rows and quantity, and how many
  /// of those rows are withdrawn by then.
  public List<Map<String, @Nullable Object>> files(long cutoff) {
    return jdbc.sql(
            """
            select f.name, f.sha256, sum(b.accepted) as accepted, sum(b.quantity) as quantity,
                   coalesce(sum(w.records), 0) as withdrawn
              from intake_file f
              join intake_batch b on b.file_id = f.id
              left join (select batch_id, count(*) as records from withdrawn
                          where position <= :cutoff group by batch_id) w on w.batch_id = b.id
             where b.position <= :cutoff
             group by f.id
             order by f.sha256\
            """)
        .param("cutoff", cutoff)
        .query()
        .listOfRows();
  }

  /// The versions of everything declared: one SHA-256 per kind over its entries' latest revisions.
  public List<Map<String, @Nullable Object>> catalog() {
    return jdbc.sql(
            """
            select kind, count(*) as entries, sum(revision) as revisions,
                   encode(sha256(convert_to(
                       string_agg(key || ' ' || definition, E'\\n' order by key collate "C"),
                       'UTF8')), 'hex') as sha256
              from (select distinct on (kind, key) kind, key, revision, definition::text
                      from catalog_entry order by kind, key, revision desc) e
             group by kind
             order by kind\
            """)
        .query()
        .listOfRows();
  }
}
