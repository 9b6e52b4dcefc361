package io.realmstream.jobs.learner.trunks;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.state.ProgressState;
import io.realmstream.model.transport.ProgressEntry;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardPosition;
import io.realmstream.schemas.vectors.ShardRound;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.vectors.VectorRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what a learner must know: documents with their trunk outputs, republications, and how far
 * each partition has been read. Where a record of a shard was lost it says so. What is no record of
 * the topic is counted and passed over; the retriever makes a dead letter of it.
 */
public final class DecodeTrunksFunction extends ProcessFunction<InboundRecord, TrunkEvent>
    implements CheckpointedFunction {
  public static final String UID = "decode-trunks";

  private static final long serialVersionUID = 1L;
  private static final float[] NO_VECTOR = {};

  private final int shards;
  private transient ProgressState progress;
  private transient @Nullable ListState<ProgressEntry> progressState;
  private transient Counter gaps;
  private transient Counter refused;

  /**
   * @param shards number of document shards
   */
  @SuppressWarnings("NullAway.Init") // open comes before any record
  public DecodeTrunksFunction(int shards) {
    this.shards = shards;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    progressState = ProgressState.kept(context);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    progress.snapshot();
  }

  @Override
  public void open(OpenContext context) throws Exception {
    progress = new ProgressState(Objects.requireNonNull(progressState));
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    gaps = metrics.counter("gaps");
    refused = metrics.counter("recordsRefused");
  }

  @Override
  public void processElement(InboundRecord record, Context context, Collector<TrunkEvent> out) {
    byte[] value = record.value();
    if (value == null) {
      refused.inc();
      return;
    }
    VectorRecord read;
    try {
      read = VectorMessageCodec.read(value);
    } catch (BadRecordException e) {
      refused.inc();
      return;
    }
    ShardPosition position = read.position();
    if (position != null && position.shard() < shards && !progress.take(position.shard(), read)) {
      lose(position.shard(), record, out);
    }
    hand(read, record, out);
  }

  private void hand(VectorRecord read, InboundRecord record, Collector<TrunkEvent> out) {
    VectorMessage message = read.message();
    if (message instanceof PassageVectors vectors && vectors.shard() < shards) {
      out.collect(TrunkEvent.of(withoutVectors(vectors), TopicPlace.of(record), read.again()));
    } else if (message instanceof ShardRound round && round.shard() < shards) {
      out.collect(TrunkEvent.of(round, TopicPlace.of(record)));
    } else if (message instanceof Heartbeat heartbeat) {
      progress.missed(heartbeat, shards).forEach(shard -> lose(shard, record, out));
      mark(heartbeat, record, out);
    }
  }

  /** Partitions beyond the number of shards carry no documents. */
  private void mark(Heartbeat heartbeat, InboundRecord record, Collector<TrunkEvent> out) {
    int partitions = Math.min(heartbeat.partitions(), shards);
    if (record.partition() < partitions) {
      out.collect(TrunkEvent.heartbeat(TopicPlace.of(record), partitions));
    }
  }

  private void lose(int shard, InboundRecord record, Collector<TrunkEvent> out) {
    gaps.inc();
    out.collect(TrunkEvent.gap(shard, TopicPlace.of(record)));
  }

  private static PassageVectors withoutVectors(PassageVectors v) {
    List<PassageInsert> inserts = new ArrayList<>();
    for (PassageInsert p : v.inserts()) {
      inserts.add(new PassageInsert(p.uid(), p.contentHash(), p.text(), NO_VECTOR, p.trunk()));
    }
    return new PassageVectors(
        v.document(), v.shard(), v.version(), v.revision(), v.part(), v.manifest(), inserts);
  }
}
