package io.realmstream.model.serving.placement;

import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.model.state.Table;
import io.realmstream.model.state.Walk;
import io.realmstream.schemas.Hash128;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;

/**
 * The sample that a version's partitions are trained from. It is gathered and forgotten in slices,
 * so that the thread has other work between them.
 *
 * <p>State, by version: one entry a passage of the sample ({@code sample}); one a document shard
 * ({@code census}).
 */
public final class TrainingSample {
  /** Passages that a slice looks at: some milliseconds. */
  public static final int SEEN_PER_SLICE = 512;

  private final Table<Hash128, SampledVector> sample;
  private final Table<Integer, Census> census;
  private final Map<Integer, Walk<Hash128>> forgetting = new HashMap<>();

  /** Sees the tables of the version that is current. */
  public TrainingSample(Table<Hash128, SampledVector> sample, Table<Integer, Census> census) {
    this.sample = sample;
    this.census = census;
  }

  /**
   * Takes in a passage that came or went.
   *
   * @return how many passages more the version has than before, in the sample or not
   */
  public long add(Sample passage) {
    Census before = census.get(passage.shard());
    census.put(passage.shard(), passage.census());
    if (passage.vector().length == 0) {
      sample.remove(passage.uid());
    } else {
      sample.put(passage.uid(), new SampledVector(passage.shard(), Int8Code.of(passage.vector())));
    }
    return passage.census().live() - (before == null ? 0 : before.live());
  }

  /**
   * Begins to gather the current version's sample.
   *
   * @param gathered takes the codes, by uid
   */
  public Gathering gather(SortedMap<Hash128, Int8Code> gathered) {
    return new Gathering(gathered);
  }

  /**
   * Forgets a slice of what there is of the current version, to which nothing may be added any
   * more. A restored job may begin anew.
   *
   * @return whether there is more to forget
   */
  public boolean forgetSome(int version) {
    Walk<Hash128> walk = forgetting.computeIfAbsent(version, any -> new Walk<>(sample));
    for (int seen = 0; seen < SEEN_PER_SLICE; seen++) {
      Hash128 uid = walk.next();
      if (uid == null) {
        forgetting.remove(version);
        forgetCensus();
        return false;
      }
      sample.remove(uid);
    }
    return true;
  }

  private void forgetCensus() {
    Iterator<Integer> shards = census.keys();
    while (shards.hasNext()) {
      shards.next();
      shards.remove();
    }
  }

  /**
   * Puts a version's sample together, as its shards saw it at the beginning. It may rest while
   * passages come and go: of those that come meanwhile it has some.
   */
  public final class Gathering {
    private final SortedMap<Hash128, Int8Code> gathered;
    private final Map<Integer, Census> shards = new HashMap<>();
    private final Walk<Hash128> walk = new Walk<>(sample);

    private Gathering(SortedMap<Hash128, Int8Code> gathered) {
      this.gathered = gathered;
      census.entries().forEachRemaining(shard -> shards.put(shard.getKey(), shard.getValue()));
    }

    /**
     * Takes a slice, and forgets what has left the sample since it came.
     *
     * @return whether there is more to gather
     */
    public boolean some() {
      for (int seen = 0; seen < SEEN_PER_SLICE; seen++) {
        Hash128 uid = walk.next();
        if (uid == null) {
          return false;
        }
        SampledVector passage = sample.get(uid);
        if (passage != null && isIn(uid, passage)) {
          gathered.put(uid, passage.code());
        } else {
          sample.remove(uid);
        }
      }
      return true;
    }

    /** What was gathered so far. */
    public SortedMap<Hash128, Int8Code> gathered() {
      return gathered;
    }

    private boolean isIn(Hash128 uid, SampledVector passage) {
      return shards.getOrDefault(passage.shard(), Census.NONE).samples(uid);
    }
  }
}
