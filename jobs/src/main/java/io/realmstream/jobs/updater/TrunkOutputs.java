package io.realmstream.jobs.updater;

import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.version.VersionState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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
  private final DroppedPassages dropped;

  TrunkOutputs(RuntimeContext context, DocumentStates states, DroppedPassages dropped) {
    this.states = states;
    this.dropped = dropped;
    outputs =
        context.getMapState(
            new MapStateDescriptor<>("trunk-outputs", TrunkKey.class, TrunkOutput.class));
  }

  /** What is known of a document's passages under the trunk of a version that lacks them. */
  KnownOutputs of(Shard shard, String id, int version) throws Exception {
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
    return new KnownOutputs(known, dropped.of(id, trunk));
  }

  /** Keeps what was embedded for a version, and drops what its revision has no more. */
  void keep(Shard shard, EmbedWork work) throws Exception {
    Hash128 trunk = trunk(shard, work.order.version());
    List<TrunkKey> gained = new ArrayList<>();
    for (Map.Entry<Hash128, TrunkOutput> output : work.trunkOutputs().entrySet()) {
      TrunkKey key = new TrunkKey(trunk, output.getKey());
      outputs.put(key, output.getValue());
      gained.add(key);
    }
    dropped.change(work.order.task().id, lost(trunk, work.diff().removed()), gained);
  }

  /** Drops the passages of a deleted document. */
  void drop(Shard shard, DocumentInVersion document) throws Exception {
    PublishedDocument before = states.published(document.id(), document.version());
    if (before != null) {
      List<Hash128> uids = before.manifest().stream().map(ManifestEntry::uid).toList();
      dropped.change(document.id(), lost(trunk(shard, document.version()), uids), List.of());
    }
  }

  private List<DroppedPassage> lost(Hash128 trunk, Collection<Hash128> uids) throws Exception {
    List<DroppedPassage> lost = new ArrayList<>();
    for (Hash128 uid : uids) {
      TrunkKey key = new TrunkKey(trunk, uid);
      TrunkOutput output = outputs.get(key);
      if (output != null) {
        outputs.remove(key);
        lost.add(new DroppedPassage(key, output));
      }
    }
    return lost;
  }

  /** Forgets the passages of a document in a version that goes away. */
  void forget(Shard shard, int version, @Nullable PublishedDocument document) throws Exception {
    if (document != null) {
      Hash128 trunk = trunk(shard, version);
      for (ManifestEntry passage : document.manifest()) {
        outputs.remove(new TrunkKey(trunk, passage.uid()));
      }
    }
  }

  /** What is stored of a passage under the trunk of a version; null = nothing. */
  @Nullable TrunkOutput get(Shard shard, int version, Hash128 uid) throws Exception {
    return outputs.get(new TrunkKey(trunk(shard, version), uid));
  }

  /**
   * Whether the outputs of a version that goes away go with it: no other index that is written has
   * its trunk, or its self-check found another vector than theirs, so that they are in doubt and
   * the next version is to be embedded.
   */
  boolean areToGo(Shard shard, int version) {
    VersionEntry entry = shard.table.get(version);
    if (entry == null) {
      return false; // so long ago that nobody knows its trunk any more
    }
    if (entry.state() == VersionState.REFUSED) {
      return true;
    }
    Hash128 trunk = trunk(shard, version);
    return shard.table.indexes().stream()
        .filter(other -> other.version() != version)
        .noneMatch(other -> TowerDigest.ofTrunk(other.checkpoint().documentTower()).equals(trunk));
  }

  private static Hash128 trunk(Shard shard, int version) {
    VersionEntry entry = shard.table.get(version);
    if (entry == null) {
      throw new IllegalStateException("version " + version + " is not in the table");
    }
    return TowerDigest.ofTrunk(entry.checkpoint().documentTower());
  }
}
