package io.realmstream.jobs.updater;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.RealmOptions;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/**
 * What the updater's operators must know of the configuration.
 *
 * @param partitions of the vectors topic, at this start
 * @param embedThreads null = cores divided by parallelism
 */
record UpdaterSettings(
    int shards,
    int partitions,
    @Nullable Integer embedThreads,
    int pendingDocumentsMax,
    Duration tombstoneTtl,
    Models models,
    String documentsTopic,
    VersionSettings versions,
    ReuseSettings reuse)
    implements Serializable {

  static UpdaterSettings of(ReadableConfig settings, int partitions) {
    return new UpdaterSettings(
        settings.get(RealmOptions.SHARDS),
        partitions,
        settings.getOptional(RealmOptions.EMBED_THREADS).orElse(null),
        settings.get(RealmOptions.PENDING_DOCUMENTS_MAX),
        settings.get(RealmOptions.TOMBSTONE_TTL),
        new Models(settings),
        RealmOptions.topics(settings).documents(),
        VersionSettings.of(settings),
        ReuseSettings.of(settings));
  }

  EmbedPool.Size pool(int parallelism) {
    int threads =
        embedThreads != null
            ? embedThreads
            : Math.max(1, Runtime.getRuntime().availableProcessors() / parallelism);
    return new EmbedPool.Size(threads, versions.rebuildShare());
  }
}
