package io.realmstream.model.freshness;

import io.realmstream.model.serving.BeatPosition;
import io.realmstream.schemas.query.SettledShard;
import io.realmstream.schemas.query.SettledShards;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Up to which heartbeat document shards are settled, as far as that is not told yet. */
public final class NewlySettled {
  private final Map<Integer, BeatPosition> byShard = new TreeMap<>();

  /** Notes that a shard is settled up to a heartbeat. */
  public void add(int shard, BeatPosition beat) {
    byShard.put(shard, beat);
  }

  public boolean isEmpty() {
    return byShard.isEmpty();
  }

  /** What is to be told, which is told then; null = nothing. */
  public @Nullable List<SettledShards> take() {
    if (byShard.isEmpty()) {
      return null;
    }
    Map<Long, List<SettledShard>> byRun = new TreeMap<>();
    byShard.forEach(
        (shard, beat) ->
            byRun
                .computeIfAbsent(beat.run(), unseen -> new ArrayList<>())
                .add(new SettledShard(shard, beat.number())));
    byShard.clear();
    return byRun.entrySet().stream()
        .map(shards -> new SettledShards(shards.getKey(), shards.getValue()))
        .toList();
  }
}
