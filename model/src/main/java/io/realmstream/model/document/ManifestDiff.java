package io.realmstream.model.document;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ManifestEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a revision changes in a document's passages. A text that occurs twice is one passage, at its
 * first place.
 *
 * @param manifest every passage of the new revision, in order
 * @param inserts those that the published manifest lacks: they must be embedded
 * @param removed what only the published manifest has
 * @param unchanged how many passages are in both
 */
public record ManifestDiff(
    List<ManifestEntry> manifest, List<Passage> inserts, List<Hash128> removed, int unchanged) {

  /**
   * Compares a revision's passages with the manifest in force.
   *
   * @param published uids of the manifest in force; empty for a new document
   * @param passages of the new revision, in order, repetitions included
   */
  public static ManifestDiff between(Collection<Hash128> published, List<Passage> passages) {
    Map<Hash128, Passage> wanted = new LinkedHashMap<>();
    passages.forEach(passage -> wanted.putIfAbsent(passage.uid(), passage));
    Set<Hash128> before = new LinkedHashSet<>(published);
    List<ManifestEntry> manifest = new ArrayList<>();
    List<Passage> inserts = new ArrayList<>();
    for (Passage passage : wanted.values()) {
      manifest.add(new ManifestEntry(passage.uid(), passage.start(), passage.end()));
      if (!before.contains(passage.uid())) {
        inserts.add(passage);
      }
    }
    before.removeAll(wanted.keySet());
    return new ManifestDiff(
        manifest, inserts, List.copyOf(before), manifest.size() - inserts.size());
  }
}
