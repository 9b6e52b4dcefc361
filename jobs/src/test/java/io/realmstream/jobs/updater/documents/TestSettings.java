package io.realmstream.jobs.updater.documents;

import io.realmstream.jobs.RealmOptions;
import io.realmstream.model.updating.reuse.ReuseLimits;
import org.apache.flink.configuration.Configuration;

/** Settings of the documents operator in tests: the defaults, with two threads. */
final class TestSettings {
  private static final Configuration DEFAULTS = new Configuration();
  static final ReuseLimits REUSE = DocumentsSettings.reuse(DEFAULTS);

  private TestSettings() {}

  static DocumentsSettings of(int partitions, int pendingMax, ReuseLimits reuse) {
    return new DocumentsSettings(
        DocumentsHarness.SHARDS,
        partitions,
        "documents",
        pendingMax,
        DocumentsHarness.TOMBSTONE_TTL,
        DEFAULTS.get(RealmOptions.CHECKED_PASSAGES),
        new EmbedSettings(2, DEFAULTS.get(RealmOptions.REBUILD_SHARE), true),
        reuse);
  }
}
