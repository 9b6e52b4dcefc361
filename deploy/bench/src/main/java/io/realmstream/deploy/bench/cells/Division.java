package io.realmstream.deploy.bench.cells;

import io.realmstream.jobs.Shards;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.schemas.Hash128;
import org.jspecify.annotations.Nullable;

/**
 * How a version's vectors are divided into cells, and which of these a query probes.
 *
 * @param number of the partition
 * @param partition null = flat: one cell a shard, by uid hash
 */
public record Division(int number, @Nullable Partition partition, ProbeLimit probes) {
  public static final Shards SHARDS = new Shards(16);

  public static final Division FLAT =
      new Division(Partition.FLAT, null, ProbeLimit.of(SHARDS.count()));

  /** The next division, which is probed as measured in its training. */
  public Division next(Partition trained) {
    return new Division(number + 1, trained, trained.probes());
  }

  public Division probing(ProbeLimit limit) {
    return new Division(number, partition, limit);
  }

  public int cells() {
    return partition == null ? SHARDS.count() : partition.cells();
  }

  /** The cell that takes a passage. */
  public int cellOf(Hash128 uid, float[] vector) {
    return partition == null ? SHARDS.of(uid) : partition.cellOf(vector);
  }

  /** The cells that a query probes, the most promising first. */
  public int[] probed(float[] query) {
    return partition == null ? SHARDS.all() : partition.centroids().ranked(query, probes);
  }
}
