package io.realmstream.jobs.retriever.vectors;

import io.realmstream.model.serving.BeatPosition;
import io.realmstream.schemas.vectors.Heartbeat;
import org.jspecify.annotations.Nullable;

/**
 * A heartbeat as a document shard hears it.
 *
 * @param restored the checkpoint that its reader was restored from; {@link #NO_CHECKPOINT} = none.
 *     A beat of an earlier run of the job names an earlier one. None comes while checkpoints are
 *     aligned, since nothing is on its way then
 * @param heartbeat null where only its place counts
 */
public record CountedBeat(BeatPosition position, long restored, @Nullable Heartbeat heartbeat) {
  public static final long NO_CHECKPOINT = -1;

  CountedBeat bare() {
    return new CountedBeat(position, restored, null);
  }
}
