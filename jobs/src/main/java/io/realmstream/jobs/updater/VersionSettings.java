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
 * @param checkedPassages of each shard that are embedded afresh before a version is READY
 */
record VersionSettings(
    boolean switchesItself, Duration rollbackWindow, double rebuildShare, int checkedPassages)
    implements Serializable {
  static final VersionSettings DEFAULT = of(new Configuration());

  VersionSettings {
    if (!(rebuildShare > 0 && rebuildShare <= 1)) {
      throw new IllegalArgumentException(
          RealmOptions.REBUILD_SHARE.key() + " must be above 0 and at most 1, is " + rebuildShare);
    }
    if (checkedPassages < 0) {
      throw new IllegalArgumentException(
          RealmOptions.CHECKED_PASSAGES.key() + " must be at least 0, is " + checkedPassages);
    }
  }

  static VersionSettings of(ReadableConfig settings) {
    return new VersionSettings(
        settings.get(RealmOptions.VERSIONS_SWITCH),
        settings.get(RealmOptions.ROLLBACK_WINDOW),
        settings.get(RealmOptions.REBUILD_SHARE),
        settings.get(RealmOptions.CHECKED_PASSAGES));
  }

  VersionPolicy policy() {
    return new VersionPolicy(switchesItself, rollbackWindow);
  }
}
