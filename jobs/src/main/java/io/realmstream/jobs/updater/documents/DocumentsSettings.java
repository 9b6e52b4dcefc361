package io.realmstream.jobs.updater.documents;

import io.realmstream.jobs.RealmOptions;
import io.realmstream.model.updating.reuse.ReuseLimits;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ReadableConfig;

/**
 * What the documents operator must know of the configuration.
 *
 * @param topic of documents, for dead letters
 * @param partitions of the vectors topic, at this start
 * @param pendingMax documents of each subtask that may wait before reading pauses
 * @param checkedPassages of each shard that are embedded afresh before a version is READY
 */
public record DocumentsSettings(
    int shards,
    int partitions,
    String topic,
    int pendingMax,
    Duration tombstoneTtl,
    int checkedPassages,
    EmbedSettings embed,
    ReuseLimits reuse)
    implements Serializable {

  public DocumentsSettings {
    if (checkedPassages < 0) {
      throw new IllegalArgumentException(
          RealmOptions.CHECKED_PASSAGES.key() + " must be at least 0, is " + checkedPassages);
    }
  }

  /** As the settings say. */
  public static DocumentsSettings of(ReadableConfig settings, int partitions) {
    return new DocumentsSettings(
        settings.get(RealmOptions.SHARDS),
        partitions,
        RealmOptions.topics(settings).documents(),
        settings.get(RealmOptions.PENDING_DOCUMENTS_MAX),
        settings.get(RealmOptions.TOMBSTONE_TTL),
        settings.get(RealmOptions.CHECKED_PASSAGES),
        EmbedSettings.of(settings),
        reuse(settings));
  }

  /** The same for a state that has written that many partitions. */
  DocumentsSettings writing(int written) {
    return new DocumentsSettings(
        shards, written, topic, pendingMax, tombstoneTtl, checkedPassages, embed, reuse);
  }

  static ReuseLimits reuse(ReadableConfig settings) {
    int passagesMax = settings.get(RealmOptions.REUSE_PASSAGES_MAX);
    if (passagesMax < 0) {
      throw new IllegalArgumentException(
          RealmOptions.REUSE_PASSAGES_MAX.key() + " must be at least 0, is " + passagesMax);
    }
    return new ReuseLimits(passagesMax, settings.get(RealmOptions.REUSE_TTL));
  }
}
