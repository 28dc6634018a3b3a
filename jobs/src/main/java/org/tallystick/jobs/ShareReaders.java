package org.tallystick.jobs;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tallystick.readers.CustomerReader;
import org.tallystick.readers.RunReader;

/// Readers over the customers of a partition.
@Component
class ShareReaders {

  private final JdbcClient jdbc;
  private final BatchSettings settings;

  ShareReaders(JdbcClient jdbc, BatchSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  CustomerReader reader(String query, UUID run, String step) {
    var share = SharePartitioner.share(step, run, new RunReader(jdbc).get(run).scope());
    return new CustomerReader(jdbc, query, share, settings.chunkCustomers());
  }
}
