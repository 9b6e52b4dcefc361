package io.realmstream.model.serving.placement;

import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.state.Table;
import io.realmstream.schemas.Hash128;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How many passages a shard has in each version, and what of that is told to whoever trains
 * partitions: the counts and a sample.
 *
 * <p>State, by shard: one entry a version ({@code census}).
 */
public final class PassageCounts {
  private static final float[] NO_VECTOR = {};
  private static final Hash128 NO_UID = new Hash128(0, 0);

  private final int sampleMax;
  private final Consumer<Sample> samples;
  private final Table<Integer, Census> census;

  /**
   * @param census by version
   * @param sampleMax passages of one shard in the sample
   * @param samples takes what is told
   */
  public PassageCounts(Table<Integer, Census> census, int sampleMax, Consumer<Sample> samples) {
    this.census = census;
    this.sampleMax = sampleMax;
    this.samples = samples;
  }

  /**
   * A passage of the shard of that number came (1), went (-1), or came again (0).
   *
   * @param vector empty when it went
   */
  void count(VersionedPassage passage, int change, int number, float[] vector) {
    Census before = census.get(passage.version());
    Census now = (before == null ? Census.NONE : before).plus(change, sampleMax);
    if (change != 0) {
      census.put(passage.version(), now);
    }
    if (now.samples(passage.uid())) {
      samples.accept(new Sample(passage.version(), number, now, passage.uid(), vector));
    }
  }

  /** Says once more how many there are, so that all who follow a version say what they know. */
  void tellAgain(int number) {
    for (var all = census.entries(); all.hasNext(); ) {
      Map.Entry<Integer, Census> version = all.next();
      samples.accept(new Sample(version.getKey(), number, version.getValue(), NO_UID, NO_VECTOR));
    }
  }

  /** A version had its time. */
  void end(int version, int number) {
    census.remove(version);
    samples.accept(new Sample(version, number, Census.OVER, NO_UID, NO_VECTOR));
  }
}
