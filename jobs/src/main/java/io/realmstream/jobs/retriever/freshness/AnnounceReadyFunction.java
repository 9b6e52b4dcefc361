package io.realmstream.jobs.retriever.freshness;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.state.StateTable;
import io.realmstream.model.version.CompleteIndexes;
import io.realmstream.model.version.CompleteIndexes.CompleteShard;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Proposes a version READY once every document shard is complete in its index. Completed shards and
 * the version log come by different inputs, so either may be first. A shard that lost something is
 * complete in no index until it says so again.
 *
 * <p>State, all under one key: the shards that are complete, for each index that has not had its
 * time; the version table.
 */
public final class AnnounceReadyFunction
    extends KeyedCoProcessFunction<Integer, ShardNews, VersionProposal, OutboundRecord> {
  public static final String UID = "announce-ready";
  private static final long serialVersionUID = 1L;

  private final int shards;
  private transient CompleteIndexes complete;
  private transient ValueState<VersionTable> versions;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public AnnounceReadyFunction(int shards) {
    this.shards = shards;
  }

  @Override
  public void open(OpenContext context) {
    complete =
        new CompleteIndexes(
            StateTable.of(getRuntimeContext(), "completed", CompleteShard.class, Boolean.class),
            shards);
    versions =
        getRuntimeContext().getState(new ValueStateDescriptor<>("versions", VersionTable.class));
  }

  @Override
  public void processElement1(ShardNews news, Context context, Collector<OutboundRecord> out)
      throws Exception {
    if (news.isLoss()) {
      complete.lose(news.shard());
    }
    ShardComplete shard = news.complete();
    if (shard != null && !EndedIndexes.of(table()).contains(shard.version())) {
      var unused = complete.add(shard.version(), shard.shard());
      announce(shard.version(), context, out);
    }
  }

  @Override
  public void processElement2(
      VersionProposal proposal, Context context, Collector<OutboundRecord> out) throws Exception {
    EndedIndexes before = EndedIndexes.of(table());
    VersionTable.Step step = table().apply(proposal);
    versions.update(step.table());
    EndedIndexes after = EndedIndexes.of(step.table());
    if (!after.equals(before)) {
      complete.forget(after);
    }
    for (VersionEntry entry : step.table().indexes()) {
      announce(entry.version(), context, out);
    }
  }

  // What another proposal overtook is ignored; the table that the log then shows leads here again
  private void announce(int index, Context context, Collector<OutboundRecord> out)
      throws Exception {
    VersionEntry waiting = waiting(index);
    if (waiting != null && complete.isComplete(index)) {
      out.collect(proposal(waiting, context.timerService().currentProcessingTime()));
    }
  }

  /** A version that only lacks its completeness; null = none. */
  private @Nullable VersionEntry waiting(int index) throws Exception {
    for (VersionEntry entry : table().versions()) {
      boolean waits =
          entry.state() == VersionState.BUILDING
              || (entry.state() == VersionState.ACTIVE && !entry.complete());
      if (entry.index() == index && waits) {
        return entry;
      }
    }
    return null;
  }

  private VersionTable table() throws Exception {
    VersionTable table = versions.value();
    return table == null ? VersionTable.EMPTY : table;
  }

  private static OutboundRecord proposal(VersionEntry entry, long nowMs) {
    Instant now = Instant.ofEpochMilli(nowMs);
    // the state is part of the id: within a millisecond the version may have had another
    String id = UID + " " + entry.version() + " from " + entry.state() + " " + now;
    VersionProposal proposal =
        new VersionProposal(
            id,
            entry.version(),
            new StateChange(entry.state(), VersionState.READY),
            UID,
            "every shard has all its documents",
            null,
            null,
            now);
    return OutboundRecord.byKey(
        id.getBytes(StandardCharsets.UTF_8), Codecs.VERSION_PROPOSAL.encode(proposal));
  }
}
