package io.realmstream.jobs.updater.documents;

import io.realmstream.jobs.RealmOptions;
import io.realmstream.model.updating.schedule.EmbedPool;
import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/**
 * How the embedding threads are shared.
 *
 * @param threads of a subtask; null = cores divided by parallelism
 * @param rebuildShare of them that a version BUILDING behind an ACTIVE one gets
 */
record EmbedSettings(@Nullable Integer threads, double rebuildShare) implements Serializable {
  EmbedSettings {
    if (!(rebuildShare > 0 && rebuildShare <= 1)) {
      throw new IllegalArgumentException(
          RealmOptions.REBUILD_SHARE.key() + " must be above 0 and at most 1, is " + rebuildShare);
    }
  }

  static EmbedSettings of(ReadableConfig settings) {
    return new EmbedSettings(
        settings.getOptional(RealmOptions.EMBED_THREADS).orElse(null),
        settings.get(RealmOptions.REBUILD_SHARE));
  }

  EmbedPool.Size size(int parallelism) {
    int count =
        threads != null
            ? threads
            : Math.max(1, Runtime.getRuntime().availableProcessors() / parallelism);
    return new EmbedPool.Size(count, rebuildShare);
  }
}
