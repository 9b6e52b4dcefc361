package io.realmstream.model.serving.revision;

import io.realmstream.model.serving.EndedVersions;
import io.realmstream.model.serving.Manifest;
import io.realmstream.model.serving.VersionedDocument;
import io.realmstream.model.state.Table;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The revisions on their way, and how many there are in each version: a version that waits for its
 * own holds up no other.
 *
 * <p>State, by shard: one entry a document with a revision on its way ({@code staged}).
 */
public final class StagedRevisions {
  private final Table<VersionedDocument, Manifest> staged;
  private final EndedVersions ended;

  /** By shard, then version that has some; counted when a shard is first met. */
  private final Map<Integer, Map<Integer, Integer>> counts = new HashMap<>();

  /**
   * @param staged one entry a document with a revision on its way
   */
  public StagedRevisions(Table<VersionedDocument, Manifest> staged, EndedVersions ended) {
    this.staged = staged;
    this.ended = ended;
  }

  Table<VersionedDocument, Manifest> table() {
    return staged;
  }

  @Nullable Manifest get(VersionedDocument document) {
    return staged.get(document);
  }

  boolean contains(VersionedDocument document) {
    return staged.contains(document);
  }

  void put(int shard, VersionedDocument document, Manifest manifest) {
    Map<Integer, Integer> known = counts(shard);
    if (!staged.contains(document)) {
      known.merge(document.version(), 1, Integer::sum);
    }
    staged.put(document, manifest);
  }

  void remove(int shard, VersionedDocument document) {
    Map<Integer, Integer> known = counts(shard);
    if (staged.contains(document)) {
      known.computeIfPresent(document.version(), (version, count) -> count > 1 ? count - 1 : null);
      staged.remove(document);
    }
  }

  /** The version has its time: whatever is on its way there keeps nobody waiting. */
  public void retire(int shard, int version) {
    counts(shard).remove(version);
  }

  /** Whether every revision that came is current, in every version. */
  public boolean isSettled(int shard) {
    return counts(shard).isEmpty();
  }

  /** The same of one version. */
  public boolean isSettled(int shard, int version) {
    return !counts(shard).containsKey(version);
  }

  private Map<Integer, Integer> counts(int shard) {
    Map<Integer, Integer> known = counts.get(shard);
    if (known == null) {
      known = new HashMap<>();
      for (Iterator<VersionedDocument> all = staged.keys(); all.hasNext(); ) {
        VersionedDocument document = all.next();
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
