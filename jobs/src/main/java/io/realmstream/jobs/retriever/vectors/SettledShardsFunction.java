package io.realmstream.jobs.retriever.vectors;

import io.realmstream.model.serving.BeatPosition;
import io.realmstream.schemas.query.FreshnessRecord;
import io.realmstream.schemas.query.SettledShard;
import io.realmstream.schemas.query.SettledShards;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Tells each document shard up to which heartbeat it is settled, as the freshness topic says. */
public final class SettledShardsFunction implements FlatMapFunction<FreshnessRecord, PassageEvent> {
  public static final String UID = "settled-shards";

  private static final long serialVersionUID = 1L;

  private final int shards;

  /**
   * @param shards number of document shards
   */
  public SettledShardsFunction(int shards) {
    this.shards = shards;
  }

  @Override
  public void flatMap(FreshnessRecord record, Collector<PassageEvent> out) {
    List<SettledShards> settled = record.settled();
    if (settled == null) {
      return;
    }
    for (SettledShards of : settled) {
      for (SettledShard shard : of.shards()) {
        if (shard.shard() < shards) { // else a stranger's record
          out.collect(
              PassageEvent.settled(shard.shard(), new BeatPosition(of.run(), shard.heartbeat())));
        }
      }
    }
  }
}
