package io.realmstream.jobs.updater.versions;

import io.realmstream.jobs.RealmOptions;
import io.realmstream.model.version.VersionPolicy;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ReadableConfig;

/** How versions follow each other. */
public record VersionSettings(boolean switchesItself, Duration rollbackWindow)
    implements Serializable {
  /** As the settings say. */
  public static VersionSettings of(ReadableConfig settings) {
    return new VersionSettings(
        settings.get(RealmOptions.VERSIONS_SWITCH), settings.get(RealmOptions.ROLLBACK_WINDOW));
  }

  VersionPolicy policy() {
    return new VersionPolicy(switchesItself, rollbackWindow);
  }
}
