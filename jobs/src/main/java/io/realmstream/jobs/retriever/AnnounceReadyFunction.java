package io.realmstream.jobs.retriever;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Proposes a version READY once every document shard is complete in it.
 *
 * <p>State, by version: the shards that are.
 */
public final class AnnounceReadyFunction
    extends KeyedProcessFunction<Integer, ShardComplete, OutboundRecord> {
  static final String UID = "announce-ready";
  private static final long serialVersionUID = 1L;

  private final int shards;
  private transient MapState<Integer, Boolean> complete;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public AnnounceReadyFunction(int shards) {
    this.shards = shards;
  }

  @Override
  public void open(OpenContext context) {
    complete =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("complete", Integer.class, Boolean.class));
  }

  @Override
  public void processElement(ShardComplete shard, Context context, Collector<OutboundRecord> out)
      throws Exception {
    if (complete.contains(shard.shard())) {
      return;
    }
    complete.put(shard.shard(), true);
    int count = 0;
    for (Integer ignored : complete.keys()) {
      count++;
    }
    if (count == shards) {
      out.collect(proposal(shard.version(), context.timerService().currentProcessingTime()));
    }
  }

  private static OutboundRecord proposal(int version, long nowMs) {
    String id = "ready-" + version;
    VersionProposal proposal =
        new VersionProposal(
            id,
            version,
            VersionState.ACTIVE,
            VersionState.READY,
            UID,
            "every shard has all its documents",
            null,
            Instant.ofEpochMilli(nowMs));
    return OutboundRecord.byKey(
        id.getBytes(StandardCharsets.UTF_8), Codecs.VERSION_PROPOSAL.encode(proposal));
  }
}
