package io.realmstream.jobs.updater;

import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ManifestEntry;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The trunk outputs of live passages, so that a new projection, a rebuild, or the second of two
 * versions of one trunk runs no transformer. What is missing here is embedded; nothing depends on
 * it but time. The Flink key is the document's shard.
 */
final class TrunkOutputs {
  /** One entry a live passage and trunk that is written: 4 bytes a dimension. */
  private final MapState<TrunkKey, TrunkOutput> outputs;

  private final DocumentStates states;

  TrunkOutputs(RuntimeContext context, DocumentStates states) {
    this.states = states;
    outputs =
        context.getMapState(
            new MapStateDescriptor<>("trunk-outputs", TrunkKey.class, TrunkOutput.class));
  }

  /** What is known of a document's passages under the trunk of a version that lacks them. */
  Map<Hash128, TrunkOutput> of(Shard shard, String id, int version) throws Exception {
    Map<Hash128, TrunkOutput> known = new HashMap<>();
    Hash128 trunk = trunk(shard, version);
    for (VersionEntry entry : shard.table.indexes()) {
      PublishedDocument published = states.published(id, entry.version());
      if (published != null
          && TowerDigest.ofTrunk(entry.checkpoint().documentTower()).equals(trunk)) {
        for (ManifestEntry passage : published.manifest()) {
          TrunkOutput output = outputs.get(new TrunkKey(trunk, passage.uid()));
          if (output != null) {
            known.put(passage.uid(), output);
          }
        }
      }
    }
    return known;
  }

  /** Keeps what was embedded for a version, and forgets what its revision has no more. */
  void keep(Shard shard, EmbedWork work) throws Exception {
    Hash128 trunk = trunk(shard, work.order.version());
    for (Map.Entry<Hash128, TrunkOutput> output : work.trunkOutputs().entrySet()) {
      outputs.put(new TrunkKey(trunk, output.getKey()), output.getValue());
    }
    for (Hash128 uid : work.diff().removed()) {
      outputs.remove(new TrunkKey(trunk, uid));
    }
  }

  /** Forgets the passages of a document in a version that goes away, or with the document. */
  void forget(Shard shard, int version, @Nullable PublishedDocument document) throws Exception {
    if (document != null) {
      Hash128 trunk = trunk(shard, version);
      for (ManifestEntry passage : document.manifest()) {
        outputs.remove(new TrunkKey(trunk, passage.uid()));
      }
    }
  }

  /** Whether another index that is written has the trunk of that one. */
  boolean isShared(Shard shard, int version) {
    Hash128 trunk = trunk(shard, version);
    return shard.table.indexes().stream()
        .anyMatch(
            entry ->
                entry.version() != version
                    && TowerDigest.ofTrunk(entry.checkpoint().documentTower()).equals(trunk));
  }

  private static Hash128 trunk(Shard shard, int version) {
    VersionEntry entry = shard.table.get(version);
    if (entry == null) {
      throw new IllegalStateException("version " + version + " is not in the table");
    }
    return TowerDigest.ofTrunk(entry.checkpoint().documentTower());
  }
}
