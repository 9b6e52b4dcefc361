package io.realmstream.jobs.learner.trunks;

import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardRound;
import org.jspecify.annotations.Nullable;

/**
 * What reaches the learner of a document shard, in order: vectors, a round, a heartbeat or, where a
 * record was lost, none of these. Feedback comes besides.
 *
 * @param shard of a heartbeat: any
 * @param place of the record
 * @param vectors without the vectors themselves
 * @param again whether they say once more what was published before
 * @param partitions of a heartbeat: how many of them carry documents; 0 = it is none
 * @param feedback what was said of a question, from a topic of its own
 */
public record TrunkEvent(
    int shard,
    TopicPlace place,
    @Nullable PassageVectors vectors,
    boolean again,
    @Nullable ShardRound round,
    int partitions,
    @Nullable FeedbackNews feedback) {
  public static TrunkEvent of(PassageVectors vectors, TopicPlace place, boolean again) {
    return new TrunkEvent(vectors.shard(), place, vectors, again, null, 0, null);
  }

  public static TrunkEvent of(ShardRound round, TopicPlace place) {
    return new TrunkEvent(round.shard(), place, null, false, round, 0, null);
  }

  /** The partition goes on. */
  public static TrunkEvent heartbeat(TopicPlace place, int partitions) {
    return new TrunkEvent(place.partition(), place, null, false, null, partitions, null);
  }

  /** A record of the shard was lost in front of that place, or several. */
  public static TrunkEvent gap(int shard, TopicPlace place) {
    return new TrunkEvent(shard, place, null, false, null, 0, null);
  }

  /** Feedback, under the shard of its id. */
  public static TrunkEvent of(FeedbackNews feedback, int shard, TopicPlace place) {
    return new TrunkEvent(shard, place, null, false, null, 0, feedback);
  }

  /** Whether it only says that a partition goes on. */
  public boolean isHeartbeat() {
    return partitions > 0;
  }

  /** Whether a record was lost. */
  public boolean isGap() {
    return vectors == null && round == null && feedback == null && !isHeartbeat();
  }
}
