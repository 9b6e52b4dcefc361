package io.realmstream.jobs.retriever.assign;

import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.Shards;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ReadableConfig;

/**
 * What {@code assign} is set to.
 *
 * @param deleteDelay how long a passage stays in its cell once answers see that it was removed
 * @param tombstoneTtl how long a deleted document's revision is remembered
 * @param sampleMax passages of one document shard in the sample that partitions are trained from
 */
public record AssignSettings(
    Shards shards, Duration deleteDelay, Duration tombstoneTtl, int sampleMax)
    implements Serializable {
  public static AssignSettings of(ReadableConfig settings, Shards shards) {
    int sampleMax = settings.get(RealmOptions.PARTITION_SAMPLE_MAX);
    return new AssignSettings(
        shards,
        settings.get(RealmOptions.DELETE_DELAY),
        settings.get(RealmOptions.TOMBSTONE_TTL),
        Math.max(1, sampleMax / shards.count()));
  }
}
