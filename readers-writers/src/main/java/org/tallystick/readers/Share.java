package org.tallystick.readers;

import java.util.Map;
import java.util.UUID;

/// A partition's share of a run: the customers of `scope` (`all`, or keys separated by commas)
/// whose shard is in [shardFrom, shardTo).
public record Share(UUID run, String scope, int shardFrom, int shardTo) {

  /// Shards that customers fall into, by a hash of their key.
  public static final int SHARDS = 1024;

  /// The whole run.
  public static Share whole(UUID run, String scope) {
    return new Share(run, scope, 0, SHARDS);
  }

  /// The named parameters of the statements that read a share.
  public Map<String, Object> params() {
    return Map.of("run", run, "scope", scope, "shardFrom", shardFrom, "shardTo", shardTo);
  }
}
