package io.realmstream.model.updating.build;

import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.updating.Shard;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares a shard in a new version with a fresh embedding: no document may be missing, and a
 * sample of passages runs through the transformer once more. Their boundaries must be the same, and
 * their trunk outputs must agree, see {@link io.realmstream.model.encoder.TrunkOutput#agreesWith}.
 *
 * <p>The sample is the passages with the smallest uids. A uid is a hash of document and content, so
 * the sample depends on the documents alone.
 *
 * <p>In memory only: after a restore the walk begins anew, and the check with it.
 */
final class SelfCheck {
  private final Shard shard;
  private final int sampleMax;
  private final NavigableMap<Hash128, String> sample = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();
  private boolean begun;
  private int running;

  /**
   * @param sampleMax passages of the shard that are embedded afresh
   */
  SelfCheck(Shard shard, int sampleMax) {
    this.shard = shard;
    this.sampleMax = sampleMax;
  }

  /**
   * Looks at a document of the shard of which no edit is on its way.
   *
   * @param published what of it is in the version; null = nothing
   */
  void look(String id, WantedEdit wanted, @Nullable PublishedDocument published) {
    if (published == null || !published.handled().equals(wanted.state())) {
      differences.add("document " + id + " is missing");
    } else if (wanted.state().equals(published.published())) {
      published.manifest().forEach(passage -> propose(passage.uid(), id));
    }
  }

  private void propose(Hash128 uid, String id) {
    sample.put(uid, id);
    if (sample.size() > sampleMax) {
      sample.pollLastEntry();
    }
  }

  /** The sample by document; the caller embeds each, and tells {@link #ended} of it. */
  Map<String, Set<Hash128>> begin() {
    begun = true;
    Map<String, Set<Hash128>> byDocument = new HashMap<>();
    sample.forEach((uid, id) -> byDocument.computeIfAbsent(id, any -> new HashSet<>()).add(uid));
    running = byDocument.size();
    return byDocument;
  }

  boolean isBegun() {
    return begun;
  }

  /**
   * A document of the sample is embedded.
   *
   * @param difference null = none, or it has changed meanwhile
   */
  void ended(@Nullable String difference) {
    running--;
    if (difference != null) {
      differences.add(difference);
    }
  }

  boolean isOver() {
    return begun && running == 0;
  }

  /** What is wrong, in a line; null = nothing. */
  @Nullable String outcome() {
    return differences.isEmpty()
        ? null
        : "self-check of shard %d found %d differences: %s"
            .formatted(shard.number(), differences.size(), differences.get(0));
  }
}
