package io.realmstream.deploy.client.documents;

import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the updater published of one document, version by version: the passages of its newest
 * revision there, with the texts that came along.
 */
public final class PublishedPassages {
  private final List<VersionEntry> versions;
  private final Map<Integer, PassageVectors> newest = new TreeMap<>();
  private final Map<Hash128, String> texts = new HashMap<>();

  /**
   * @param versions those that documents are published in
   */
  public PublishedPassages(List<VersionEntry> versions) {
    this.versions = versions;
  }

  /** Takes a record of the document, or a part of one, in the topic's order. */
  public void add(PassageVectors record) {
    for (PassageInsert insert : record.inserts()) {
      texts.put(insert.uid(), insert.text());
    }
    PassageVectors before = newest.get(record.version());
    if (record.part().commits()
        && (before == null || before.revision().number() <= record.revision().number())) {
      newest.put(record.version(), record);
    }
  }

  /** Versions that documents are published in. */
  List<VersionEntry> versions() {
    return versions;
  }

  /** Revision that is newest in a version; null when the topic tells none. */
  @Nullable Long revision(int version) {
    PassageVectors record = newest.get(version);
    return record == null ? null : record.revision().number();
  }

  /** Its passages in order; none when it was deleted. */
  List<ManifestEntry> passages(int version) {
    PassageVectors record = newest.get(version);
    return record == null ? List.of() : record.manifest();
  }

  /** Text of a passage that came along; null when it was published longer ago than was read. */
  @Nullable String text(Hash128 uid) {
    return texts.get(uid);
  }

  /** Whether every version has this revision, so that nothing later matters. */
  public boolean allAt(long revision) {
    return versions.stream().allMatch(v -> Long.valueOf(revision).equals(revision(v.version())));
  }
}
