package io.realmstream.jobs.retriever;

import io.realmstream.schemas.Hash128;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * How many passages the shard whose key is current has in each version, and what of that is told to
 * whoever trains partitions: the counts and a sample.
 *
 * <p>State, by shard: one entry a version ({@code census}).
 */
final class PassageCounts {
  private static final float[] NO_VECTOR = {};
  private static final Hash128 NO_UID = new Hash128(0, 0);

  private final int sampleMax;
  private final Output<?> output;
  private final MapState<Integer, Census> census;

  /**
   * @param sampleMax passages of one shard in the sample
   */
  PassageCounts(RuntimeContext context, int sampleMax, Output<?> output) {
    this.sampleMax = sampleMax;
    this.output = output;
    census = context.getMapState(new MapStateDescriptor<>("census", Integer.class, Census.class));
  }

  /**
   * A passage of the shard of that number came (1), went (-1), or came again (0).
   *
   * @param vector empty when it went
   */
  void count(VersionedPassage passage, int change, int number, float[] vector) throws Exception {
    Census before = census.get(passage.version());
    Census now = (before == null ? Census.NONE : before).plus(change, sampleMax);
    if (change != 0) {
      census.put(passage.version(), now);
    }
    if (now.samples(passage.uid())) {
      tell(new Sample(passage.version(), number, now, passage.uid(), vector));
    }
  }

  /** Says once more how many there are, so that all who follow a version say what they know. */
  void tellAgain(int number) throws Exception {
    for (Map.Entry<Integer, Census> version : census.entries()) {
      tell(new Sample(version.getKey(), number, version.getValue(), NO_UID, NO_VECTOR));
    }
  }

  /** A version had its time. */
  void end(int version, int number) throws Exception {
    census.remove(version);
    tell(new Sample(version, number, Census.OVER, NO_UID, NO_VECTOR));
  }

  private void tell(Sample sample) {
    output.collect(Outputs.SAMPLES, new StreamRecord<>(sample));
  }
}
