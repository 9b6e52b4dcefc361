package io.realmstream.jobs.retriever.vectors;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.DeadLetters.Reason;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.Refusals;
import io.realmstream.jobs.state.ProgressState;
import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.transport.ProgressEntry;
import io.realmstream.model.transport.VersionDimensions;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardRetired;
import io.realmstream.schemas.vectors.ShardRound;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.vectors.VectorRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes what the cells must know: passage vectors, and which versions had their time. On the side
 * tells the document shards, without the vectors, all that the partition says of them, in its
 * order. Both hear, by its count, which heartbeat a record comes behind.
 *
 * <p>Where a record of a shard was lost it says so, to the cells' side and to the documents', in
 * the partition's order.
 *
 * <p>State: one dimension a version, see {@link VersionDimensions}; records with another become
 * dead letters here, where their bytes still are. The progress of each shard, see {@link
 * ShardProgress}.
 */
public final class DecodeVectorsFunction extends ProcessFunction<InboundRecord, PassageEvent>
    implements CheckpointedFunction {
  public static final String UID = "decode-vectors";

  public static final OutputTag<PassageEvent> PASSAGE_EVENTS = new OutputTag<>("passage-events") {};

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DecodeVectorsFunction.class);
  private static final float[] NO_VECTOR = {};

  private final int shards;
  private transient VersionDimensions dimensions;
  private transient @Nullable ListState<VersionDimension> dimensionState;
  private transient ProgressState progress;
  private transient @Nullable ListState<ProgressEntry> progressState;
  private transient Counter gaps;
  private transient Refusals refusals;

  /** Heartbeats of each shard in this run; in no state, so that no other run goes on with them. */
  private transient Map<Integer, Long> beats;

  private transient long run;
  private transient long restored;
  private transient Counter beatsIgnored;
  private transient long ignoredRun;

  /**
   * @param shards number of document shards
   */
  @SuppressWarnings("NullAway.Init") // open comes before any record
  public DecodeVectorsFunction(int shards) {
    this.shards = shards;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    dimensionState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("dimensions", VersionDimension.class));
    progressState = ProgressState.kept(context);
    restored = context.getRestoredCheckpointId().orElse(CountedBeat.NO_CHECKPOINT);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    List<VersionDimension> known = new ArrayList<>();
    dimensions
        .known()
        .forEach((version, dimension) -> known.add(new VersionDimension(version, dimension)));
    Objects.requireNonNull(dimensionState).update(known);
    progress.snapshot();
  }

  @Override
  public void open(OpenContext context) throws Exception {
    dimensions = new VersionDimensions();
    for (VersionDimension known : Objects.requireNonNull(dimensionState).get()) {
      dimensions.put(known.version(), known.dimension());
    }
    progress = new ProgressState(Objects.requireNonNull(progressState));
    beats = new HashMap<>();
    run = UUID.randomUUID().getMostSignificantBits();
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    gaps = metrics.counter("gaps");
    refusals = new Refusals(UID, metrics, Reason.MALFORMED, Reason.DIMENSION);
    beatsIgnored = metrics.counter("heartbeatsIgnored");
    ignoredRun = Long.MIN_VALUE;
  }

  @Override
  public void processElement(InboundRecord record, Context context, Collector<PassageEvent> out) {
    byte[] value = record.value();
    if (value == null) {
      refuse(record, context, Reason.MALFORMED, "value: is null");
      return;
    }
    VectorRecord read;
    try {
      read = VectorMessageCodec.read(value);
    } catch (BadRecordException e) {
      refuse(record, context, Reason.MALFORMED, String.valueOf(e.getMessage()));
      return;
    }
    int shard = shard(read);
    if (shard >= shards) {
      String limit = "shard: must be below " + shards + " (is " + shard + ")";
      refuse(record, context, Reason.MALFORMED, limit);
      return;
    }
    if (!progress.take(shard, read)) {
      lose(shard, context, out);
    }
    hand(record, read, context, out);
  }

  private void hand(
      InboundRecord record, VectorRecord read, Context context, Collector<PassageEvent> out) {
    VectorMessage message = read.message();
    if (message instanceof PassageVectors vectors) {
      String mismatch = dimensions.take(vectors);
      if (mismatch != null) {
        refuse(record, context, Reason.DIMENSION, mismatch);
        if (read.position() != null) {
          lose(vectors.shard(), context, out); // the updater knows no better
        }
        return;
      }
      context.output(PASSAGE_EVENTS, withoutVectors(vectors, read.again()));
      out.collect(PassageEvent.of(withoutTrunks(vectors), read.again()));
    } else if (message instanceof ShardComplete complete) {
      context.output(PASSAGE_EVENTS, PassageEvent.of(complete));
    } else if (message instanceof ShardRetired retired) {
      dimensions.remove(retired.version());
      context.output(PASSAGE_EVENTS, PassageEvent.of(retired));
      out.collect(PassageEvent.of(retired));
    } else if (message instanceof ShardRound round) {
      context.output(PASSAGE_EVENTS, PassageEvent.of(round));
      out.collect(PassageEvent.of(round));
    } else if (message instanceof Heartbeat heartbeat) {
      if (heartbeat.shards() != shards) {
        refuse(heartbeat, record, context, out);
        return;
      }
      progress.missed(heartbeat, shards).forEach(shard -> lose(shard, context, out));
      beat(heartbeat, record, context, out);
    }
  }

  /**
   * To the shards that the partition carries, by the count of whoever wrote it: he alone knows
   * where a shard's records stand, whatever the topic's partitions are by now.
   */
  private void beat(
      Heartbeat heartbeat, InboundRecord record, Context context, Collector<PassageEvent> out) {
    int partitions = heartbeat.partitions();
    if (record.partition() >= partitions) {
      beatsIgnored.inc();
      if (ignoredRun != heartbeat.run()) {
        ignoredRun = heartbeat.run();
        LOG.warn(
            "heartbeats of the updater's run {} say nothing here: they come by partition {} and"
                + " name {} partitions of {}",
            heartbeat.run(),
            record.partition(),
            partitions,
            record.topic());
      }
      return;
    }
    for (int shard = record.partition(); shard < shards; shard += partitions) {
      BeatPosition position = new BeatPosition(run, beats.merge(shard, 1L, Long::sum));
      CountedBeat beat = new CountedBeat(position, restored, heartbeat);
      context.output(PASSAGE_EVENTS, PassageEvent.of(beat, shard));
      out.collect(PassageEvent.of(beat.bare(), shard));
    }
  }

  /**
   * An updater with another number of shards puts documents where they are not looked for, and some
   * nowhere: nothing is claimed of any shard, until one with the same number publishes them again.
   */
  private void refuse(
      Heartbeat heartbeat, InboundRecord record, Context context, Collector<PassageEvent> out) {
    beatsIgnored.inc();
    if (ignoredRun != heartbeat.run()) {
      ignoredRun = heartbeat.run();
      LOG.error(
          "the updater that writes {} has realm.shards {}, this retriever {}: nothing is claimed"
              + " until both are begun without state and with the same number",
          record.topic(),
          heartbeat.shards(),
          shards);
      for (int shard = 0; shard < shards; shard++) {
        lose(shard, context, out);
      }
    }
  }

  /** The shard that a record is of; 0 for one of all shards. */
  private static int shard(VectorRecord record) {
    VectorMessage message = record.message();
    if (message instanceof PassageVectors vectors) {
      return vectors.shard();
    } else if (message instanceof ShardComplete complete) {
      return complete.shard();
    } else if (message instanceof ShardRetired retired) {
      return retired.shard();
    }
    return message instanceof ShardRound round ? round.shard() : 0;
  }

  private void lose(int shard, Context context, Collector<PassageEvent> out) {
    gaps.inc();
    context.output(PASSAGE_EVENTS, PassageEvent.gap(shard));
    out.collect(PassageEvent.gap(shard));
  }

  private static PassageEvent withoutVectors(PassageVectors vectors, boolean again) {
    return PassageEvent.of(stripped(vectors, false), again);
  }

  /** Trunk outputs are of no use here, and as large as the vectors. */
  private static PassageVectors withoutTrunks(PassageVectors vectors) {
    return vectors.inserts().stream().allMatch(insert -> insert.trunk() == null)
        ? vectors
        : stripped(vectors, true);
  }

  private static PassageVectors stripped(PassageVectors v, boolean keepsVectors) {
    List<PassageInsert> inserts = new ArrayList<>();
    for (PassageInsert p : v.inserts()) {
      float[] vector = keepsVectors ? p.vector() : NO_VECTOR;
      inserts.add(new PassageInsert(p.uid(), p.contentHash(), p.text(), vector));
    }
    return new PassageVectors(
        v.document(), v.shard(), v.version(), v.revision(), v.part(), v.manifest(), inserts);
  }

  private void refuse(InboundRecord record, Context context, Reason reason, String message) {
    context.output(DeadLetters.TAG, refusals.refuse(record, reason, message));
  }
}
