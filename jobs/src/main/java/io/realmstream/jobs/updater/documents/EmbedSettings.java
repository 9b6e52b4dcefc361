package io.realmstream.jobs.updater.documents;

import io.realmstream.jobs.LearningOptions;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.model.updating.schedule.EmbedPool;
import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/**
 * How passages are embedded, and what is told of it.
 *
 * @param threads of a subtask; null = cores divided by parallelism
 * @param rebuildShare of them that a version BUILDING behind an ACTIVE one gets
 * @param tellsTrunks whether records tell what their vectors are projections of
 */
record EmbedSettings(@Nullable Integer threads, double rebuildShare, boolean tellsTrunks)
    implements Serializable {
  EmbedSettings {
    if (!(rebuildShare > 0 && rebuildShare <= 1)) {
      throw new IllegalArgumentException(
          RealmOptions.REBUILD_SHARE.key() + " must be above 0 and at most 1, is " + rebuildShare);
    }
  }

  static EmbedSettings of(ReadableConfig settings) {
    return new EmbedSettings(
        settings.getOptional(RealmOptions.EMBED_THREADS).orElse(null),
        settings.get(RealmOptions.REBUILD_SHARE),
        settings.get(LearningOptions.ENABLED));
  }

  EmbedPool.Size size(int parallelism) {
    int count =
        threads != null
            ? threads
            : Math.max(1, Runtime.getRuntime().availableProcessors() / parallelism);
    return new EmbedPool.Size(count, rebuildShare);
  }
}
