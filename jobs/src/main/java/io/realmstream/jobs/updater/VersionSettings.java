package io.realmstream.jobs.updater;

import io.realmstream.jobs.RealmOptions;
import io.realmstream.model.version.VersionPolicy;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How versions follow each other.
 *
 * @param rebuildShare of the embedding threads that a version BUILDING behind an ACTIVE one gets
 */
record VersionSettings(boolean switchesItself, Duration rollbackWindow, double rebuildShare)
    implements Serializable {
  static final VersionSettings DEFAULT = of(new Configuration());

  VersionSettings {
    if (!(rebuildShare > 0 && rebuildShare <= 1)) {
      throw new IllegalArgumentException(
          RealmOptions.REBUILD_SHARE.key() + " must be above 0 and at most 1, is " + rebuildShare);
    }
  }

  static VersionSettings of(ReadableConfig settings) {
    return new VersionSettings(
        settings.get(RealmOptions.VERSIONS_SWITCH),
        settings.get(RealmOptions.ROLLBACK_WINDOW),
        settings.get(RealmOptions.REBUILD_SHARE));
  }

  VersionPolicy policy() {
    return new VersionPolicy(switchesItself, rollbackWindow);
  }
}
