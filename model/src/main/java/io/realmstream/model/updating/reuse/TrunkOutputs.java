package io.realmstream.model.updating.reuse;

import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.document.DocumentInVersion;
import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.state.Table;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.version.VersionState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trunk outputs of one shard's live passages, so that a new projection, a rebuild, or the
 * second of two versions of one trunk runs no transformer. What is missing here is embedded;
 * nothing depends on it but time.
 */
public final class TrunkOutputs {
  private final Table<TrunkKey, TrunkOutput> outputs;
  private final Table<DocumentInVersion, PublishedDocument> published;
  private final DroppedPassages dropped;

  /**
   * @param outputs one entry a live passage and trunk that is written: 4 bytes a dimension
   * @param published the shard's documents in its versions
   * @param dropped what its documents have lost lately
   */
  public TrunkOutputs(
      Table<TrunkKey, TrunkOutput> outputs,
      Table<DocumentInVersion, PublishedDocument> published,
      DroppedPassages dropped) {
    this.outputs = outputs;
    this.published = published;
    this.dropped = dropped;
  }

  /** What is known of a document's passages under the trunk of a version that lacks them. */
  public KnownOutputs of(VersionTable table, String id, int version) {
    Map<Hash128, TrunkOutput> known = new HashMap<>();
    Hash128 trunk = trunk(table, version);
    for (VersionEntry entry : table.indexes()) {
      PublishedDocument document = published.get(new DocumentInVersion(id, entry.version()));
      if (document != null
          && TowerDigest.ofTrunk(entry.checkpoint().documentTower()).equals(trunk)) {
        for (ManifestEntry passage : document.manifest()) {
          TrunkOutput output = outputs.get(new TrunkKey(trunk, passage.uid()));
          if (output != null) {
            known.put(passage.uid(), output);
          }
        }
      }
    }
    return new KnownOutputs(known, dropped.of(id, trunk));
  }

  /**
   * What a revision changes.
   *
   * @param outputs of passages that are new or have come back
   * @param removed passages that the document has no more
   */
  public record Gain(Map<Hash128, TrunkOutput> outputs, Collection<Hash128> removed) {}

  /** Keeps what was embedded for a version, and drops what its revision has no more. */
  public void keep(VersionTable table, DocumentInVersion document, Gain gain) {
    Hash128 trunk = trunk(table, document.version());
    List<TrunkKey> gained = new ArrayList<>();
    for (Map.Entry<Hash128, TrunkOutput> output : gain.outputs().entrySet()) {
      TrunkKey key = new TrunkKey(trunk, output.getKey());
      outputs.put(key, output.getValue());
      gained.add(key);
    }
    dropped.change(document.id(), lost(trunk, gain.removed()), gained);
  }

  /** Drops the passages of a deleted document. */
  public void drop(VersionTable table, DocumentInVersion document) {
    PublishedDocument before = published.get(document);
    if (before != null) {
      List<Hash128> uids = before.manifest().stream().map(ManifestEntry::uid).toList();
      dropped.change(document.id(), lost(trunk(table, document.version()), uids), List.of());
    }
  }

  /** Forgets the passages that a document has lost. */
  public void forgetDropped(String id) {
    dropped.forget(id);
  }

  private List<DroppedPassage> lost(Hash128 trunk, Collection<Hash128> uids) {
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
  public void forget(VersionTable table, int version, @Nullable PublishedDocument document) {
    if (document != null) {
      Hash128 trunk = trunk(table, version);
      for (ManifestEntry passage : document.manifest()) {
        outputs.remove(new TrunkKey(trunk, passage.uid()));
      }
    }
  }

  /** What is stored of a passage under the trunk of a version; null = nothing. */
  public @Nullable TrunkOutput get(VersionTable table, int version, Hash128 uid) {
    return outputs.get(new TrunkKey(trunk(table, version), uid));
  }

  /**
   * Whether the outputs of a version that goes away go with it: no other index that is written has
   * its trunk, or its self-check found another vector than theirs, so that they are in doubt and
   * the next version is to be embedded.
   */
  public boolean areToGo(VersionTable table, int version) {
    VersionEntry entry = table.get(version);
    if (entry == null) {
      return false; // so long ago that nobody knows its trunk any more
    }
    if (entry.state() == VersionState.REFUSED) {
      return true;
    }
    Hash128 trunk = trunk(table, version);
    return table.indexes().stream()
        .filter(other -> other.version() != version)
        .noneMatch(other -> TowerDigest.ofTrunk(other.checkpoint().documentTower()).equals(trunk));
  }

  private static Hash128 trunk(VersionTable table, int version) {
    VersionEntry entry = table.get(version);
    if (entry == null) {
      throw new IllegalStateException("version " + version + " is not in the table");
    }
    return TowerDigest.ofTrunk(entry.checkpoint().documentTower());
  }
}
