package org.tallystick.domain.rating;

import java.util.List;
import java.util.stream.IntStream;

/// The names of the parts of the `n`-th tier, the first being 1: `tier-n` and `tier-n-flat`.
record TierKeys(String units, String flat) {

  /// Built once: to join ten names takes longer than to multiply ten prices.
  private static final List<TierKeys> BUILT =
      IntStream.rangeClosed(1, 64).mapToObj(TierKeys::new).toList();

  private TierKeys(int tier) {
    this("tier-" + tier, "tier-" + tier + "-flat");
  }

  static TierKeys of(int tier) {
    return tier <= BUILT.size() ? BUILT.get(tier - 1) : new TierKeys(tier);
  }
}
