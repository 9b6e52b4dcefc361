package io.realmstream.jobs.updater;

import io.realmstream.jobs.RealmOptions;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How much of what documents have lost is kept for reuse.
 *
 * @param passagesMax of each document shard; 0 = nothing is kept
 */
record ReuseSettings(int passagesMax, Duration ttl) implements Serializable {
  static final ReuseSettings DEFAULT = of(new Configuration());

  ReuseSettings {
    if (passagesMax < 0) {
      throw new IllegalArgumentException(
          RealmOptions.REUSE_PASSAGES_MAX.key() + " must be at least 0, is " + passagesMax);
    }
  }

  static ReuseSettings of(ReadableConfig settings) {
    return new ReuseSettings(
        settings.get(RealmOptions.REUSE_PASSAGES_MAX), settings.get(RealmOptions.REUSE_TTL));
  }
}
