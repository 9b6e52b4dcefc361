package io.realmstream.jobs.retriever;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The revisions on their way, and how many there are in each version: a version that waits for its
 * own holds up no other.
 *
 * <p>State, by shard: one entry a document with a revision on its way ({@code staged}).
 */
final class StagedRevisions {
  private final MapState<VersionedDocument, Manifest> staged;
  private final EndedVersions ended;

  /** By shard, then version that has some; counted when a shard is first met. */
  private final Map<Integer, Map<Integer, Integer>> counts = new HashMap<>();

  StagedRevisions(RuntimeContext context, EndedVersions ended) {
    this.ended = ended;
    staged =
        context.getMapState(
            new MapStateDescriptor<>("staged", VersionedDocument.class, Manifest.class));
  }

  MapState<VersionedDocument, Manifest> state() {
    return staged;
  }

  @Nullable Manifest get(VersionedDocument document) throws Exception {
    return staged.get(document);
  }

  boolean contains(VersionedDocument document) throws Exception {
    return staged.contains(document);
  }

  void put(int shard, VersionedDocument document, Manifest manifest) throws Exception {
    Map<Integer, Integer> known = counts(shard);
    if (!staged.contains(document)) {
      known.merge(document.version(), 1, Integer::sum);
    }
    staged.put(document, manifest);
  }

  void remove(int shard, VersionedDocument document) throws Exception {
    Map<Integer, Integer> known = counts(shard);
    if (staged.contains(document)) {
      known.computeIfPresent(document.version(), (version, count) -> count > 1 ? count - 1 : null);
      staged.remove(document);
    }
  }

  /** The version has its time: whatever is on its way there keeps nobody waiting. */
  void retire(int shard, int version) throws Exception {
    counts(shard).remove(version);
  }

  /** Whether every revision that came is current, in every version. */
  boolean isSettled(int shard) throws Exception {
    return counts(shard).isEmpty();
  }

  /** The same of one version. */
  boolean isSettled(int shard, int version) throws Exception {
    return !counts(shard).containsKey(version);
  }

  private Map<Integer, Integer> counts(int shard) throws Exception {
    Map<Integer, Integer> known = counts.get(shard);
    if (known == null) {
      known = new HashMap<>();
      for (VersionedDocument document : staged.keys()) {
        // those of a version that had its time are being forgotten, and nobody waits for them
        if (!ended.contains(shard, document.version())) {
          known.merge(document.version(), 1, Integer::sum);
        }
      }
      counts.put(shard, known);
    }
    return known;
  }
}
