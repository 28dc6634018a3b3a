package org.tallystick.jobs;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tallystick.readers.CustomerReader;
import org.tallystick.readers.RunReader;
import org.tallystick.readers.Share;

/// Readers over the customers of a partition.
@Component
class ShareReaders {

  private final JdbcClient jdbc;
  private final BatchSettings settings;

  ShareReaders(JdbcClient jdbc, BatchSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  CustomerReader reader(String query, UUID run, int shardFrom, int shardTo) {
    var share = new Share(run, new RunReader(jdbc).get(run).scope(), shardFrom, shardTo);
    return new CustomerReader(jdbc, query, share, settings.chunkCustomers());
  }
}
